/**
 * Changes of the hierarchy. Each is one command of a shell: it is shown before it is done, and what was done is listed
 * with the answer.
 */
import { postJson } from './api.js';
import { el, setText } from './dom.js';

const MOST_LISTED = 50;
/** Words that no shell takes for anything else. */
const PLAIN = /^[A-Za-z0-9_./:,@%+-]+$/;

/**
 * The command that writes a line into a file of a group.
 *
 * @param {string} directory of the hierarchy
 * @param {string} group its path
 * @param {string} file the control file
 * @param {string} text the line
 * @returns {string} as one types it
 */
export function echoOf(directory, group, file, text) {
  return `echo ${quoted(text)} > ${quoted(`${placeOf(directory, group)}/${file}`)}`;
}

/**
 * The directory of a group.
 *
 * @param {string} directory of the hierarchy
 * @param {string} group its path
 * @returns {string} a path
 */
export function placeOf(directory, group) {
  return group === '/' ? directory : `${directory}${group}`;
}

/** A word that every shell takes as it stands. */
export function quoted(word) {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Makes changes, and lists them in an element. */
export class Edits {
  /**
   * @param {HTMLElement} list an `ol`
   */
  constructor(list) {
    this.list = list;
  }

  /** Writes a line into a control file. See {@link Edits#send}. */
  write(group, file, text) {
    return this.send('/api/write', { group, file, text });
  }

  /** Makes a group. */
  mkdir(group) {
    return this.send('/api/mkdir', { group });
  }

  /** Removes a group. */
  rmdir(group) {
    return this.send('/api/rmdir', { group });
  }

  /**
   * Makes a change.
   *
   * @param {string} path what to ask of the server
   * @param {*} body with which words
   * @returns {Promise<{ok: boolean, echo: string, errno: ?string, why: ?string}>} the answer; never fails
   */
  async send(path, body) {
    let answer;
    try {
      answer = await postJson(path, body);
    } catch (e) {
      answer = { ok: false, echo: '', errno: null, why: e.message };
    }
    this.#list(answer);
    return answer;
  }

  #list({ ok, echo, errno, why }) {
    this.list.prepend(el('li', { 'data-ok': String(Boolean(ok)) },
      el('code', { class: 'echo' }, echo),
      ok ? el('span', { class: 'outcome' }, 'done') : el('span', { class: 'outcome errno' }, errno ?? 'refused'),
      ok ? null : el('span', { class: 'why' }, why ?? '')));
    while (this.list.children.length > MOST_LISTED) {
      this.list.lastElementChild.remove();
    }
    this.list.closest('[hidden]')?.removeAttribute('hidden');
  }
}

/**
 * A form that stands for one command, which it shows while one types.
 *
 * @param {object} options what it does
 * @param {string} options.id of the form
 * @param {function(): string} options.verb the text of its button now
 * @param {HTMLElement[]} options.fields what one types into
 * @param {function(): string} options.command what it would do now; empty: something is missing
 * @param {function(): Promise<{ok: boolean}>} options.act does it
 * @returns {HTMLFormElement & {show: function(): void}} the form; `show` begins anew
 */
export function commandForm({ id, verb, fields, command, act }) {
  const echo = el('code', { class: 'echo' });
  const button = el('button', { class: 'primary' });
  const answer = el('p', { class: 'answer', role: 'status' });
  const form = el('form', { id, class: 'command' },
    el('div', { class: 'fields' }, ...fields, button), echo, answer);
  const show = () => {
    const text = command();
    echo.textContent = text;
    echo.hidden = !text;
    button.disabled = !text;
    setText(button, verb());
  };
  form.addEventListener('input', () => {
    answer.textContent = '';
    show();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    const { ok, errno, why } = await act();
    answer.textContent = ok ? '' : `${errno ? `${errno}: ` : ''}${why}`;
    answer.dataset.ok = String(ok);
    show();
  });
  show();
  form.show = () => {
    answer.textContent = '';
    show();
  };
  return form;
}

/**
 * A field with its name above it.
 *
 * @param {string} label its name
 * @param {Object<string, *>} attributes of the input
 * @param {string[]} [suggestions] what one might want to write
 * @returns {HTMLElement} a label with an input in it
 */
export function field(label, attributes, suggestions = []) {
  const options = suggestions.map((value) => el('option', { value }));
  const list = options.length ? el('datalist', { id: `${attributes.name}-suggestions` }, ...options) : null;
  const input = el('input',
    { autocomplete: 'off', spellcheck: 'false', list: list?.id, ...attributes });
  return el('label', { class: 'field' }, el('span', {}, label), input, list);
}
