/** What an account has of its own: invitations, organizations, the profile. */
import { all, own, signOut } from './api.js';
import { newPassword } from './access.js';
import { action, askPassword, badge, card, confirmed, date, form, h, link, say, table } from './dom.js';
import { inboxHint } from './inbox.js';
import { activity } from './trail.js';

const current = { name: 'current_password', label: 'Current password', type: 'password', autocomplete: 'current-password' };

export async function home({ go, show }) {
  const [{ user }, organizations, invitations] = await Promise.all([
    own('GET', '/v1/account/profile'),
    all(own, '/v1/account/organizations', 'organizations'),
    all(own, '/v1/account/organization_invitations?statuses=PENDING', 'invitations'),
  ]);
  return h('div', {},
    h('h1', {}, `Welcome, ${user.name}`),
    user.email_validated ? null : unconfirmed(user, show),
    invitations.length ? card('Invitations', h('ul', { class: 'list' }, invitations.map((it) => invitation(it, go, show)))) : null,
    card('Organizations',
      organizations.length
        ? h('ul', { class: 'tiles' }, organizations.map(tile))
        : h('p', { class: 'none' }, 'You belong to no organization yet. Create one, or ask to be invited.')),
    card('Create an organization', form({
      fields: [{ name: 'name', label: 'Name', hint: '1 to 39 characters of a-z, 0-9 and -, no -- and no - at an end', maxlength: 39, autocomplete: 'off', autocapitalize: 'none' }],
      submit: 'Create',
      done: async (values) => {
        const { organization } = await own('POST', '/v1/organizations', values);
        go(`/console/organizations/${organization.id}/members`);
      },
    })));
}

function unconfirmed(user, show) {
  return h('section', { class: 'card notice', id: 'confirm-address', tabindex: -1 },
    h('p', {}, `A mail with a link is on its way to ${user.email}. Until you have followed it, you can neither create an organization nor join one.`),
    h('div', { class: 'buttons' },
      action('I have followed it', show),
      action('Send it again', async () => {
        await own('POST', '/v1/account/resend_validation');
        say('The mail is on its way.');
      })), inboxHint());
}

function invitation(it, go, show) {
  const path = `/v1/account/organization_invitations/${it.id}`;
  return h('li', {},
    h('div', {},
      h('strong', {}, it.organization?.name),
      h('p', { class: 'by' }, `from ${it.inviter?.name ?? 'a member'}, until `, date(it.expires_at))),
    h('div', { class: 'buttons' },
      action('Accept', async () => {
        await own('POST', `${path}/accept`);
        go(`/console/organizations/${it.organization_id}/members`);
      }, 'primary'),
      confirmed(`Decline the invitation to ${it.organization?.name}?`, 'Decline', async () => {
        await own('POST', `${path}/decline`);
        say('Declined.');
        show();
      })));
}

function tile(it) {
  return h('li', {}, link(`/console/organizations/${it.id}/${it.status === 'ACTIVE' ? 'members' : 'settings'}`,
    h('strong', {}, it.name), h('span', {}, badge(it.plan), it.status === 'ACTIVE' ? null : badge(it.status.toLowerCase(), 'bad'))));
}

/** Deletes the user. The server asks for the password where the person did not give one lately. Returns whether it is done. */
async function erase(user) {
  const path = `/v1/users/${user.id}`;
  try {
    await own('DELETE', path);
    return true;
  } catch (error) {
    if (error.type !== '/problems/reauthentication-required') throw error;
  }
  const password = await askPassword('Enter your password to delete your account.');
  if (password === null) return false;
  await own('DELETE', path, { current_password: password });
  return true;
}

function signInTable(sessions, show) {
  return table('Sign-ins', ['Program', 'Address', 'Since', 'Last used', 'Ends', ''], sessions.map((it) => [
    it.client ?? 'Unknown',
    it.ip_address ?? '',
    date(it.created_at),
    date(it.last_used_at),
    date(it.expires_at),
    it.current ? badge('this one') : confirmed('End this sign-in? Its sessions and access tokens stop working.', 'End', async () => {
      await own('DELETE', `/v1/account/sessions/${it.id}`);
      say('Ended.');
      await show();
    }),
  ]), 'None.');
}

export async function account({ go, show }) {
  const [{ user }, { activities }, sessions] = await Promise.all([
    own('GET', '/v1/account/profile'),
    own('GET', '/v1/account/activities?limit=20'),
    all(own, '/v1/account/sessions', 'sessions'),
  ]);
  const change = async (fields, words) => {
    await own('PATCH', '/v1/account/profile', fields);
    say(words);
    await show();
  };
  return h('div', {},
    h('h1', {}, 'Account'),
    card('Profile', form({
      fields: [{ name: 'name', label: 'Name', value: user.name, autocomplete: 'name' }],
      submit: 'Save',
      done: (values) => change(values, 'Saved.'),
    })),
    card('E-mail address',
      h('p', {}, user.email, ' ', user.email_validated ? badge('confirmed', 'good') : badge('not confirmed', 'bad')),
      user.pending_email ? h('p', {}, `${user.pending_email} replaces it once you follow the link in the mail to that address.`) : null,
      form({
        fields: [{ name: 'email', label: 'New address', type: 'email', autocomplete: 'email' }, current],
        submit: 'Change the address',
        done: (values) => change(values, 'A mail with a link is on its way to the new address. The address changes when you follow it.'),
      }), user.email_validated ? null : inboxHint()),
    card('Password', form({
      fields: [current, { ...newPassword, label: 'New password' }],
      submit: 'Change the password',
      done: (values) => change(values, 'Changed. All other sessions have ended.'),
    })),
    card(null, signInTable(sessions, show)),
    card('Activity', activities.length ? h('ol', { class: 'trail' }, activities.map(activity)) : h('p', { class: 'none' }, 'Nothing yet.')),
    card('Delete the account',
      h('p', {}, 'Your name and address are erased for good. You have to leave your organizations first.'),
      confirmed('Delete your account for good?', 'Delete my account', async () => {
        if (!await erase(user)) return;
        await signOut();
        say('Your account is deleted.');
        go('/console/sign-in');
      })));
}
