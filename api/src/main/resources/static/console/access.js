/** Signing up, signing in, and the way back in. */
import { begin, open, signOut } from './api.js';
import { card, form, h, link, say } from './dom.js';
import { inboxHint } from './inbox.js';

const email = { name: 'email', label: 'E-mail address', type: 'email', autocomplete: 'username', required: true };
const password = { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true };
export const newPassword = { ...password, autocomplete: 'new-password', hint: '8 to 128 characters' };

export function signInForm(done, address) {
  return form({
    fields: [{ ...email, value: address }, password],
    submit: 'Sign in',
    done: async (values) => {
      await begin('/v1/account/login', values);
      await done();
    },
  });
}

/** `invitationLink`: signing up on the way to an invitation proves the address that it was sent to. */
export function signUpForm(done, invitationLink) {
  return form({
    fields: [{ name: 'name', label: 'Your name', autocomplete: 'name', required: true }, email, newPassword],
    submit: 'Sign up',
    done: async (values) => {
      await begin('/v1/account/signup', invitationLink ? { ...values, invitation_link: invitationLink } : values);
      await done();
    },
  });
}

/** What `/` shows before signing in. */
export function start(done) {
  return h('div', { class: 'narrow' },
    h('h1', {}, 'Guildhall'),
    h('p', { class: 'lead' }, 'Organizations with members, invitations and API tokens, and a record of every change.'),
    card('Sign in', signInForm(done)),
    ways());
}

export function signIn(done) {
  return h('div', { class: 'narrow' }, h('h1', {}, 'Sign in'), card(null, signInForm(done)), ways());
}

const ways = () => h('p', {}, link('/console/forgot-password', 'Forgot the password?'), ' · ', link('/console/sign-up', 'Sign up'));

export function signUp(done) {
  return h('div', { class: 'narrow' },
    h('h1', {}, 'Sign up'),
    card(null, signUpForm(done)),
    h('p', {}, 'You have an account? ', link('/console/sign-in', 'Sign in')));
}

export function forgotPassword() {
  const place = card(null, form({
    fields: [email],
    submit: 'Mail me a link',
    done: async (values) => {
      await open('POST', '/v1/account/reset_password', values);
      place.replaceChildren(h('p', {}, `If ${values.email} has an account here, a mail with a link is on its way.`), inboxHint());
    },
  }));
  return h('div', { class: 'narrow' },
    h('h1', {}, 'Choose a new password'),
    place,
    h('p', {}, link('/console/sign-in', 'Back to signing in')));
}

export async function endSession(go) {
  await signOut();
  say('You have signed out.');
  await go('/console/sign-in');
}
