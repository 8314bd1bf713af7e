/** Words for people: plurals, names of what the API calls otherwise, and what to do about a refusal. */

/** `1 seat`, `2 seats`. */
export const count = (number, singular, plural = `${singular}s`) => `${Number(number).toLocaleString('en')} ${Number(number) === 1 ? singular : plural}`;

export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** What activities are about, as a choice of a form. */
export const TYPES = [
  ['', 'Everything'], ['organization', 'Organization'], ['organization_member', 'Members'], ['organization_invitation', 'Invitations'],
  ['credential', 'API tokens'], ['webhook', 'Webhooks'],
];

const NAMES = {
  credential: 'API token',
  credentials: 'API tokens',
  organization_member: 'member',
  organization_members: 'members',
  organization_invitation: 'invitation',
  organization_invitations: 'invitations',
  user: 'account',
  organization_id: 'organization',
  user_id: 'account',
  expires_at: 'expiry',
  created_at: 'time of creation',
  update_mask: 'list of fields to change',
  billing_email: 'billing e-mail address',
  address1: 'address',
  address2: 'second line of the address',
  as_of: 'point in time',
};

/** The name of one wire word: `organization_invitation` is an invitation. */
export const named = (word) => NAMES[word] ?? String(word).replaceAll('_', ' ');

/** Replaces the wire words in a text. A word with an underscore, or with a dot between words, is one. */
export const readable = (text) =>
  String(text).replace(/\b[a-z][a-z0-9]*(?:[_.][a-z0-9]+)+\b/g, (word, at, all) =>
    (word.includes('_') && !/[@/:-]/.test(all[at - 1] ?? '') && !/[@/]/.test(all[at + word.length] ?? '') ? word.split('.').map(named).join(' ') : word))
    .replace(/\baddress[12]\b/g, (word) => named(word));

/** `organization_invitation.resent` is "invitation resent". */
export const eventName = (type) => String(type).split('.').map(named).join(' ');

/** In how long, and when that is. */
export function moment(seconds) {
  const at = new Date(Date.now() + seconds * 1000).toLocaleTimeString(undefined, { timeStyle: seconds < 120 ? 'medium' : 'short' });
  const wait = seconds < 120 ? count(seconds, 'second') : count(Math.ceil(seconds / 60), 'minute');
  return `in ${wait}, at ${at}`;
}

/** Of the organization that the page is about. */
const here = (tab) => {
  const [, area, kind, id] = location.pathname.split('/');
  return area === 'console' && kind === 'organizations' && id ? `/console/organizations/${id}/${tab}` : '/';
};

/**
 * What to do about a refusal, by the last part of its `type`: other words than the server's, where its words are for programs, and the
 * place in the console that helps. An anchor on the same page is preferred to its path.
 */
const ADVICE = {
  'seats-exhausted': { tab: 'plan', link: 'Choose another plan' },
  'seats-in-use': { tab: 'members', link: 'Remove members' },
  'billing-information-missing': {
    anchor: 'billing',
    tab: 'plan',
    link: 'Enter the billing information',
  },
  'billing-information-required': { says: 'The current plan has a price, so its billing information cannot be empty.', anchor: 'billing', tab: 'plan', link: 'Choose another plan' },
  'no-such-organization': { says: 'There is no such organization, or you are not a member of it.', path: '/', link: 'Show my organizations' },
  'membership-limit-reached': { path: '/', link: 'Show my organizations' },
  'still-a-member': { path: '/', link: 'Show my organizations' },
  'email-not-validated': { anchor: 'confirm-address', path: '/', link: 'Get another mail' },
  'email-taken': { path: '/console/sign-in', link: 'Sign in' },
  'last-member': {
    says: 'You are the last member, so you cannot leave. Deactivate and delete the organization instead.',
    tab: 'settings',
    link: 'Go to the settings',
  },
  'organization-not-deactivated': { tab: 'settings', link: 'Go to the settings' },
  'organization-not-active': { tab: 'settings', link: 'Go to the settings' },
  'token-rejected': { says: 'This is not available while the organization is deactivated.', tab: 'settings', link: 'Reactivate it' },
  'organization-locked': { says: 'An operator has locked this organization. Ask the operator of this service.' },
  'already-invited': { tab: 'invitations/PENDING', link: 'Show the pending invitations' },
  'already-a-member': { tab: 'members', link: 'Show the members' },
  'activity-retention-beyond-plan': { tab: 'plan', link: 'Choose another plan' },
  'activity-retention-too-short': { says: 'Enter 1 day or more, or leave the field empty to keep activities as long as the plan allows.' },
  'link-no-longer-valid': { path: '/', link: 'Go to the console' },
};

/** The message of an error and, where there is one, a place that helps: `{ text, to, link }`. */
export function advice(error) {
  const wait = error.retryAfter > 0 ? Number(error.retryAfter) : undefined;
  if (error.status === 0) return { text: 'The server cannot be reached. Check your connection and try again.' };
  if (error.status === 429) return { text: `Too many requests. Try again ${wait ? moment(wait) : 'in a minute'}.` };
  if (error.status >= 500) {
    const text = error.status === 503 ? 'The service is not available at the moment.' : 'The service has failed to answer.';
    return { text: `${text} Try again ${wait ? moment(wait) : 'in a moment'}.` };
  }
  if (error.status === undefined) return { text: 'This page has failed. Load it again.' };
  const { says, link, ...place } = ADVICE[error.type?.split('/').pop()] ?? {};
  const text = says ?? readable(error.message);
  if (!link) return { text };
  const to = place.anchor && document.getElementById(place.anchor) ? `#${place.anchor}` : place.tab ? here(place.tab) : place.path;
  return { text, to, link, replaced: Boolean(says) };
}
