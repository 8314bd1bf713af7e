/** An organization's trail: searched, followed, downloaded, and what it is verified with. */
import { action, card, form, h, saveAs, say } from './dom.js';
import { activity } from './trail.js';
import { TYPES, readable } from './words.js';

const ORDERS = [['', 'Newest first'], ['asc', 'Oldest first']];
const HINT = 'Words, or actor:ada@example.com, event:member.removed, verb:deleted, type:credential, object:…, token:…, created:2026-01-01..2026-02-01; a - in front excludes';
const PAGE = 25;

/** @param rest what is searched for, as it stands in the address: q, types and order */
export async function trail({ it, call, go, rest = '' }) {
  const wish = Object.fromEntries(new URLSearchParams(rest));
  const filter = query({ q: wish.q, types: wish.types });
  const search = form({
    fields: [
      { name: 'q', label: 'Search', hint: HINT, value: wish.q, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' },
      { name: 'types', label: 'Of', options: TYPES, value: wish.types ?? '' },
      { name: 'order', label: 'Order', options: ORDERS, value: wish.order ?? '' },
    ],
    submit: 'Search',
    done: async (values) => {
      // Tried first, so that a mistake is shown at the field.
      await call('GET', `/v1/activities?limit=1${query({ q: values.q, types: values.types })}`);
      go(`/console/organizations/${it.id}/activity?${query(values).slice(1)}`);
    },
  });
  search.classList.add('search');
  const list = h('ol', { class: 'trail' });
  const none = h('p', { class: 'none' }, 'Nothing here.');
  const older = action('More', () => more());
  let cursor = '';
  let newest = 0;
  const more = async () => {
    const page = await call('GET', `/v1/activities?limit=${PAGE}${filter}${query({ order: wish.order, cursor })}`);
    newest = Math.max(newest, ...page.activities.map((one) => one.sequence));
    list.append(...page.activities.map(activity));
    cursor = page.next_cursor;
    older.hidden = !cursor;
    none.hidden = list.childElementCount > 0;
  };
  // A search out of the address may be mistaken too: then there is the form to mend it in.
  try {
    await more();
  } catch (e) {
    if (e.status !== 400) throw e;
    none.textContent = readable(e.message);
    older.hidden = true;
  }
  const show = (one) => {
    list.prepend(activity(one));
    none.hidden = true;
  };
  return h('div', {},
    card(null,
      search,
      h('div', { class: 'filter' },
        wish.order === 'asc' ? h('span') : following(call, filter, () => newest, show),
        downloads(it, call, filter)),
      list, none, h('div', { class: 'buttons' }, older)),
    await proof(call));
}

/** The parameters that have a value, each with a `&` in front. */
function query(values) {
  return Object.entries(values).filter(([, value]) => value).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('');
}

/** A button that shows what happens while it happens, until it is pressed again or something else is looked at. */
function following(call, filter, newest, show) {
  let reader = null;
  let last = null;
  const stop = () => {
    const ending = reader;
    reader = null;
    button.setAttribute('aria-pressed', 'false');
    ending?.cancel().catch(() => {});
  };
  const read = async (response) => {
    const own = response.body.pipeThrough(new TextDecoderStream()).getReader();
    reader = own;
    button.setAttribute('aria-pressed', 'true');
    addEventListener('page-left', stop, { once: true });
    (async () => {
      let text = '';
      for (let chunk = await own.read(); !chunk.done; chunk = await own.read()) {
        const messages = (text + chunk.value).split('\n\n');
        text = messages.pop();
        messages.map(message).filter((one) => one.data).forEach((one) => {
          if (one.event === 'end') {
            say(one.data.reason);
            return;
          }
          last = one.data.sequence;
          show(one.data);
        });
      }
    })().catch(() => say('The connection has ended. Follow again to go on where it was.')).finally(() => reader === own && stop());
  };
  const button = action('Follow', async () => {
    if (reader) stop();
    else await call('GET', `/v1/activities/stream?after=${last ?? newest()}${filter}`, undefined, read);
  });
  button.setAttribute('aria-pressed', 'false');
  return button;
}

/** One of a stream of Server-Sent Events. */
function message(text) {
  const lines = text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]);
  const of = (name) => lines.filter(([field]) => field === name).map(([, value]) => value).join('\n');
  return { event: of('event'), data: of('data') && JSON.parse(of('data')) };
}

const EXTENSIONS = { ndjson: 'ndjson', csv: 'csv', cloudevents: 'cloudevents.ndjson', ocsf: 'ocsf.ndjson' };
const FORMATS = [['ndjson', 'JSON lines, to verify'], ['csv', 'a table (CSV)'], ['cloudevents', 'CloudEvents'], ['ocsf', 'OCSF']];

/** The whole trail, or what is shown of it, as a file. */
function downloads(it, call, filter) {
  const select = h('select', { 'aria-label': 'Format' }, FORMATS.map(([key, words]) => h('option', { value: key }, words)));
  return h('span', { class: 'buttons' }, select, action('Download', () =>
    call('GET', `/v1/activities/export?format=${select.value}${filter}`, undefined,
      async (response) => saveAs(await response.blob(), `activity-${it.name}.${EXTENSIONS[select.value]}`))));
}

/** What this trail amounts to, signed: who keeps it can later tell that nothing before it was changed. */
async function proof(call) {
  const text = (path) => call('GET', path, undefined, (response) => response.text());
  const [checkpoint, key] = await Promise.all([text('/v1/activities/checkpoint'), text('/v1/activities/key')]);
  return card('Proof',
    h('p', {}, 'This signed checkpoint stands for every activity there was when this page was opened. Whoever keeps it can show later that none of them was changed, taken out or put in.'),
    h('pre', { class: 'mono' }, checkpoint),
    h('p', {}, 'A download of the whole trail as JSON lines is verified, without this service, by ', h('code', {}, './guildhall trail verify FILE --key @guildhall.key')),
    h('div', { class: 'buttons' },
      action('Download the checkpoint', async () => saveAs(new Blob([checkpoint]), 'checkpoint.txt')),
      action('Download the key', async () => saveAs(new Blob([key]), 'guildhall.key'))));
}
