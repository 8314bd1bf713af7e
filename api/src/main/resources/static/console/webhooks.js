/** Where an organization's trail is sent, and what became of it. */
import { all } from './api.js';
import { action, badge, card, confirmed, date, form, h, link, say, shownOnce, table } from './dom.js';
import { TYPES, eventName } from './words.js';

const COLOURS = { ENABLED: 'good', DISABLED: 'bad', DELIVERED: 'good', FAILED: 'bad', WAITING: 'warm' };
const REASONS = { REQUESTED: 'by a member', GONE: 'the receiver is gone', FAILING: 'nothing arrived any more', MEMBERSHIP_ENDED: 'its member has left' };
const PAGE = 25;

export async function webhooks(page) {
  return page.rest ? deliveries(page) : list(page);
}

async function list({ it, call }) {
  const made = shownOnce(`webhooks of ${it.id}`);
  const reveal = (webhook) => made.add(`The secret of ${webhook.url}.`, `The secret of ${webhook.url}`, webhook.secret);
  const listed = h('div', {});
  const refresh = async () => listed.replaceChildren(
    webhookTable(it, await all(call, '/v1/webhooks', 'webhooks'), (webhook) => buttons(webhook, call, refresh, reveal)));
  await refresh();
  return h('div', {},
    card('Create a webhook',
      h('p', { class: 'by' }, 'Each new activity is posted to the address as JSON, signed by the Standard Webhooks specification.'),
      form({
        fields: [
          { name: 'url', label: 'Address', type: 'url', hint: 'https:// and a host of the public Internet', maxlength: 2048, autocomplete: 'off' },
          { name: 'types', label: 'Sends', options: TYPES },
          { name: 'description', label: 'Description (optional)', maxlength: 1024, autocomplete: 'off' },
        ],
        submit: 'Create',
        done: async ({ types, ...values }, element) => {
          const { webhook } = await call('POST', '/v1/webhooks', { ...values, types: types ? [types] : [] });
          element.reset();
          reveal(webhook);
          await refresh();
        },
      }),
      made.element),
    listed);
}

function webhookTable(it, found, buttonsOf) {
  return card(null, table('Webhooks', ['Address', 'Sends', 'Status', 'Created', ''], found.map((webhook) => [
    h('span', {}, link(`/console/organizations/${it.id}/webhooks/${webhook.id}`, webhook.url), webhook.description ? h('small', {}, webhook.description) : null),
    webhook.types.length ? webhook.types.map(eventName).join(', ') : 'everything',
    h('span', {}, badge(webhook.status.toLowerCase(), COLOURS[webhook.status]), webhook.disabled_reason ? h('small', {}, REASONS[webhook.disabled_reason]) : null),
    date(webhook.created_at),
    buttonsOf(webhook),
  ]), 'No webhooks.'));
}

function buttons(webhook, call, refresh, reveal) {
  const path = `/v1/webhooks/${webhook.id}`;
  const enabled = webhook.status === 'ENABLED';
  return h('span', { class: 'buttons' },
    action(enabled ? 'Disable' : 'Enable', async () => {
      await call('PATCH', path, { status: enabled ? 'DISABLED' : 'ENABLED' });
      say(enabled ? 'Disabled.' : 'Enabled: sending goes on where it ended.');
      await refresh();
    }),
    confirmed('Make a new secret? The old one goes on signing beside it for a while.', 'New secret', async () => {
      reveal((await call('POST', `${path}/rotate_secret`)).webhook);
    }),
    confirmed(`Delete the webhook to ${webhook.url}?`, 'Delete', async () => {
      await call('DELETE', path);
      say('Deleted.');
      await refresh();
    }));
}

async function deliveries({ it, call, show, rest }) {
  const [id, from = '0'] = rest.split('+');
  const offset = Number.parseInt(from, 10) || 0;
  const path = `/v1/webhooks/${encodeURIComponent(id)}`;
  const [{ webhook }, { deliveries: sent, has_next: more }] = await Promise.all([
    call('GET', path), call('GET', `${path}/deliveries?limit=${PAGE}&offset=${offset}`)]);
  const to = (next) => `/console/organizations/${it.id}/webhooks/${id}+${next}`;
  const again = (body, words) => async () => {
    await call('POST', `${path}/resend`, body);
    say(words);
    await show();
  };
  return h('div', {},
    card(null,
      h('p', {}, link(`/console/organizations/${it.id}/webhooks`, 'All webhooks')),
      h('p', {}, h('strong', {}, webhook.url), ' ', badge(webhook.status.toLowerCase(), COLOURS[webhook.status])),
      h('div', { class: 'buttons' },
        action('Send a test', async () => {
          await call('POST', `${path}/test`);
          say('A test is on its way.');
          await show();
        }, 'primary'),
        action('Look again', show),
        confirmed('Send the whole trail again, from its beginning? The receiver gets each message under the id that it had before.', 'Send all again', again({ after: -1 }, 'The trail is being sent again.')))),
    card(null,
      table('Messages', ['Message', 'Status', 'Tries', 'Last', 'Next', ''], sent.map((one) => [
        h('span', {}, eventName(one.type), h('small', { class: 'mono' }, one.message_id)),
        h('span', {}, badge(one.status.toLowerCase(), COLOURS[one.status]),
          one.attempts ? h('small', {}, [one.response_status, one.error?.replaceAll('-', ' ')].filter(Boolean).join(' ')) : null),
        String(one.attempts),
        one.last_attempt_at ? date(one.last_attempt_at) : '',
        one.next_attempt_at ? date(one.next_attempt_at) : '',
        action('Send again', again({ delivery: one.id }, 'It is being sent again.')),
      ]), 'Nothing was sent yet.'),
      h('div', { class: 'buttons' },
        offset > 0 && h('a', { class: 'button quiet', href: to(Math.max(0, offset - PAGE)) }, 'Newer'),
        more && h('a', { class: 'button quiet', href: to(offset + PAGE) }, 'Older'))));
}
