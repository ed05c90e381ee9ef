/**
 * What is known of one group over time, for its charts.
 */
import { getJson } from './api.js';
import { unlimited } from './feed.js';

/** Half an hour at a reading a second. */
const MOST_POINTS = 1800;

/** A reading after a longer time stands alone: nobody looked in between, and what was then is not known. */
const GAP_SECONDS = 10;

/** Times, and for each column a value at each time. */
export class History {
  /**
   * @param {import('./api.js').Info} info of the server
   */
  constructor(info) {
    this.info = info;
    this.times = [];
    this.columns = new Map(info.columns.map(({ id }) => [id, []]));
    this.gap = Math.max(GAP_SECONDS, (5 * info.intervalMs) / 1000);
  }

  /**
   * What the server remembers of a group. What it told in the meantime is kept.
   *
   * @param {string} group its path
   */
  async load(group) {
    const { timeMs, columns } = await getJson(`/api/history?group=${encodeURIComponent(group)}`);
    const older = new History(this.info);
    timeMs.filter((each) => each / 1000 < (this.times[0] ?? Infinity)).forEach((each, i) =>
      older.add(each, Object.fromEntries(Object.entries(columns).map(([id, values]) => [id, values[i]]))));
    this.times.unshift(...older.times);
    this.columns.forEach((values, id) => values.unshift(...older.columns.get(id)));
  }

  /**
   * One more reading.
   *
   * @param {number} timeMs when
   * @param {Object<string, *>} row what, by column
   */
  add(timeMs, row) {
    const time = timeMs / 1000;
    const last = this.times.at(-1);
    if (last !== undefined && time - last > this.gap) {
      this.#push((time + last) / 2, {});
    }
    if (last === undefined || time > last) {
      this.#push(time, row);
    }
  }

  #push(time, row) {
    this.times.push(time);
    this.columns.forEach((values, id) =>
      values.push(id.endsWith('limit') && unlimited(row[id]) ? Infinity : row[id] ?? null));
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
