/** Shows the page of the address, and changes the address without loading the page again. */
import { Refused, all, own, resume, signedIn } from './api.js';
import { endSession, forgotPassword, signIn, signUp, start } from './access.js';
import { action, failure, forgetSecrets, h, link, restoreFocus, say } from './dom.js';
import { account, home } from './home.js';
import { inbox } from './inbox.js';
import { linkPage } from './links.js';
import { organization } from './organization.js';

const content = document.getElementById('content');
const top = document.getElementById('top');
const logo = top.querySelector('.brand img').src;

/** Shows another page. The browser's "back" returns to the one before. */
const go = (path) => {
  if (location.pathname + location.search !== path) history.pushState(null, '', path);
  document.getElementById('page').scrollTo(0, 0);
  return show();
};

/** The pages for people who are not signed in. */
const OUTSIDE = { '/': start, '/console': start, '/console/sign-in': signIn, '/console/sign-up': signUp, '/console/forgot-password': forgotPassword };

const isPage = (path) => path === '/' || path === '/console' || (path.startsWith('/console/') && !path.startsWith('/console/assets/')) || Boolean(linkPage(path));

/** The page that a person wanted before signing in. */
let wanted = '/';

let showing = 0;
let shown = null;

async function show() {
  const turn = ++showing;
  dispatchEvent(new Event('page-left'));
  const address = location.pathname + location.search;
  const fixed = linkPage(location.pathname);
  content.setAttribute('aria-busy', 'true');
  const organizations = signedIn() && !fixed ? ownOrganizations() : Promise.resolve([]);
  let page;
  try {
    page = await (fixed ? fixed({ go }) : inConsole(organizations));
  } catch (e) {
    // The sign-in page follows.
    if (e.status === 401 && !signedIn() && !fixed) return;
    if (e.status === undefined) console.error(e);
    page = failure(e, show);
  }
  const listed = await organizations;
  // Another page was asked for meanwhile.
  if (turn !== showing) return;
  content.removeAttribute('aria-busy');
  head(fixed, listed);
  const samePage = shown === address;
  shown = address;
  content.replaceChildren(page);
  const tab = page.querySelector('.tabs [aria-current]');
  document.title = [tab?.textContent, page.querySelector('h1')?.textContent.trim() ?? 'Console', 'Guildhall'].filter(Boolean).join(' · ');
  tab?.scrollIntoView({ block: 'nearest', inline: 'center' });
  if (samePage) restoreFocus();
  else content.focus({ preventScroll: true });
}

/** For the switcher. Without it the rest of the page still works. */
const ownOrganizations = () => all(own, '/v1/account/organizations', 'organizations').catch(() => []);

async function inConsole(organizations) {
  const { pathname, search } = location;
  if (pathname === '/console/inbox') return inbox({ show, search });
  if (!signedIn()) {
    forgetSecrets();
    if (!OUTSIDE[pathname]) wanted = pathname + search;
    return (OUTSIDE[pathname] ?? signIn)(() => go(signedInPage()));
  }
  const [, , first, id, tab, rest] = pathname.split('/');
  if (first === 'organizations' && id) {
    return organization(await idOf(decodeURIComponent(id), organizations), tab || 'members', { go, show, rest: rest ?? search.slice(1) });
  }
  if (first === 'account') return account({ go, show });
  if (pathname !== '/') history.replaceState(null, '', '/');
  return home({ go, show });
}

function signedInPage() {
  const path = wanted;
  wanted = '/';
  return path;
}

/** An address can name an organization by its id or by its name. */
async function idOf(named, organizations) {
  const id = /^[0-9a-f-]{36}$/i.test(named) ? named : (await organizations).find((it) => it.name === named)?.id;
  if (!id) throw new Refused(404, { type: '/problems/no-such-organization' });
  return id;
}

function head(fixed, organizations) {
  top.replaceChildren(
    h('a', { class: 'brand', href: '/' }, h('img', { src: logo, alt: '', width: 28, height: 28 }), 'Guildhall'),
    signedIn() && !fixed
      ? h('nav', { 'aria-label': 'Account' },
        organizations.length ? switcher(organizations) : link('/', 'Organizations'),
        link('/console/account', 'Account'),
        action('Sign out', () => endSession(go)))
      : '');
}

/** A menu of links to the person's organizations. */
function switcher(organizations) {
  const [, , , id, tab] = location.pathname.split('/');
  const current = organizations.find((it) => it.id === id || it.name === id);
  const entry = (it) => h('li', {}, h('a', {
    href: `/console/organizations/${it.id}/${it.status === 'ACTIVE' ? tab || 'members' : 'settings'}`,
    'aria-current': it === current ? 'true' : null,
  }, it.name));
  const menu = h('details', { class: 'switcher' },
    h('summary', { 'aria-label': current ? `Organization ${current.name}. Switch` : null }, current?.name ?? 'Organizations'),
    h('ul', {}, organizations.map(entry), h('li', {}, link('/', 'All organizations'))));
  const close = () => menu.removeAttribute('open');
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    close();
    menu.firstChild.focus();
  });
  menu.addEventListener('focusout', (event) => event.relatedTarget && !menu.contains(event.relatedTarget) && close());
  return menu;
}

addEventListener('click', (event) => {
  const openMenu = document.querySelector('.switcher[open]');
  if (openMenu && !openMenu.contains(event.target)) openMenu.removeAttribute('open');
  const anchor = event.target.closest?.('a[href]');
  if (!anchor || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (anchor.target || anchor.hasAttribute('download') || anchor.getAttribute('href').startsWith('#')) return;
  const to = new URL(anchor.href);
  if (to.origin !== location.origin || !isPage(to.pathname)) return;
  event.preventDefault();
  go(to.pathname + to.search);
});

// Following a link to a part of the page is no other page.
addEventListener('popstate', () => location.pathname + location.search !== shown && show());

addEventListener('signed-out', () => {
  if (linkPage(location.pathname)) return;
  say('Your session has ended. Sign in again.');
  show();
});

// Somebody has signed in or out in another tab.
addEventListener('session-changed', show);

// A page from the browser's history may be older than its session.
addEventListener('pageshow', async (event) => {
  if (event.persisted && (await resume().catch(() => true))) show();
});

try {
  await resume();
  show();
} catch (e) {
  content.replaceChildren(failure(e, () => location.reload()));
}
