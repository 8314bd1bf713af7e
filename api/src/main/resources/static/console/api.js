/**
 * Calls the HTTP API. A cookie that scripts cannot read says who calls. A header names the organization that a call acts in, so that
 * each tab can show another one.
 */

/** The id of the person who is signed in, or null. */
let user = null;

/** Tells the other tabs that somebody has signed in or out. */
const tabs = new BroadcastChannel('guildhall');

/** What the server refused: its message is for people, its fields for the form. */
export class Refused extends Error {
  constructor(status, body, retryAfter) {
    super(body?.message || `The server answered ${status}.`);
    this.status = status;
    this.type = body?.type;
    this.fields = body?.fields ?? [];
    this.retryAfter = retryAfter;
  }
}

export const signedIn = () => Boolean(user);

/** Asks the server who is signed in. Returns whether that has changed. */
export async function resume() {
  const before = user;
  user = (await send('GET', '/console/session')).user_id ?? null;
  return user !== before;
}

/** Calls a route that signs in. The server sets the cookie and keeps the token out of the reply. */
export async function begin(path, body) {
  const reply = await send('POST', path, body, { 'Guildhall-Session': 'cookie' });
  if (reply.user_id) {
    user = reply.user_id;
    tabs.postMessage('changed');
  }
  return reply;
}

/** Ends the session and deletes the cookie. */
export async function signOut() {
  await send('DELETE', '/console/session');
  user = null;
  tabs.postMessage('changed');
}

tabs.addEventListener('message', async () => {
  if (await resume().catch(() => false)) dispatchEvent(new Event('session-changed'));
});

function key() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const csrfToken = () => /(?:^|; )(?:__Host-)?guildhall-csrf=([^;]*)/.exec(document.cookie)?.[1];

/** Sends once more when there was no answer, or when the page's CSRF token was gone. */
async function exchange(path, request) {
  const attempt = () => fetch(path, request.method === 'GET' ? request
    : { ...request, headers: { ...request.headers, 'X-XSRF-TOKEN': csrfToken() ?? '' } });
  if (request.method !== 'GET' && !csrfToken()) await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => {});
  try {
    return await attempt();
  } catch {
    try {
      return await attempt();
    } catch {
      throw new Refused(0, { message: 'The server cannot be reached. Try again in a moment.' });
    }
  }
}

/**
 * Sends. A POST has a key, so that it takes effect once although it may be sent twice. The reply is JSON, unless `read` reads it.
 */
async function send(method, path, body, headers = {}, read = undefined) {
  const response = await exchange(path, {
    method,
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method === 'POST' ? { 'Idempotency-Key': key() } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: 'no-store',
  });
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

/** Where it does not matter who is signed in. */
export const open = (method, path, body) => send(method, path, body);

/** As the person, in no organization. */
export const own = (method, path, body) => personally(() => send(method, path, body));

/** As the person, in that organization. */
export const inside = (organization, method, path, body, read) =>
  personally(() => send(method, path, body, { 'Guildhall-Organization': organization }, read));

const SIGNED_OUT = ['/problems/unauthenticated', '/problems/token-invalid', '/problems/token-malformed'];

async function personally(call) {
  const caller = user;
  try {
    return await call();
  } catch (e) {
    // An organization that is deactivated is refused with 401 as well.
    if (e.status === 401 && SIGNED_OUT.includes(e.type) && caller && caller === user) {
      user = null;
      dispatchEvent(new Event('signed-out'));
    }
    throw e;
  }
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
