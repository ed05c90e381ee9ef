/**
 * What is known of one group over time, for its charts.
 */
import { getJson } from './api.js';
import { unlimited } from './feed.js';

/** Half an hour at a reading a second. */
const MOST_POINTS = 1800;

/** Times, and for each column a value at each time. */
export class History {
  /**
   * @param {Array<{id: string}>} columns what is kept
   */
  constructor(columns) {
    this.times = [];
    this.columns = new Map(columns.map(({ id }) => [id, []]));
  }

  /**
   * What the server remembers of a group. What it told in the meantime is kept.
   *
   * @param {string} group its path
   */
  async load(group) {
    const { timeMs, columns } = await getJson(`/api/history?group=${encodeURIComponent(group)}`);
    const first = this.times[0] ?? Infinity;
    const older = timeMs.filter((each) => each / 1000 < first).length;
    this.times.unshift(...timeMs.slice(0, older).map((each) => each / 1000));
    for (const [id, values] of this.columns) {
      const known = columns[id] ?? [];
      const limit = id.endsWith('limit');
      values.unshift(...Array.from({ length: older }, (_, i) =>
        (limit && unlimited(known[i]) ? Infinity : known[i] ?? null)));
    }
  }

  /**
   * One more reading.
   *
   * @param {number} timeMs when
   * @param {import('./feed.js').GroupRow} row what
   */
  add(timeMs, row) {
    if (timeMs / 1000 <= (this.times.at(-1) ?? 0)) {
      return;
    }
    this.times.push(timeMs / 1000);
    for (const [id, values] of this.columns) {
      values.push(row[id] ?? null);
    }
    if (this.times.length > MOST_POINTS) {
      this.times.shift();
      this.columns.forEach((values) => values.shift());
    }
  }

  /**
   * The first point at or after a time.
   *
   * @param {number} seconds the time
   * @returns {number} its index
   */
  since(seconds) {
    const at = this.times.findIndex((time) => time >= seconds);
    return at < 0 ? this.times.length : at;
  }

  /**
   * The values of a column; what is not finite cannot be drawn, and is null.
   *
   * @param {string} id the column
   * @param {number} from the first point
   * @returns {Array<?number>} the values from there on
   */
  values(id, from) {
    return this.columns.get(id).slice(from).map((value) => (Number.isFinite(value) ? value : null));
  }

  /**
   * How fast a counter grew.
   *
   * @param {string} id the column
   * @param {number} from the first point
   * @returns {Array<?number>} growth a second since the point before; null where that is not known
   */
  rates(id, from) {
    const values = this.columns.get(id);
    return this.times.slice(from).map((time, i) => {
      const at = from + i;
      const [before, now] = [values[at - 1], values[at]];
      const known = at > 0 && Number.isFinite(before) && Number.isFinite(now) && now >= before;
      return known ? (now - before) / (time - this.times[at - 1]) : null;
    });
  }
}
