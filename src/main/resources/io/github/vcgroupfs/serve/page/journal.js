/**
 * The journal of the hierarchy as it grows, the newest first. Refusals stand out, with their sentence.
 */
import { el, setText } from './dom.js';

const MOST_LINES = 400;
/** A voice that never stops is of no use. */
const SPEAK_EVERY_MS = 3000;

/** The journal. */
export class Journal {
  /**
   * @param {HTMLElement} element where
   */
  constructor(element) {
    this.list = el('ol', { id: 'journal', tabindex: '0', 'aria-label': 'Journal, the newest line first' });
    this.announcer = el('p', { id: 'announcer', class: 'unseen', 'aria-live': 'polite' });
    this.empty = el('p', { class: 'note empty' }, 'Nothing has been written, made or refused yet.');
    const only = el('input', { type: 'checkbox', id: 'only-refusals',
      onchange: (event) => this.list.toggleAttribute('data-only-refusals', event.target.checked) });
    element.replaceChildren(
      el('div', { class: 'panel-head' }, el('h3', {}, 'Journal'),
        el('label', { class: 'check' }, only, ' refusals only')),
      this.empty, this.list, this.announcer);
    this.unspoken = null;
    this.speaking = null;
  }

  /**
   * Adds what happened.
   *
   * @param {Array<object>} all oldest first
   * @param {boolean} catchesUp whether some of it may be listed already
   */
  add(all, catchesUp) {
    const listed = new Set(catchesUp ? [...this.list.children].map((each) => each.dataset.text) : []);
    const lines = all.filter((line) => !listed.has(line.text));
    const before = this.list.scrollTop;
    const height = this.list.scrollHeight;
    this.list.prepend(...lines.slice(-MOST_LINES).reverse().map(lineElement));
    while (this.list.children.length > MOST_LINES) {
      this.list.lastElementChild.remove();
    }
    // Whoever reads further down goes on reading there.
    if (before > 0) {
      this.list.scrollTop = before + this.list.scrollHeight - height;
    }
    this.empty.hidden = this.list.children.length > 0;
    this.#speak(lines.filter((line) => line.errno));
  }

  /** Says the last refusal; of those that come while it speaks, the last one afterwards. */
  #speak(refusals) {
    this.unspoken = refusals.at(-1) ?? this.unspoken;
    if (!this.unspoken || this.speaking) {
      return;
    }
    const { errno, call, target, why } = this.unspoken;
    setText(this.announcer, `Refused: ${call} ${target}: ${errno}. ${why ?? ''}`);
    this.unspoken = null;
    this.speaking = setTimeout(() => {
      this.speaking = null;
      this.#speak([]);
    }, SPEAK_EVERY_MS);
  }

  /** Ends it. */
  destroy() {
    clearTimeout(this.speaking);
  }
}

function lineElement({ text, time, process, call, target, errno, why }) {
  return el('li', { 'data-refused': errno ? true : null, 'data-text': text },
    el('time', {}, time), ' ', el('b', {}, call), ' ', el('code', {}, target), ' ',
    errno ? el('strong', { class: 'errno' }, errno) : null, ' ', el('span', { class: 'who' }, process),
    why ? el('p', { class: 'why' }, why) : null);
}
