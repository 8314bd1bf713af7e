/** What an activity says, in a sentence. */
import { badge, date, h } from './dom.js';
import { named, sentence } from './words.js';

const SENTENCES = {
  'created organization_invitation': (a) => `Invited ${a.object.metadata?.email || 'a new member'}`,
  'resent organization_invitation': (a) => `Sent the invitation of ${a.object.metadata?.email || 'somebody'} again`,
  'deleted organization_invitation': (a) => `Revoked the invitation of ${a.object.metadata?.email || 'somebody'}`,
  'accepted organization_invitation': () => 'Accepted an invitation',
  'declined organization_invitation': () => 'Declined an invitation',
  'expired organization_invitation': (a) => `The invitation of ${a.object.metadata?.email || 'somebody'} expired`,
  'joined organization_member': (a) => (byItself(a) ? 'Joined the organization' : `${a.object.name || 'Somebody'} joined the organization`),
  'left organization_member': () => 'Left the organization',
  'revoked organization_member': (a) => `Removed the member ${a.object.name}`.trim(),
  'created session': () => 'Signed in',
  'deleted session': () => 'Session ended',
};

const EVENTS = {
  secret_rotated: 'Made a new secret for a webhook',
  plan_updated: 'Changed the plan',
  activity_retention_updated: 'Changed for how long activities are shown',
  renamed: 'Changed the name',
  billing_updated: 'Changed the billing information',
  deactivation_requested: 'Asked to deactivate the organization',
  deactivation_canceled: 'Canceled the request to deactivate the organization',
  signup_qualification_answered: 'Answered the questions after signing up',
  email_validation_requested: 'Asked for a mail to confirm the address',
  email_validated: 'Confirmed the e-mail address',
  email_changed: 'Changed the e-mail address',
  email_change_requested: 'Asked for another e-mail address',
  email_change_confirmed: 'Confirmed the change of the e-mail address',
  email_change_canceled: 'Canceled the change of the e-mail address',
  password_set: 'Set a password',
  password_removed: 'Ended the password from before the e-mail address was confirmed',
  password_reset_requested: 'Asked for a mail to choose a new password',
};

const GOOD = ['created', 'succeeded', 'joined', 'accepted', 'reactivated', 'unlocked', 'validated', 'enabled'];
const BAD = ['deleted', 'failed', 'left', 'revoked', 'declined', 'locked', 'deactivated', 'deactivating', 'disabled'];

/** What ends sooner or later; saying so each time would say nothing. */
const ENDED = ['organization_member', 'organization_invitation', 'session'];

const byItself = (a) => a.actor?.id === a.object.metadata?.user_id || a.actor?.id === a.object.id;

/** An activity retention of the plan is `plan`. */
const worded = (value) => (value === 'plan' ? "the plan's limit" : value);

function said(a) {
  const known = SENTENCES[`${a.verb} ${a.object.type}`];
  if (known) return known(a);
  const { from, to } = a.metadata ?? {};
  const change = from !== undefined && to !== undefined ? `, from ${worded(from)} to ${worded(to)}` : '';
  const event = a.metadata?.event;
  if (event && event !== a.verb) return `${EVENTS[event] ?? sentence(event.replaceAll('_', ' '))}${change}`;
  const type = named(a.object.type);
  return `${sentence(a.verb.replaceAll('_', ' '))} ${type} ${a.object.name ?? ''}`.trim() + change;
}

const WHO = { system_user: 'Guildhall', operator: 'An operator' };

export function activity(a) {
  const colour = GOOD.includes(a.verb) ? 'good' : BAD.includes(a.verb) ? 'bad' : 'plain';
  const who = WHO[a.actor?.type] ?? a.actor?.name ?? 'Somebody';
  return h('li', { class: colour },
    h('p', {}, said(a), ' ', a.object.deleted && !ENDED.includes(a.object.type) && !BAD.includes(a.verb) && badge('gone')),
    h('p', { class: 'by' }, who, ' · ', date(a.created_at),
      a.metadata?.auth_token_ref && [' · ', h('span', { title: a.metadata.auth_token_ref }, 'by API token')],
      a.metadata?.request_id && [' · ', 'request ', h('span', { class: 'mono' }, a.metadata.request_id)]));
}
