/**
 * One group: its counters as tiles, and its charts.
 */
import { Chart } from './charts.js';
import { COUNTERS, fullness, howFull } from './counters.js';
import { choice, el, setAttribute, setText } from './dom.js';
import { echoOf } from './edits.js';
import { bytes, count } from './format.js';

const RANGES = [['60', '1 min'], ['300', '5 min'], ['1800', '30 min']];
const SYNC = 'group';

/** The tiles and charts of the group that is shown. */
export class GroupView {
  /**
   * @param {import('./api.js').Info} info of the server
   * @param {?import('./edits.js').Edits} edits to change something; null: that is not allowed
   */
  constructor(info, edits) {
    this.info = info;
    this.edits = edits;
    this.known = new Set(info.columns.filter((column) => column.known).map((column) => column.id));
    this.counters = COUNTERS.filter((counter) => this.known.has(counter.usage));
    this.seconds = 300;
    this.chosen = null;
    this.tiles = new Map(this.counters.map((counter) => [counter.id, this.#tile(counter)]));
    this.tileRow = el('div',
      { class: 'tiles', role: 'group', 'aria-label': 'Counters: choose the one in the first chart' },
      ...[...this.tiles.values()].map((tile) => tile.element));
    this.ranges = choice('Time shown', RANGES, String(this.seconds), (seconds) => {
      this.seconds = Number(seconds);
      this.draw();
    });
    this.chartBox = el('div', { class: 'charts' });
    this.charts = this.#makeCharts();
    this.element = el('div', {}, this.tileRow,
      el('section', { class: 'panel', 'aria-label': 'Charts' },
        el('div', { class: 'panel-head' }, el('h3', {}, 'Over time'),
          el('span', { class: 'shade-key', hidden: !this.known.has('pressure') }, 'shaded: under memory pressure'),
          this.ranges),
        this.chartBox, this.#unknown()));
  }

  /**
   * Begins to show another group.
   *
   * @param {string} group its path
   * @param {import('./history.js').History} history what is known of it
   */
  show(group, history) {
    this.group = group;
    this.history = history;
    this.chosen = null;
    this.tiles.forEach((tile) => tile.edit?.end());
  }

  /**
   * Shows new numbers.
   *
   * @param {import('./feed.js').GroupRow} row the group's
   */
  update(row) {
    this.row = row;
    this.chosen ??= this.#mostTelling(row);
    for (const counter of this.counters) {
      this.#fillTile(this.tiles.get(counter.id), counter, row);
    }
    this.draw();
  }

  /** Draws the charts anew. */
  draw() {
    const { history } = this;
    if (!history?.times.length || !this.chosen) {
      return;
    }
    const end = history.times.at(-1);
    const from = history.since(end - this.seconds);
    const times = history.times.slice(from);
    const range = [Math.max(end - this.seconds, Math.min(times[0], end - 10)), end];
    const pressure = this.known.has('pressure') ? history.values('pressure', from) : undefined;
    const of = `${this.chosen.id} ${this.group}`;
    for (const { chart, lines } of this.charts) {
      chart.update({ of, times, range, pressure, lines: lines(from) });
    }
  }

  /** Ends it. */
  destroy() {
    this.charts.forEach(({ chart }) => chart.destroy());
  }

  /** The counter that has something to say: that of TCP if it is used or limited. */
  #mostTelling(row) {
    const tcp = this.counters.find((counter) => counter.id === 'tcp');
    const busy = tcp && (row[tcp.usage] > 0 || Number.isFinite(row[tcp.limit]));
    return busy ? tcp : this.counters[0];
  }

  #tile(counter) {
    const value = el('span', { class: 'value' });
    const limit = el('span', { class: 'limit' });
    const fill = el('span', { class: 'fill' });
    const most = el('span', { class: 'most' });
    const failcnt = el('span', { class: 'failcnt' });
    const pick = el('button', { type: 'button', class: 'pick', onclick: () => this.#choose(counter) }, counter.title);
    const edit = this.edits ? this.#limitEditor(counter) : null;
    const element = el('div', { class: 'tile', 'data-counter': counter.id }, pick, edit?.button,
      el('p', {}, value, ' ', limit), edit?.form, el('span', { class: 'bar' }, fill),
      el('p', { class: 'note' }, most, failcnt));
    return { element, pick, value, limit, fill, most, failcnt, edit };
  }

  /** Shows a counter in the first chart. */
  #choose(counter) {
    this.chosen = counter;
    this.update(this.row);
  }

  #fillTile({ element, pick, value, limit, fill, most, failcnt }, counter, row) {
    setAttribute(pick, 'aria-pressed', String(counter === this.chosen));
    setText(value, bytes(row[counter.usage]));
    setText(limit, Number.isFinite(row[counter.limit]) ? `of ${bytes(row[counter.limit])}` : 'no limit');
    const knowsMost = this.known.has(counter.most);
    const knowsFailcnt = this.known.has(counter.failcnt);
    setText(most, knowsMost ? `most ${bytes(row[counter.most])}` : `most${knowsFailcnt ? '' : ', failcnt'} not known`);
    setText(failcnt, knowsFailcnt ? `failcnt ${count(row[counter.failcnt])}` : knowsMost ? 'failcnt not known' : '');
    setAttribute(failcnt, 'data-hit', row[counter.failcnt] > 0 ? '' : null);
    const full = fullness(row, counter);
    setAttribute(element, 'data-full', howFull(full));
    fill.style.width = `${full * 100}%`;
  }

  /** A limit, edited in place: Enter writes it, Escape leaves it. */
  #limitEditor(counter) {
    const input = el('input', { 'aria-label': `New limit of ${counter.title}`, placeholder: '64M, or -1', size: '8',
      autocomplete: 'off', spellcheck: 'false' });
    const echo = el('code', { class: 'echo' });
    const answer = el('p', { class: 'answer', role: 'status' });
    const form = el('form', { class: 'command limit-form', hidden: true },
      el('div', { class: 'fields' }, input, el('button', { class: 'primary' }, 'Set')), echo, answer);
    const button = el('button', { type: 'button', class: 'edit', 'aria-label': `set the limit of ${counter.title}`,
      onclick: () => (form.hidden ? begin() : end()) }, 'set');
    const show = () => setText(echo, echoOf(this.info.directory, this.group, counter.file, input.value.trim() || '…'));
    const begin = () => {
      form.hidden = false;
      input.value = '';
      answer.textContent = '';
      show();
      input.focus();
    };
    const end = () => {
      form.hidden = true;
    };
    input.addEventListener('input', show);
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        end();
        button.focus();
      }
    });
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (!input.value.trim()) {
        return;
      }
      const { group } = this;
      const { ok, errno, why } = await this.edits.write(group, counter.file, input.value.trim());
      if (ok && group === this.group) {
        this.#choose(counter);
      }
      if (ok) {
        end();
        button.focus();
      } else {
        answer.textContent = `${errno ? `${errno}: ` : ''}${why}`;
      }
    });
    return { form, button, end };
  }

  #makeCharts() {
    const made = [];
    const add = (options, lines) => {
      const box = this.chartBox.appendChild(el('div'));
      const common = { clock: true, sync: SYNC, timeLabels: false, namesPressure: false };
      made.push({ chart: new Chart(box, { ...common, ...options }), lines });
    };
    const memory = { name: 'memory', title: 'Usage and limit', unit: 'bytes', height: 190 };
    add({ ...memory, canChoose: true, namesPressure: true }, (from) => this.#memoryLines(from));
    if (this.known.has('window')) {
      add({ name: 'window', title: 'Advertised window', unit: 'bytes', canChoose: true, height: 110 },
        (from) => [{ id: 'window', label: 'window', values: this.history.values('window', from) }]);
    }
    if (this.known.has('sent')) {
      add({ name: 'throughput', title: 'Throughput', unit: 'bytes/s', canChoose: true, height: 110 },
        (from) => this.#rateLines(from, [['sent', 'sent'], ['received', 'received']]));
    }
    if (this.known.has('dropped')) {
      add({ name: 'drops', title: 'Drops and refused sends', unit: 'count/s', height: 110 },
        (from) => this.#rateLines(from, [['dropped', 'dropped'], ['send_refused', 'refused']]));
    }
    made.at(-1).chart.options.timeLabels = true;
    return made;
  }

  #memoryLines(from) {
    const { usage, limit, most, title } = this.chosen;
    this.charts[0].chart.setTitle(`${title}: usage and limit`);
    return [
      { id: 'usage', label: 'usage', values: this.history.values(usage, from), filled: true },
      { id: 'limit', label: 'limit', values: this.history.values(limit, from), dashed: true, stepped: true,
        absent: 'none' },
      { id: 'most', label: 'most', values: this.history.values(most, from), dashed: true },
    ];
  }

  #rateLines(from, lines) {
    return lines.map(([id, label]) => ({ id: label, label, values: this.history.rates(id, from) }));
  }

  /** What cannot be known here is said, with the reason, instead of being left blank. */
  #unknown() {
    const reasons = new Map();
    for (const { known, why, help, id } of this.info.columns) {
      if (!known) {
        const reason = why || 'It is not known here';
        reasons.set(reason, [...(reasons.get(reason) ?? []), help || id]);
      }
    }
    return reasons.size === 0 ? null : el('details', { id: 'unknown', class: 'unknown', open: !this.info.ours },
      el('summary', {}, 'What cannot be known here'),
      el('dl', {}, ...[...reasons].flatMap(([reason, names]) =>
        [el('dt', {}, names.join('; ')), el('dd', {}, reason)])));
  }
}
