/**
 * Tables of things that come and go. Cells are changed in place, so that a table that lives can be read and selected.
 */
import { el, setAttribute, setText } from './dom.js';

/** More rows than anybody reads; the rest is counted. */
const MOST_ROWS = 200;

/**
 * @typedef {object} TableColumn
 * @property {string} title its head
 * @property {function(*): string} text what a row says there
 * @property {boolean} [isText] whether it is no number, and stands left
 * @property {string} [hint] what the head means
 */

/** One table. */
export class LiveTable {
  /**
   * @param {string} id of the element
   * @param {string} caption what it shows, for those who do not see it
   * @param {TableColumn[]} columns its columns
   * @param {function(*): ?HTMLElement} [action] makes what one can do with a row, in a last column
   */
  constructor(id, caption, columns, action) {
    this.columns = columns;
    this.action = action;
    this.body = el('tbody');
    const head = columns.map(({ title, isText, hint }) =>
      el('th', { scope: 'col', class: isText ? 'text' : null, title: hint }, title));
    if (action) {
      head.push(el('th', { scope: 'col' }, el('span', { class: 'unseen' }, 'Actions')));
    }
    this.more = el('p', { class: 'note more', hidden: true });
    this.element = el('div', { id, class: 'table-box', tabindex: '0', role: 'region', 'aria-label': caption },
      el('table', {}, el('thead', {}, el('tr', {}, ...head)), this.body), this.more);
  }

  /**
   * Shows these rows.
   *
   * @param {Array<*>} rows what
   * @param {function(*): string} nameOf the name of a row, for programs
   */
  update(rows, nameOf) {
    const shown = rows.slice(0, MOST_ROWS);
    while (this.body.children.length > shown.length) {
      this.body.lastElementChild.remove();
    }
    shown.forEach((row, i) => this.#fill(this.body.children[i] ?? this.#newRow(), row, nameOf(row)));
    this.more.hidden = rows.length <= MOST_ROWS;
    setText(this.more, `and ${rows.length - MOST_ROWS} more`);
  }

  #newRow() {
    const cells = this.columns.map(({ isText }) => el('td', { class: isText ? 'text' : null }));
    return this.body.appendChild(el('tr', {}, ...cells));
  }

  #fill(element, row, name) {
    this.columns.forEach(({ text }, i) => setText(element.children[i], text(row)));
    if (this.action && element.dataset.name !== name) {
      element.querySelector('.actions')?.remove();
      element.append(el('td', { class: 'actions' }, this.action(row)));
    }
    setAttribute(element, 'data-name', name);
  }
}
