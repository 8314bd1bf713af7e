/** Elements, forms and messages. Text is only ever set as text. */
import { advice, readable, sentence } from './words.js';

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

const notices = document.getElementById('said');

/** Shows a text until the next action. */
export function say(text) {
  notices.replaceChildren(h('p', {}, text));
}

// A notice is about the last action, so the next one removes it.
addEventListener('submit', () => notices.replaceChildren(), true);
addEventListener('click', (event) => {
  if (event.target.closest?.('a[href], button') && !notices.contains(event.target)) notices.replaceChildren();
}, true);

/** Shows what went wrong and what to do, until it is closed, the next action, or another page. */
function complain(error) {
  const note = h('div', { class: 'failure', role: 'alert' },
    h('p', {}, told(error)),
    h('button', { type: 'button', class: 'quiet', onclick: () => note.remove() }, 'Close'));
  notices.replaceChildren(note);
  addEventListener('page-left', () => note.remove(), { once: true });
}

/** The message of an error with a link to the place that helps. */
export function told(error, text) {
  const { text: message, to, link: words } = advice(error);
  return [text ?? message, to && [' ', link(to, words)]].flat(2).filter(Boolean);
}

/** A page that could not be loaded. */
export function failure(error, show) {
  return h('div', { class: 'narrow' },
    h('h1', {}, 'This page cannot be shown'),
    alertBox(told(error)),
    h('div', { class: 'buttons' },
      error.status === 0 || error.status === 429 || error.status >= 500 ? action('Try again', show, 'primary') : null,
      h('a', { class: 'button quiet', href: '/' }, 'To the start')));
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

export const alertBox = (...message) => h('p', { class: 'alert', role: 'alert' }, ...message);

/**
 * A form. `fields` describe inputs: {name, label, type, value, hint, options, ...attributes}. An option
 * is its value, its words and whether it is disabled. `done` gets the values. What it throws is
 * shown, at the fields that the server named. `confirm` is a question about the values that must be answered before, or nothing.
 */
export function form({ fields = [], submit, kind, confirm, done }) {
  const problem = h('div', { class: 'problem' });
  const button = h('button', { type: 'submit', class: kind ?? 'primary' }, submit);
  const rows = fields.map(row);
  const element = h('form', { novalidate: true }, ...rows.map((it) => it.row), problem, button);
  let busy = false;
  element.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    problem.replaceChildren();
    rows.forEach((it) => it.complain());
    const wrong = rows.filter((it) => it.wrong());
    if (wrong.length) {
      wrong.forEach((it) => it.complain(it.wrong()));
      wrong[0].focus();
      return;
    }
    const values = Object.fromEntries(rows.map((it) => [it.name, it.value()]));
    busy = true;
    button.disabled = true;
    try {
      const question = confirm?.(values);
      if (!question || (await asked(question, submit))) await done(values, element);
    } catch (error) {
      refuse(error, rows, problem);
      (element.querySelector('[aria-invalid=true]') ?? button).focus();
      if (!error.status && error.status !== 0) console.error(error);
    } finally {
      busy = false;
      button.disabled = false;
      restoreFocus(button);
    }
  });
  return element;
}

/** At the fields that the server named; above the button what belongs to no field of the form. */
function refuse(error, rows, problem) {
  const fields = error.fields ?? [];
  const { replaced } = advice(error);
  const known = fields.filter((it) => rows.some((one) => one.takes(it.field)));
  known.forEach(({ field, description }) => {
    const one = rows.find((it) => it.takes(field));
    const text = replaced ? undefined : one.worded(field, description);
    one.complain(...(fields.length === 1 ? told(error, text) : [text ?? readable(description)]));
  });
  if (known.length < fields.length || !fields.length) problem.replaceChildren(alertBox(...told(error)));
}

const WRONG = {
  number: (input) => `Enter a whole number${input.min ? ` from ${input.min}` : ''}${input.max ? ` to ${Number(input.max).toLocaleString('en')}` : ''}, or leave the field empty.`,
  'datetime-local': () => 'Enter the date and the time, or leave the field empty.',
};

let ids = 0;

function row({ name, label, hint, options, type = 'text', value, ...rest }) {
  const id = `f${++ids}`;
  const text = { id, name, 'aria-describedby': hint ? `${id}-e ${id}-h` : `${id}-e`, ...rest };
  const input = options
    ? h('select', text, options.map(([key, words, disabled]) => h('option', { value: key, selected: key === value, disabled }, words)))
    : h('input', { type, ...text, ...(type === 'checkbox' ? { checked: value } : { value: value ?? '' }) });
  const error = h('p', { class: 'field-error', id: `${id}-e` });
  const caption = h('label', { for: id }, label);
  const note = hint ? h('p', { class: 'hint', id: `${id}-h` }, hint) : null;
  const values = {
    checkbox: () => input.checked,
    // An empty field is null, and never what cannot be read as a number: that is reported.
    number: () => (input.value === '' ? null : input.valueAsNumber),
  };
  return {
    name,
    row: type === 'checkbox' ? h('div', { class: 'row check' }, input, caption, note, error) : h('div', { class: 'row' }, caption, input, note, error),
    value: () => (values[type] ?? (() => input.value))(),
    // A browser hands out an empty value for what it cannot read.
    wrong: () => {
      const { valueMissing, badInput, stepMismatch, rangeUnderflow, rangeOverflow } = input.validity;
      if (valueMissing) return options ? 'Choose one.' : 'This field cannot be empty.';
      return (badInput || stepMismatch || rangeUnderflow || rangeOverflow) && (WRONG[type]?.(input) ?? 'This value cannot be read.');
    },
    takes: (field) => field === name || field?.split('.').pop() === name,
    // The server begins with the name of the field.
    worded: (field, description) => readable(description.startsWith(field) && /^\W/.test(description.slice(field.length)) ? sentence(label.replace(/ \(.*\)$/, '')) + description.slice(field.length) : description),
    focus: () => input.focus(),
    complain: (...words) => {
      error.replaceChildren(...words);
      if (words.length) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    },
  };
}

/** Gives a lost focus back to the button that was pressed or, when that is gone, to the heading of the page. */
export function restoreFocus(button) {
  if (document.activeElement && document.activeElement !== document.body) return;
  const target = button?.isConnected ? button : document.querySelector('main h1');
  if (target !== button) target?.setAttribute('tabindex', '-1');
  target?.focus({ preventScroll: true });
}

/** A held key presses a button once. */
const notRepeated = (event) => event.repeat && ['Enter', ' '].includes(event.key) && event.preventDefault();

/** A button for one act, which says what went wrong. */
export function action(label, act, kind = 'quiet') {
  const button = h('button', { type: 'button', class: kind, onkeydown: notRepeated }, label);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      await act();
    } catch (error) {
      complain(error);
      if (error.status === undefined) console.error(error);
    } finally {
      button.disabled = false;
      restoreFocus(button);
    }
  });
  return button;
}

/** Asks a question, and returns whether the answer is yes. The safe answer has the focus, so that Enter alone confirms nothing. */
function asked(question, label) {
  return new Promise((resolve) => {
    const text = h('p', { id: 'question' }, question);
    const cancel = h('button', { type: 'button', class: 'quiet', autofocus: true, onclick: () => dialog.close() }, 'Cancel');
    const confirm = h('button', { type: 'button', class: 'danger', onclick: () => dialog.close('yes') }, label);
    const dialog = h('dialog', { 'aria-labelledby': 'question', onkeydown: notRepeated }, text, h('div', { class: 'buttons' }, cancel, confirm));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A button for an act that cannot be taken back. Asks before. */
export function confirmed(question, label, act) {
  return action(label, async () => {
    if (await asked(question, label)) await act();
  }, 'quiet danger');
}

/** Asks for the password in a dialog. Resolves to null when the person cancels. */
export function askPassword(question) {
  return new Promise((resolve) => {
    const dialog = h('dialog', { 'aria-label': question });
    const close = (password) => {
      dialog.close();
      dialog.remove();
      resolve(password);
    };
    dialog.append(
      h('p', {}, question),
      form({
        fields: [{ name: 'current_password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true }],
        submit: 'Confirm',
        done: async (values) => close(values.current_password),
      }),
      h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'quiet', onclick: () => close(null) }, 'Cancel')));
    dialog.addEventListener('cancel', () => close(null));
    document.body.append(dialog);
    dialog.showModal();
  });
}

export function table(caption, heads, rows, none) {
  if (!rows.length) return h('p', { class: 'none' }, none);
  return h('div', { class: 'scroll' }, h('table', {},
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col' }, head || h('span', { class: 'unseen' }, 'Actions'))))),
    h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((cell, n) => h('td', { 'data-head': heads[n] || null }, cell)))))));
}

export const card = (title, ...children) => h('section', { class: 'card' }, title && h('h2', {}, title), ...children);

const secrets = new Map();

/**
 * The values of a place that are shown once. They stay, whatever else the page shows, until they are put away one by one or the session
 * ends. Returns the element and a function that adds a value to it.
 */
export function shownOnce(place) {
  if (!secrets.has(place)) secrets.set(place, h('div', { 'aria-live': 'polite' }));
  const element = secrets.get(place);
  return { element, add: (title, label, text) => element.prepend(secret(title, label, text)) };
}

export function forgetSecrets() {
  secrets.forEach((element) => element.remove());
  secrets.clear();
}

addEventListener('signed-out', forgetSecrets);
addEventListener('session-changed', forgetSecrets);

function secret(title, label, text) {
  const value = h('input', { readonly: true, class: 'mono', 'aria-label': label, value: text, size: 66 });
  const box = h('div', { class: 'notice secret' },
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
      action('I have it', () => box.remove())));
  return box;
}
