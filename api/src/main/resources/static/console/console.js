/** Where the browser stands, and what is shown there. */
import { signedIn } from './api.js';
import { endSession, forgot, signIn, signUp } from './access.js';
import { alertBox, h, link, say } from './dom.js';
import { account, home } from './home.js';
import { linkPage } from './links.js';
import { organization } from './organization.js';

const content = document.getElementById('content');
const top = document.getElementById('top');

const go = (hash) => {
  if (location.hash === hash) show();
  else location.hash = hash;
};

const OUTSIDE = { '#/sign-in': signIn, '#/sign-up': signUp, '#/forgot': forgot };

let showing = 0;

async function show() {
  const turn = ++showing;
  const fixed = linkPage(location.pathname);
  const hash = location.hash || '#/';
  content.setAttribute('aria-busy', 'true');
  let page;
  try {
    page = await (fixed ? fixed() : inConsole(hash));
  } catch (e) {
    // The sign-in page follows.
    if (e.status === 401 && !signedIn() && !fixed) return;
    if (e.status === undefined) console.error(e);
    page = h('div', { class: 'narrow' }, alertBox(e.message), h('p', {}, link('#/', 'To the start')));
  }
  // Somebody was quicker to click on.
  if (turn !== showing) return;
  content.removeAttribute('aria-busy');
  head(fixed);
  const sameTab = content.firstChild?.dataset?.page === hash;
  content.replaceChildren(page);
  page.dataset.page = hash;
  document.title = `${page.querySelector('h1')?.textContent ?? 'Console'} · Guildhall`;
  if (!sameTab) content.focus({ preventScroll: true });
}

function inConsole(hash) {
  if (OUTSIDE[hash] && !signedIn()) return OUTSIDE[hash](go);
  if (!signedIn()) {
    go('#/sign-in');
    return h('div');
  }
  const [, first, id, tab, rest] = hash.split('/');
  if (first === 'o' && id) return organization(id, tab || 'members', { go, show, rest });
  if (first === 'account') return account({ go, show });
  if (OUTSIDE[hash]) go('#/');
  return home({ go, show });
}

function head(fixed) {
  top.replaceChildren(
    h('a', { class: 'brand', href: '/' }, h('img', { src: '/console/guildhall.svg', alt: '', width: 28, height: 28 }), 'Guildhall'),
    signedIn() && !fixed
      ? h('nav', { 'aria-label': 'Account' },
        link('#/', 'Organizations'), link('#/account', 'Account'),
        h('button', { type: 'button', class: 'quiet', onclick: () => endSession(go).catch((e) => say(e.message)) }, 'Sign out'))
      : '');
}

addEventListener('hashchange', show);
addEventListener('signed-out', () => {
  if (linkPage(location.pathname)) return;
  say('Your session has ended. Sign in again.');
  go('#/sign-in');
});

// Another tab's sign-out is not this one's; but a page restored from the history may be older than its session.
addEventListener('pageshow', (event) => event.persisted && show());

show();
