/** The pages that links in mails lead to. */
import { begin, open, own, signedIn, signOut } from './api.js';
import { newPassword, signInForm, signUpForm } from './access.js';
import { action, alertBox, card, form, h, link, say, told } from './dom.js';

const PAGES = [
  [/^\/account\/validate\/([^/]+)$/, validate],
  [/^\/account\/organization_invitations\/([^/]+)$/, invitation],
  [/^\/account\/email-change\/([^/]+)$/, emailChange],
  [/^\/account\/reset-password\/([^/]+)$/, resetPassword],
  [/^\/organization\/deactivate\/confirm\/([^/]+)$/, deactivate],
];

/** The page for a path, or undefined when it is none of these. */
export function linkPage(path) {
  for (const [pattern, page] of PAGES) {
    const match = pattern.exec(path);
    if (match) return (context) => page(decodeURIComponent(match[1]), context);
  }
  return undefined;
}

const toConsole = (words) => h('p', {}, h('a', { class: 'button', href: '/' }, words));

function page(title, ...children) {
  return h('div', { class: 'narrow' }, h('h1', {}, title), ...children);
}

function validate(id) {
  const place = card(null,
    h('p', {}, 'Press the button to confirm that this e-mail address is yours.'),
    form({
      submit: 'Confirm my address',
      done: async () => {
        const { user_id: user } = await open('POST', `/v1/account/validate/${encodeURIComponent(id)}`);
        place.replaceChildren(...(user
          ? [h('p', {}, 'Your e-mail address is confirmed.'), toConsole('Go on')]
          : choosePassword()));
      },
    }));
  // Whoever signed up with the address may be somebody else.
  const choosePassword = () => [
    h('p', {}, 'Your e-mail address is confirmed. You are not signed in here, so choose the password of your account now. The one from before '
      + 'no longer works.'),
    form({
      fields: [newPassword],
      submit: 'Set the password',
      done: async ({ password }) => {
        await begin('/v1/account/update_password', { id, password });
        place.replaceChildren(h('p', {}, 'Your password is set, and you are signed in.'), toConsole('Go on'));
      },
    }),
    h('p', {}, 'You have chosen it before? ', link('/console/sign-in', 'Sign in')),
  ];
  return page('Confirm your e-mail address', place);
}

async function emailChange(id) {
  const path = `/v1/account/email_changes/${encodeURIComponent(id)}`;
  const place = h('div', {});
  const done = (words) => place.replaceChildren(card(null, h('p', {}, words), toConsole('To the console')));
  const newAddress = async () => {
    try {
      return signedIn() ? (await own('GET', '/v1/account/profile')).user.pending_email : undefined;
    } catch (e) {
      if (e.status !== 401) throw e;
      return undefined;
    }
  };
  const ask = async () => place.replaceChildren(card(null,
    h('p', {}, `Somebody asked to change the e-mail address of your account to ${await newAddress() ?? 'another one'}. Confirm the change, or cancel it.`),
    form({
      submit: 'Confirm the change',
      done: async () => {
        try {
          const { email_changed: changed } = await open('POST', path);
          done(changed
            ? 'The e-mail address is changed.'
            : 'Confirmed. The e-mail address changes when the link in the mail to the other address has been followed, too.');
        } catch (e) {
          if (e.status !== 401) throw e;
          place.replaceChildren(card('Sign in to the account first', signInForm(ask)));
        }
      },
    }),
    h('div', { class: 'buttons' }, action('Cancel the change', async () => {
      await open('DELETE', path);
      done('The change is canceled. The e-mail address stays as it is.');
    }))));
  await ask();
  return page('Change the e-mail address', place);
}

function resetPassword(id) {
  const place = card(null, form({
    fields: [newPassword],
    submit: 'Set the new password',
    done: async ({ password }) => {
      await begin('/v1/account/update_password', { id, password });
      place.replaceChildren(h('p', {}, 'Your password is changed, and you are signed in. All other sessions have ended.'), toConsole('Go on'));
    },
  }));
  return page('Choose a new password', place);
}

async function invitation(id, { go }) {
  const path = `/v1/account/organization_invitations/${encodeURIComponent(id)}`;
  let preview;
  try {
    preview = (await open('GET', `/v1/invitation_links/${encodeURIComponent(id)}`)).invitation_link;
  } catch (e) {
    return page('This invitation cannot be opened', card(null, alertBox(...told(e))), toConsole('To the console'));
  }
  const place = h('div', {});
  const accept = async () => {
    const { invitation: accepted } = await own('POST', `${path}/accept`);
    say(`You are now a member of ${preview.organization_name}.`);
    await go(`/console/organizations/${accepted.organization_id}/members`);
  };
  const decline = async () => {
    await own('POST', `${path}/decline`);
    place.replaceChildren(card(null, h('p', {}, `You have declined the invitation to ${preview.organization_name}.`), toConsole('Go on')));
  };
  const ask = async () => {
    const { user } = await own('GET', '/v1/account/profile');
    place.replaceChildren(card(null,
      h('p', {}, `You are signed in as ${user.name} (${user.email}).`),
      form({ submit: 'Accept', done: accept }),
      h('div', { class: 'buttons' },
        action('Decline', decline),
        action('Sign in as somebody else', async () => {
          await signOut();
          await welcome();
        }))));
  };
  const welcome = async () => {
    place.replaceChildren(h('p', {}, 'Use the e-mail address that the invitation was sent to.'), h('div', { class: 'pair' },
      card('Sign up', signUpForm(ask, id)),
      card('Sign in', signInForm(ask), h('p', {}, link('/console/forgot-password', 'Forgot the password?')))));
  };
  try {
    await (signedIn() ? ask() : welcome());
  } catch (e) {
    if (e.status !== 401) throw e;
    await welcome();
  }
  return h('div', { class: 'middle' },
    h('h1', {}, `You are invited to ${preview.organization_name}`),
    h('p', { class: 'lead' }, `${preview.inviter_name} invites you to become a member.`),
    place);
}

async function deactivate(id) {
  const path = `/v1/organization_confirmations/${encodeURIComponent(id)}`;
  let name;
  try {
    name = (await open('GET', path)).organization_confirmation.organization_name;
  } catch (e) {
    return page('This link cannot be opened', card(null, alertBox(...told(e))), toConsole('To the console'));
  }
  const place = h('div', {});
  const done = (...words) => place.replaceChildren(card(null, h('p', {}, ...words), toConsole('To the console')));
  place.replaceChildren(card(null,
    h('p', {}, 'All API tokens of ', h('strong', {}, name), ' are deleted, and calls in the organization are refused. Members, activity and '
      + 'billing information stay. The organization can be reactivated at any time, without its API tokens.'),
    form({
      submit: `Deactivate ${name}`,
      kind: 'danger',
      done: async () => {
        await open('POST', path);
        done('The deactivation has begun. The API tokens of the organization are being deleted.');
      },
    }),
    h('div', { class: 'buttons' },
      action('Cancel the deactivation', async () => {
        await open('DELETE', path);
        done(`The request is canceled. ${name} stays as it is.`);
      }))));
  return page(`Deactivate ${name}?`, place);
}
