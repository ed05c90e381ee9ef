/**
 * What came of a scenario: charts of a group, and the numbers that matter.
 */
import { Chart } from './charts.js';
import { el, setText } from './dom.js';
import { bytes, count, duration } from './format.js';
import { asksForLog } from './scales.js';

/** Which charts there are, and what each draws: name in the answer, name for programs, label, look. */
const CHARTS = {
  memory: { title: 'TCP memory', unit: 'bytes', height: 170, canChoose: true, lines: [
    ['usage', 'usage', 'usage', { filled: true }],
    ['limit', 'limit', 'limit', { dashed: true, stepped: true, absent: 'none' }]] },
  window: { title: 'Window that readers offer', unit: 'bytes', height: 90, scale: 'linear', lines: [
    ['window', 'window', 'window']] },
  throughput: { title: 'Throughput', unit: 'bytes/s', height: 110, scale: 'linear', lines: [
    ['sent_per_s', 'sent', 'sent'], ['received_per_s', 'received', 'received']] },
  losses: { title: 'Dropped and refused so far', unit: 'count', height: 90, scale: 'linear', lines: [
    ['dropped', 'dropped', 'dropped', { stepped: true }],
    ['send_refused', 'refused', 'refused', { stepped: true }]] },
};

/** The charts of one answer, one below the other, with one cursor. */
export class OutcomeCharts {
  /**
   * @param {HTMLElement} element where
   * @param {string[]} names which charts
   * @param {string} sync charts with the same word share their cursor
   */
  constructor(element, names, sync) {
    this.charts = names.map((name, i) => {
      const section = element.appendChild(el('section', { class: 'panel' }));
      const last = i === names.length - 1;
      const { lines, ...how } = CHARTS[name];
      const chart = new Chart(section, { name, ...how, sync, timeLabels: last, namesPressure: i === 0 });
      return { name, chart };
    });
  }

  /**
   * Draws.
   *
   * @param {object} series of a group, as the server has it
   * @param {number} seconds how long the scenario lasts
   * @param {Object<string, {top: number, auto: string}>} [scales] for each chart, what it has in common with another
   */
  update(series, seconds, scales = {}) {
    const times = series.time_ms.map((ms) => ms / 1000);
    for (const { name, chart } of this.charts) {
      chart.update({ times, lines: linesOf(name, series), pressure: series.pressure, range: [0, seconds],
        ...scales[name] });
    }
  }

  /** Says of which group or kernel the charts are. */
  setSubject(subject) {
    for (const { name, chart } of this.charts) {
      chart.setTitle(subject ? `${CHARTS[name].title}, ${subject}` : CHARTS[name].title);
    }
  }

  /** Ends them. */
  destroy() {
    this.charts.forEach(({ chart }) => chart.destroy());
  }
}

function linesOf(name, series) {
  return CHARTS[name].lines.map(([key, id, label, look]) => {
    const values = id === 'limit' ? series[key].map((value) => (value < 0 ? null : value)) : series[key];
    return { id, label, values, ...look };
  });
}

/**
 * Scales for several answers, so that all can be compared.
 *
 * @param {object[]} all series of groups
 * @param {Object<string, {auto: string}>} before the scales by now
 * @returns {Object<string, {top: number, auto: string}>} for each chart
 */
export function commonScales(all, before) {
  return Object.fromEntries(Object.keys(CHARTS).map((name) => {
    const lines = all.flatMap((series) => linesOf(name, series));
    const top = lines.flatMap((line) => line.values).reduce((most, value) => (value > most ? value : most), 0);
    return [name, { top: top * 1.12, auto: asksForLog(lines, before[name]?.auto === 'log') ? 'log' : 'linear' }];
  }));
}

const FACTS = [
  ['highest', 'most in use', (marks) => bytes(marks.highest_usage)],
  ['reached', 'limit reached', (marks) => (marks.reached_ms === null ? 'never' : at(marks.reached_ms))],
  ['pressure', 'under pressure', ({ pressure_ms: ms }) => (ms > 0 ? `for ${duration(ms / 1000)}` : 'never')],
  ['dropped', 'segments dropped', (marks) => count(marks.dropped)],
  ['refused', 'sends refused', (marks) => count(marks.send_refused)],
  ['received', 'readers got', (marks, numbers) => bytes(numbers.received)],
];

function at(ms) {
  return ms < 1 ? 'at once' : `after ${duration(ms / 1000)}`;
}

/**
 * The numbers of an answer.
 *
 * @returns {HTMLElement & {show: function(object, object): void}} a list; `show` takes landmarks and an outcome
 */
export function facts() {
  const values = FACTS.map(([id, label]) => [el('dt', {}, label), el('dd', { 'data-fact': id }, '–')]);
  const list = el('dl', { class: 'facts' }, ...values.map(([label, value]) => el('div', {}, label, value)));
  list.show = (marks, numbers) => FACTS.forEach(([, , text], i) => setText(values[i][1], text(marks, numbers)));
  return list;
}
