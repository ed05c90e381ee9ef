/**
 * The faults of a group: calls that are to fail, how often they did, and a form for more.
 */
import { getJson } from './api.js';
import { el } from './dom.js';
import { commandForm, echoOf, field } from './edits.js';

const FILE = 'sim.fault';
/** How often it is asked how many calls were struck. */
const ASK_EVERY_MS = 3000;
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
   * @param {import('./edits.js').Edits} edits makes the changes
   */
  constructor(directory, edits) {
    this.directory = directory;
    this.edits = edits;
    this.group = '/';
    const line = field('A line of sim.fault', { name: 'fault', placeholder: EXAMPLES[0], size: '44' }, EXAMPLES);
    this.input = line.querySelector('input');
    this.form = commandForm({
      id: 'faults',
      verb: () => 'Set fault',
      fields: [line],
      command: () => (this.#typed() ? echoOf(directory, this.group, FILE, this.#typed()) : ''),
      act: () => this.#write(this.#typed()),
    });
    this.list = el('ul', { id: 'fault-list', class: 'fault-list' });
    this.clear = el('button', { type: 'button', id: 'clear-faults', onclick: () => this.#write('clear') },
      'Clear the faults of this group');
    this.element = el('section', { class: 'panel faults', 'aria-label': 'Faults' },
      el('div', { class: 'panel-head' }, el('h3', {}, 'Faults'),
        el('span', { class: 'note' }, 'calls that are to fail, to see how a tool takes it')),
      el('div', { class: 'padded' }, this.list, this.clear, this.form));
    this.timer = setInterval(() => this.#ask(), ASK_EVERY_MS);
  }

  /**
   * Shows another group's.
   *
   * @param {string} group its path
   */
  show(group) {
    this.group = group;
    this.form.show();
    this.#fill([]);
    this.#ask();
  }

  /** Ends it. */
  destroy() {
    clearInterval(this.timer);
  }

  #typed() {
    return this.input.value.trim();
  }

  async #write(text) {
    const answer = await this.edits.write(this.group, FILE, text);
    if (answer.ok) {
      this.input.value = '';
      this.#ask();
    }
    return answer;
  }

  async #ask() {
    const { group } = this;
    // A group that is gone has no faults.
    const lines = await getJson(`/api/faults?group=${encodeURIComponent(group)}`).catch(() => []);
    if (group === this.group) {
      this.#fill(lines);
    }
  }

  /** A line is a command, and what became of it after `#`. */
  #fill(lines) {
    this.list.replaceChildren(...lines.map((line) => {
      const [command, count] = line.split(' # ');
      return el('li', {}, el('code', {}, command), ' ', el('span', { class: 'note' }, count ?? ''));
    }));
    this.list.hidden = lines.length === 0;
    this.clear.hidden = lines.length === 0;
  }
}
