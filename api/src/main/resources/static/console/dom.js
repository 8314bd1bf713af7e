/** Elements, forms and what they say. Text is only ever set as text. */

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

export const link = (to, ...children) => h('a', { href: to }, ...children);

/** For everybody to see, for a while. */
export function say(text) {
  const place = document.getElementById('said');
  const note = h('p', {}, text);
  place.replaceChildren(note);
  setTimeout(() => note.remove(), 6000);
}

export function date(text) {
  const at = new Date(text);
  const shown = at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return h('time', { datetime: text, title: text }, shown);
}

/** Hands a file to the browser. */
export function saveAs(blob, name) {
  const url = URL.createObjectURL(blob);
  const anchor = h('a', { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const badge = (word, kind) => h('span', { class: `badge ${kind ?? ''}` }, word);

export const alertBox = (message) => h('p', { class: 'alert', role: 'alert' }, message);

function explain(error) {
  return error.retryAfter ? `${error.message} Try again in ${error.retryAfter} s.` : error.message;
}

/**
 * A form. `fields` describe inputs: {name, label, type, value, hint, options, ...attributes}. `done` gets the values; what it
 * throws is shown, by its fields where the server named them.
 */
export function form({ fields = [], submit, kind, done }) {
  const problem = h('div', { class: 'problem' });
  const button = h('button', { type: 'submit', class: kind ?? 'primary' }, submit);
  const rows = fields.map(row);
  const element = h('form', { novalidate: true }, ...rows.map((it) => it.row), problem, button);
  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.replaceChildren();
    rows.forEach((it) => it.complain(''));
    button.disabled = true;
    try {
      await done(Object.fromEntries(rows.map((it) => [it.name, it.value()])), element);
    } catch (error) {
      const unknown = error.fields?.filter((it) => !rows.some((r) => r.takes(it.field))) ?? [];
      error.fields?.forEach((it) => rows.find((r) => r.takes(it.field))?.complain(it.description));
      if (!error.fields?.length || unknown.length) problem.replaceChildren(alertBox(explain(error)));
      (element.querySelector('[aria-invalid=true]') ?? button).focus();
      if (!error.status && error.status !== 0) console.error(error);
    } finally {
      button.disabled = false;
    }
  });
  return element;
}

let ids = 0;

function row({ name, label, hint, options, type = 'text', value, ...rest }) {
  const id = `f${++ids}`;
  const text = { id, name, 'aria-describedby': `${id}-e ${id}-h`, ...rest };
  const input = options
    ? h('select', text, options.map(([key, words]) => h('option', { value: key, selected: key === value }, words)))
    : h('input', { type, ...text, ...(type === 'checkbox' ? { checked: value } : { value: value ?? '' }) });
  const error = h('p', { class: 'field-error', id: `${id}-e` });
  const caption = h('label', { for: id }, label);
  const note = hint ? h('p', { class: 'hint', id: `${id}-h` }, hint) : null;
  return {
    name,
    row: type === 'checkbox' ? h('div', { class: 'row check' }, input, caption, note, error) : h('div', { class: 'row' }, caption, input, note, error),
    value: () => (type === 'checkbox' ? input.checked : input.value),
    takes: (field) => field === name || field?.split('.').pop() === name,
    complain: (words) => {
      error.textContent = words;
      if (words) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    },
  };
}

/** A button for one act, which says what went wrong. */
export function action(label, act, kind = 'quiet') {
  const button = h('button', { type: 'button', class: kind }, label);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await act();
    } catch (error) {
      say(explain(error));
      if (error.status === undefined) console.error(error);
    } finally {
      button.disabled = false;
    }
  });
  return button;
}

/** Asks before something that cannot be taken back. */
export function confirmed(question, label, act) {
  return action(label, () => new Promise((resolve, reject) => {
    const dialog = h('dialog', { 'aria-label': question });
    const close = () => {
      dialog.close();
      dialog.remove();
    };
    dialog.append(
      h('p', {}, question),
      h('div', { class: 'buttons' },
        h('button', { type: 'button', class: 'danger', onclick: () => { close(); act().then(resolve, reject); } }, label),
        h('button', { type: 'button', class: 'quiet', onclick: () => { close(); resolve(); } }, 'Cancel')));
    dialog.addEventListener('cancel', () => { dialog.remove(); resolve(); });
    document.body.append(dialog);
    dialog.showModal();
  }), 'quiet danger');
}

export function table(caption, heads, rows, none) {
  if (!rows.length) return h('p', { class: 'none' }, none);
  return h('div', { class: 'scroll' }, h('table', {},
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((cell, n) => h('td', { 'data-head': heads[n] }, cell)))))));
}

export const card = (title, ...children) => h('section', { class: 'card' }, title && h('h2', {}, title), ...children);

/** What is not shown again. */
export function shownOnce(title, label, text, gone) {
  const value = h('input', { readonly: true, class: 'mono', 'aria-label': label, value: text, size: 66 });
  return h('div', { class: 'notice secret' },
    h('p', {}, h('strong', {}, title, ' '), 'Keep it now: it is not shown again.'),
    value,
    h('div', { class: 'buttons' },
      action('Copy', async () => {
        value.select();
        // Where the page is not served securely there is no clipboard to write to.
        if (navigator.clipboard) await navigator.clipboard.writeText(text);
        else document.execCommand('copy');
        say('Copied.');
      }, 'primary'),
      action('I have it', gone)));
}
