/**
 * The faults of a group: calls that are to fail, how often they did, and a form for more.
 */
import { el } from './dom.js';
import { commandForm, echoOf, field } from './edits.js';

const FILE = 'sim.fault';
const EXAMPLES = [
  'read memory.stat after=3 error=ENODEV count=1',
  'mkdir error=ENOSPC',
  'write memory.limit_in_bytes delay=200ms',
  'read memory.usage_in_bytes probability=0.1 error=EINTR',
];

/** The panel of faults. */
export class Faults {
  /**
   * @param {string} directory of the hierarchy
   * @param {?import('./edits.js').Edits} edits makes the changes; null: that is not allowed
   */
  constructor(directory, edits) {
    this.directory = directory;
    this.edits = edits;
    this.group = '/';
    this.list = el('ul', { id: 'fault-list', class: 'fault-list' });
    this.none = el('span', { class: 'note' }, 'none');
    this.form = edits ? this.#makeForm() : null;
    this.clear = edits ? el('button', { type: 'button', id: 'clear-faults', onclick: () => this.#write('clear') },
      'Clear the faults of this group') : null;
    this.element = el('section', { class: 'panel faults', 'aria-label': 'Faults' },
      el('div', { class: 'panel-head' }, el('h3', {}, 'Faults'), this.none,
        el('span', { class: 'note' }, 'calls that are to fail, to see how a tool takes it')),
      el('div', { class: 'padded' }, this.list, this.clear, this.form));
  }

  /**
   * Shows another group's.
   *
   * @param {string} group its path
   */
  show(group) {
    this.group = group;
    this.form?.show();
    this.update([]);
  }

  /**
   * Shows what the file holds.
   *
   * @param {string[]} lines each a command, and after `#` what became of it
   */
  update(lines) {
    const text = lines.join('\n');
    if (this.text !== text) {
      this.text = text;
      this.list.replaceChildren(...lines.map(lineElement));
      this.none.hidden = lines.length > 0;
      if (this.clear) {
        this.clear.hidden = lines.length === 0;
      }
    }
  }

  #makeForm() {
    const line = field('A line of sim.fault', { name: 'fault', placeholder: EXAMPLES[0], size: '44' }, EXAMPLES);
    this.input = line.querySelector('input');
    return commandForm({
      id: 'faults',
      verb: () => 'Set fault',
      fields: [line],
      command: () => (this.#typed() ? echoOf(this.directory, this.group, FILE, this.#typed()) : ''),
      act: () => this.#write(this.#typed()),
    });
  }

  #typed() {
    return this.input.value.trim();
  }

  async #write(text) {
    const answer = await this.edits.write(this.group, FILE, text);
    if (answer.ok) {
      this.input.value = '';
    }
    return answer;
  }
}

/** A command, and what became of it. */
function lineElement(line) {
  const [command, count] = line.split(' # ');
  return el('li', {}, el('code', {}, command), ' ', el('span', { class: 'note' }, count ?? ''));
}
