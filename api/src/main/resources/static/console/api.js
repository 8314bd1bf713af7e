/**
 * The public HTTP API, as any client sees it. The account's own session and those for single organizations live side by side
 * in this tab's session storage, and end with the tab.
 */

const STORE = 'guildhall.sessions';

let sessions = JSON.parse(sessionStorage.getItem(STORE) ?? '{}');

function keep(next) {
  sessions = next;
  sessionStorage.setItem(STORE, JSON.stringify(sessions));
}

/** What the server said no to: its message is for people, its fields for the form. */
export class Refused extends Error {
  constructor(status, body, retryAfter) {
    super(body?.message || `The server answered ${status}.`);
    this.status = status;
    this.fields = body?.fields ?? [];
    this.retryAfter = retryAfter;
  }
}

export const signedIn = () => Boolean(sessions.account);

export function signOut() {
  keep({});
}

/** The first session of an account, from signing in or up. */
export function begin(reply) {
  keep({ account: reply.token.id, organizations: {} });
}

function key() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Sends; a POST that got no answer is sent once more under the same key, so that it takes effect once. What comes back is JSON, unless
 * something else reads it.
 */
async function send(method, path, body, token, read) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method === 'POST') headers['Idempotency-Key'] = key();
  const request = { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' };
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    try {
      response = await fetch(path, request);
    } catch {
      throw new Refused(0, { message: 'The server cannot be reached. Try again in a moment.' });
    }
  }
  if (response.ok && read) return read(response);
  const text = await response.text();
  let reply;
  try {
    reply = text ? JSON.parse(text) : {};
  } catch {
    reply = {};
  }
  if (!response.ok) throw new Refused(response.status, reply, response.headers.get('Retry-After'));
  return reply;
}

/** Without a session. */
export const open = (method, path, body) => send(method, path, body);

/** As the account, in no organization. */
export async function own(method, path, body) {
  const token = sessions.account;
  try {
    return await send(method, path, body, token);
  } catch (e) {
    if (e.status === 401 && token && token === sessions.account) {
      signOut();
      dispatchEvent(new Event('signed-out'));
    }
    throw e;
  }
}

/** As the account, in that organization. */
export async function inside(organization, method, path, body, read) {
  for (let again = false; ; again = true) {
    const token = sessions.organizations?.[organization] ?? (await enter(organization));
    try {
      return await send(method, path, body, token, read);
    } catch (e) {
      if (e.status === 401) leave(organization);
      if (e.status !== 401 || again) throw e;
    }
  }
}

async function enter(organization) {
  const reply = await own('POST', `/v1/organizations/${organization}/switch`);
  keep({ ...sessions, organizations: { ...sessions.organizations, [organization]: reply.token.id } });
  return reply.token.id;
}

/** Forgets the session for an organization. */
export function leave(organization) {
  const { [organization]: gone, ...others } = sessions.organizations ?? {};
  keep({ ...sessions, organizations: others });
}

/** All entries of a list that pages. */
export async function all(call, path, name) {
  const entries = [];
  for (;;) {
    const page = await call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=100&offset=${entries.length}`);
    const found = page[name] ?? [];
    entries.push(...found);
    if (found.length < 100) return entries;
  }
}
