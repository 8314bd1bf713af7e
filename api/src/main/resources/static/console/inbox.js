/** The mails of a service without a mail server, for developers. The server shows them to this machine only. */
import { open } from './api.js';
import { action, card, date, h, link, table } from './dom.js';

const PAGE = '/console/inbox';
const MAILS = '/development/inbox';

let existing;

/** Whether there is an inbox. Asked once. */
const exists = () => (existing ??= open('GET', MAILS).then(() => true, () => false));

/** A line that leads to the inbox, for places that say that a mail was sent. Hidden where there is no inbox. */
export function inboxHint() {
  const hint = h('p', { class: 'by', hidden: true }, 'This service has no mail server. ', link(PAGE, 'Open the development inbox'));
  exists().then((found) => { hint.hidden = !found; });
  return hint;
}

export async function inbox({ show, search }) {
  const id = new URLSearchParams(search).get('mail');
  return id ? mail(id) : list(show);
}

async function list(show) {
  const { mails } = await open('GET', MAILS);
  return h('div', { class: 'middle' },
    h('h1', {}, 'Development inbox'),
    h('p', { class: 'lead' }, 'No mail server is configured, so mails are kept here. Only this machine can see them.'),
    card(null,
      table('Mails', ['Subject', 'To', 'Time'], mails.map((it) => [
        link(`${PAGE}?mail=${encodeURIComponent(it.id)}`, it.subject), it.to, date(it.created_at),
      ]), 'No mails yet.'),
      h('div', { class: 'buttons' }, action('Look again', show))));
}

async function mail(id) {
  const { mail: it } = await open('GET', `${MAILS}/${encodeURIComponent(id)}`);
  const target = path(it.link);
  const parts = target ? it.text.split(it.link) : [it.text];
  return h('div', { class: 'middle' },
    h('p', {}, link(PAGE, 'All mails')),
    h('h1', {}, it.subject),
    card(null,
      h('p', { class: 'by' }, `To ${it.to} · `, date(it.created_at)),
      h('div', { class: 'mail' }, parts.flatMap((part, n) => (n ? [link(target, it.link), part] : [part]))),
      target ? h('div', { class: 'buttons' }, h('a', { class: 'button', href: target }, 'Open the link')) : null));
}

/** The link, under the address that this page was loaded from. */
const path = (address) => (URL.canParse(address) ? new URL(address).pathname : null);
