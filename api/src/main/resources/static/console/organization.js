/** One organization, in tabs. */
import { trail } from './activity.js';
import { all, inside, own } from './api.js';
import { action, badge, card, confirmed, date, form, h, link, say, shownOnce, table } from './dom.js';
import { inboxHint } from './inbox.js';
import { webhooks } from './webhooks.js';
import { count, named as wireName, readable } from './words.js';

const TABS = {
  members: ['Members', members],
  invitations: ['Invitations', invitations],
  tokens: ['API tokens', tokens],
  webhooks: ['Webhooks', webhooks],
  plan: ['Plan and billing', plan],
  activity: ['Activity', trail],
  settings: ['Settings', settings],
};

export async function organization(id, tab, { go, show, rest }) {
  const { organization: it } = await own('GET', `/v1/organizations/${id}`);
  const call = async (method, path, body, read) => {
    try {
      return await inside(id, method, path, body, read);
    } catch (e) {
      if (e.status === 403 && e.message === 'User is not a member of the organization') {
        go('/');
      }
      throw e;
    }
  };
  const chosen = TABS[tab] ? tab : 'members';
  const [, page] = TABS[chosen];
  return h('div', {},
    h('h1', {}, it.name, ' ', it.status === 'ACTIVE' ? null : badge(it.status.toLowerCase(), 'bad')),
    h('nav', { class: 'tabs', 'aria-label': 'Organization' }, Object.entries(TABS).map(([key, [words]]) =>
      h('a', { href: `/console/organizations/${id}/${key}`, 'aria-current': key === chosen ? 'page' : null }, words))),
    await page({ it, call, go, show, rest }).catch((e) => {
      // While deactivated, only settings and billing can be seen.
      if (e.message === 'Token rejected') return card(null, h('p', {}, 'This is not available while the organization is deactivated. ', link(`/console/organizations/${id}/settings`, 'Settings')));
      throw e;
    }));
}

const picture = (user) => {
  const path = URL.canParse(user?.avatar_url) ? new URL(user.avatar_url).pathname : '';
  return path.startsWith('/avatars/') ? h('img', { class: 'avatar', src: path, alt: '', width: 32, height: 32 }) : null;
};

async function members({ it, call, go, show, rest = '' }) {
  const moment = decodeURIComponent(rest);
  const [{ user }, list] = await Promise.all([
    own('GET', '/v1/account/profile'),
    all(call, `/v1/organization_members?organization_id=${it.id}${rest ? `&as_of=${rest}` : ''}`, 'members'),
  ]);
  const end = async (member) => {
    await call('DELETE', `/v1/organization_members/${member.id}`);
    if (member.user_id === user.id) {
      say(`You have left ${it.name}.`);
      go('/');
    } else {
      say(`${member.user.name} is no longer a member.`);
      show();
    }
  };
  const number = count(list.length, 'member');
  return h('div', {}, card(null, table(moment ? [`${number} on `, date(moment)] : number, ['Name', 'E-mail', 'Joined', ...(moment ? [] : [''])], list.map((member) => {
    const self = member.user_id === user.id;
    const cells = [
      h('span', { class: 'person' }, picture(member.user), member.user.name, self && badge('you')),
      member.user.email,
      date(member.joined_at),
    ];
    if (moment) return cells;
    return [...cells, self
      ? confirmed(`Leave ${it.name}? Your API tokens for it stop working.`, 'Leave', () => end(member))
      : confirmed(`Remove ${member.user.name} from ${it.name}? The person's API tokens for it stop working.`, 'Remove', () => end(member))];
  }), moment ? ['No members on ', date(moment)] : 'No members.')), card('Who was a member', form({
    fields: [{ name: 'as_of', label: 'On', type: 'datetime-local', value: moment ? local(moment) : '' }],
    submit: 'Show',
    done: async ({ as_of: on }) => go(`/console/organizations/${it.id}/members/${on ? encodeURIComponent(new Date(on).toISOString()) : ''}`),
  })));
}

/** As a field for a date and time wants it. */
function local(moment) {
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const STATUSES = [['', 'All'], ['PENDING', 'Pending'], ['ACCEPTED', 'Accepted'], ['REFUSED', 'Declined'], ['EXPIRED', 'Expired']];
const COLOURS = { PENDING: 'warm', ACCEPTED: 'good', REFUSED: 'bad', ACTIVE: 'good', DEACTIVATED: 'bad' };
const named = (status) => STATUSES.find(([key]) => key === status)?.[1].toLowerCase() ?? status.toLowerCase();

async function invitations({ it, call, show, go, rest = '' }) {
  const list = await all(call, `/v1/organization_invitations${rest ? `?statuses=${encodeURIComponent(rest)}` : ''}`, 'invitations');
  const path = (one) => `/v1/organization_invitations/${one.id}`;
  return h('div', {},
    card('Invite somebody', form({
      fields: [{ name: 'email', label: 'E-mail address', type: 'email', autocomplete: 'off' }],
      submit: 'Invite',
      done: async (values) => {
        const { invitation } = await call('POST', '/v1/organization_invitations', values);
        say(`An invitation is on its way to ${invitation.email}.`);
        await show();
      },
    }), inboxHint()),
    card(null,
      h('div', { class: 'filter', role: 'group', 'aria-label': 'Show' }, STATUSES.map(([key, words]) =>
        h('button', { type: 'button', class: 'quiet', 'aria-pressed': String(key === rest), onclick: () => go(`/console/organizations/${it.id}/invitations/${key}`) }, words))),
      table('Invitations', ['E-mail', 'Status', 'From', 'Expires', ''], list.map((one) => [
        one.email,
        badge(named(one.status), COLOURS[one.status]),
        one.inviter?.name ?? '',
        date(one.expires_at),
        h('span', { class: 'buttons' },
          ['PENDING', 'EXPIRED'].includes(one.status) && action('Send again', async () => {
            await call('POST', `${path(one)}/resend`);
            say(`A new link is on its way to ${one.email}.`);
            show();
          }),
          one.status === 'ACCEPTED' ? null : confirmed(`Remove the invitation of ${one.email}?`, one.status === 'PENDING' ? 'Revoke' : 'Remove', async () => {
            await call('DELETE', path(one));
            say('Removed.');
            show();
          })),
      ]), 'No invitations.')));
}

const SCOPES = { 'activities:read': 'reading the activity, as for an auditor' };

async function tokens({ it, call }) {
  const people = await all(call, `/v1/organization_members?organization_id=${it.id}`, 'members');
  const listed = h('div', {});
  const list = async () => listed.replaceChildren(
    card(null, tokenTable(await all(call, `/v1/credentials?organization_id=${it.id}`, 'credentials'), people, async (token) => {
      await call('DELETE', `/v1/credentials/${token.id}`);
      say('Revoked.');
      await list();
    })));
  await list();
  const made = shownOnce(`tokens of ${it.id}`);
  const create = form({
    fields: [
      { name: 'name', label: 'Name', hint: '2 to 128 characters', maxlength: 128, autocomplete: 'off' },
      { name: 'description', label: 'Description (optional)', autocomplete: 'off' },
      { name: 'type', label: 'Acts', options: [['USER', 'for you, in this organization'], ['ORGANIZATION', 'for the organization alone']] },
      { name: 'scopes', label: 'Good for', options: [['', 'everything'], ...Object.entries(SCOPES)] },
      { name: 'expires_at', label: 'Expires (optional)', type: 'datetime-local' },
    ],
    submit: 'Create',
    done: async ({ expires_at: until, scopes, ...values }, element) => {
      const body = {
        ...values,
        organization_id: it.id,
        ...(until ? { expires_at: new Date(until).toISOString() } : {}),
        ...(scopes ? { scopes: [scopes] } : {}),
      };
      const { credential } = await call('POST', '/v1/credentials', body);
      element.reset();
      made.add(`The value of ${credential.name}.`, `The value of ${credential.name}`, credential.token);
      await list();
    },
  });
  return h('div', {}, card('Create an API token', create, made.element), listed);
}

function tokenTable(list, people, revoke) {
  const maker = (id) => people.find((member) => member.user_id === id)?.user.name ?? 'a former member';
  return table('API tokens', ['Name', 'Acts for', 'Status', 'Created', 'Last used', 'Expires', ''], list.map((token) => [
    h('span', {}, token.name, token.description ? h('small', {}, token.description) : null, token.scopes ? h('small', {}, `only ${token.scopes.map((scope) => SCOPES[scope] ?? readable(scope)).join(', ')}`) : null),
    h('span', {}, token.type === 'USER' ? maker(token.user_id) : 'the organization', token.type === 'USER' ? null : h('small', {}, `made by ${maker(token.user_id)}`)),
    badge((token.status ?? 'ACTIVE').toLowerCase(), COLOURS[token.status ?? 'ACTIVE']),
    date(token.created_at),
    token.last_used_at ? date(token.last_used_at) : 'never',
    token.expires_at ? date(token.expires_at) : 'never',
    confirmed(`Revoke the API token ${token.name}? It stops working at once.`, 'Revoke', () => revoke(token)),
  ]), 'No API tokens.');
}

const BILLING = [
  ['billing_name', 'Name', 'name'], ['billing_email', 'E-mail', 'email'], ['address1', 'Address', 'address-line1'],
  ['address2', 'Address, second line', 'address-line2'], ['city', 'City', 'address-level2'], ['postal_code', 'Postal code', 'postal-code'],
  ['state', 'State', 'address-level1'], ['country', 'Country', 'country'],
];

/** What a plan with a price needs. An organization on another plan may give a part of it. */
const REQUIRED = ['billing_name', 'billing_email', 'address1', 'city', 'country'];
const required = (name) => REQUIRED.includes(name);

async function plan({ it, call, show }) {
  const [{ quotas }, { summary }, { plans = [] }] = await Promise.all([
    call('GET', `/v1/organizations/${it.id}/quotas`),
    call('GET', `/v1/organizations/${it.id}/summary`),
    call('GET', '/v1/plans'),
  ].map((asked) => asked.catch((e) => {
    // While deactivated, there is only billing.
    if (e.status !== 403) throw e;
    return {};
  })));
  const pending = Number(summary?.members?.invitations_by_status?.PENDING ?? 0);
  const seats = quotas?.max_organization_members;
  const used = Number(summary?.members?.total ?? 0) + pending;
  const limited = seats && Number(seats) < UNLIMITED;
  const seatsOf = (id) => Number(plans.find((offered) => offered.id === id)?.quotas?.max_organization_members ?? UNLIMITED);
  const options = plans.map((offered) => (offered.id === it.plan
    ? [offered.id, `${described({ ...offered, needs_billing: false })} (the present plan)`, true]
    : [offered.id, described(offered)]));
  return h('div', {},
    card('Plan',
      h('p', {}, 'This organization is on the plan ', badge(it.plan, 'warm'), '.'),
      summary && h('p', { class: 'by' }, `${limited ? `${used} of ${count(seats, 'seat')}` : count(used, 'seat')} in use${pending ? `, ${pending} of them by ${pending === 1 ? 'a pending invitation' : 'pending invitations'}` : ''}.`),
      form({
        fields: [{ name: 'plan', label: 'New plan', required: true, options: [['', 'Choose a plan'], ...options] }],
        submit: 'Change the plan',
        confirm: (values) => seatsOf(values.plan) < Number(seats ?? UNLIMITED)
          && `Change to the plan ${values.plan}? It has ${count(seatsOf(values.plan), 'seat')}${limited ? ` instead of ${seats}` : ''}.`,
        done: async (values) => {
          await call('POST', `/v1/organizations/${it.id}/plan`, values);
          say(`The plan is now ${values.plan}.`);
          await show();
        },
      })),
    h('div', { id: 'billing', tabindex: -1 }, card('Billing information', h('p', {}, 'A plan with a price needs the fields that are marked as required.'), form({
      fields: [
        ...BILLING.map(([name, label, autocomplete]) => ({
          name, label: required(name) ? `${label} (required)` : label, autocomplete, value: it[name], 'aria-required': required(name) ? 'true' : null,
        })),
        { name: 'company', label: 'This is a company', type: 'checkbox', value: it.company },
        { name: 'vat_number', label: 'VAT number', value: it.vat_number, autocomplete: 'off' },
      ],
      submit: 'Save',
      done: async (values) => {
        await call('PATCH', `/v1/organizations/${it.id}?update_mask=${Object.keys(values).join(',')}`, values);
        const missing = REQUIRED.filter((name) => !values[name].trim());
        say(missing.length ? `Saved. A plan with a price also needs: ${missing.map(wireName).join(', ')}.` : 'Saved.');
        await show();
      },
    }))));
}

/** From here on a quota is no limit. */
const UNLIMITED = 1e6;

/** "pro: 10 seats, needs billing information". */
function described({ id, quotas, needs_billing: billing }) {
  const seats = Number(quotas?.max_organization_members);
  const words = [
    seats ? (seats < UNLIMITED ? count(seats, 'seat') : 'unlimited seats') : null,
    billing ? 'needs billing information' : null,
  ].filter(Boolean).join(', ');
  return words ? `${id}: ${words}` : id;
}

/** A hundred years. */
const MAX_DAYS = 36_500;

async function settings({ it, call, go, show }) {
  const path = `/v1/organizations/${it.id}`;
  const active = it.status === 'ACTIVE' || it.status === 'WARNING';
  const retention = active && (await call('GET', `${path}/activity_retention`)).activity_retention;
  return h('div', {},
    active && card('Name', form({
      fields: [{ name: 'name', label: 'Name', value: it.name, hint: '1 to 39 characters of a-z, 0-9 and -, no -- and no - at an end', maxlength: 39, autocomplete: 'off', autocapitalize: 'none' }],
      submit: 'Rename',
      done: async (values) => {
        await call('PUT', `${path}/name`, values);
        say(`The name is now ${values.name}.`);
        await show();
      },
    })),
    active && card('Activities',
      h('p', {}, `${retention.shown_days ? `Activities are shown for ${count(retention.shown_days, 'day')}.` : 'All activities are shown.'} When you set a number of days, older activities are hidden at once and later removed from this list. Their events and proofs stay.`),
      form({
        fields: [{
          name: 'days', label: 'Days', type: 'number', min: 1, max: MAX_DAYS, step: 1, value: retention.days ?? '', autocomplete: 'off',
          hint: retention.plan_days ? `At most ${count(retention.plan_days, 'day')}, the limit of the plan. Empty: as long as the plan allows.` : 'Empty: for ever.',
        }],
        submit: 'Save',
        confirm: ({ days }) => days && days < (retention.shown_days ?? MAX_DAYS + 1)
          && `Show activities for ${count(days, 'day')} only? A longer time later does not bring older activities back.`,
        done: async ({ days }) => {
          await call('PUT', `${path}/activity_retention`, { days });
          say(days ? `Activities are shown for ${count(days, 'day')}.` : 'Activities are shown as long as the plan allows.');
          await show();
        },
      })),
    card('Identifier', h('p', { class: 'mono' }, it.id)),
    active && card('Deactivate',
      h('p', {}, 'All API tokens are deleted, and calls in the organization are refused. Members, activity and billing information stay. The organization can be reactivated at any time, without its API tokens.'),
      form({
        fields: [{ name: 'skip_confirmation', label: 'Now, without a mail to confirm it', type: 'checkbox' }],
        submit: 'Deactivate',
        kind: 'danger',
        confirm: (values) => values.skip_confirmation && `Deactivate ${it.name} now? All of its API tokens are deleted.`,
        done: async (values) => {
          await call('POST', `${path}/deactivate`, values);
          say(values.skip_confirmation ? 'The deactivation has begun.' : 'Every member gets a mail with a link that confirms it.');
          await show();
        },
      }), inboxHint()),
    it.status === 'DEACTIVATING' && card('Deactivating', h('p', {}, 'The API tokens are being deleted.'), action('Look again', show)),
    it.status === 'DEACTIVATED' && [
      card('Reactivate',
        h('p', {}, 'The organization can be used again. Its API tokens do not come back.'),
        action('Reactivate', async () => {
          await call('POST', `${path}/reactivate`);
          say('Reactivated.');
          await show();
        }, 'primary')),
      card('Delete',
        h('p', {}, 'The organization, its invitations and memberships go for good, and its name is free again.'),
        confirmed(`Delete ${it.name} for good?`, 'Delete', async () => {
          await call('DELETE', path);
          say(`${it.name} is being deleted.`);
          go('/');
        })),
    ],
    it.status === 'LOCKED' && card('Locked',
      h('p', {}, 'An operator has locked this organization. Ask the operator of this service.'),
      it.lock_reason && h('p', {}, `Reason: ${it.lock_reason}`)));
}
