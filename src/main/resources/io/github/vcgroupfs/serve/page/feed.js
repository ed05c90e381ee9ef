/**
 * What the server tells as it happens. One stream for the page; it is opened again when another group is looked at,
 * and when it broke.
 */
import { getJson } from './api.js';

const KINDS = ['snapshot', 'sockets', 'flows', 'relays', 'faults', 'journal', 'mount'];
const RETRY_MS = 2000;
/** So many readings may be missing before we say so. */
const PATIENCE = 4;
const LEAST_PATIENCE_MS = 8000;
/** A longer time between two readings is a break, and says nothing of the next. */
const MOST_GAP_MS = 60_000;
/** How many points a spark line has. */
const SPARK_POINTS = 60;
/** From here on a limit limits nothing; kernels show several such numbers, and JavaScript rounds them. */
const UNLIMITED = 2 ** 62;

/**
 * @typedef {Object<string, *> & {path: string}} GroupRow numbers of a group by column; null: not known, and
 *     `Infinity`: no limit
 * @typedef {{timeMs: number, groups: GroupRow[], byPath: Map<string, GroupRow>}} Snapshot
 */

/** The stream. Dispatches the events `snapshot`, `sockets`, `flows`, `relays`, `faults`, `journal`, `state`. */
export class Feed extends EventTarget {
  /**
   * @param {import('./api.js').Info} info what the server said of itself
   */
  constructor(info) {
    super();
    this.info = info;
    this.limits = info.columns.map((column) => column.id).filter((id) => id.endsWith('limit'));
    /** @type {Map<string, GroupRow[]>} the last rows of each group */
    this.sparks = new Map();
    /** @type {?Snapshot} */
    this.snapshot = null;
    this.heardAt = performance.now();
    /** The time between readings: longer than was asked for if a reading costs much. */
    this.gapMs = info.intervalMs;
    this.trouble = '';
    this.timer = setInterval(() => this.#tellState(), 1000);
  }

  /**
   * Looks at a group closely: its sockets, its flows.
   *
   * @param {string} group its path
   */
  watch(group) {
    this.group = group;
    this.#open();
  }

  /** Ends it. */
  close() {
    clearInterval(this.timer);
    clearTimeout(this.retry);
    this.source?.close();
  }

  #open() {
    clearTimeout(this.retry);
    this.source?.close();
    const source = new EventSource(`/api/events?group=${encodeURIComponent(this.group)}`);
    this.source = source;
    this.catchesUp = true;
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => this.#hear(kind, JSON.parse(event.data)));
    }
    source.addEventListener('error', () => this.#lost());
  }

  /** The browser tries again by itself, too, but not after every answer, and it does not see that we were replaced. */
  #lost() {
    this.source.close();
    this.lost = true;
    this.#tellState();
    this.retry = setTimeout(async () => {
      try {
        const info = await getJson('/api/info');
        if (info.directory !== this.info.directory || info.writable !== this.info.writable) {
          location.reload();
        }
        this.trouble = '';
        this.#open();
      } catch (e) {
        this.trouble = e.message;
        this.#lost();
      }
    }, RETRY_MS);
  }

  #hear(kind, data) {
    this.heardAt = performance.now();
    this.lost = false;
    if (kind === 'mount') {
      this.missing = data.there ? '' : data.why ?? 'The hierarchy cannot be seen';
    } else if (kind === 'snapshot') {
      this.#tell(kind, this.#taken(data));
    } else if (kind === 'journal') {
      this.#tell(kind, { lines: data, catchesUp: this.catchesUp });
      this.catchesUp = false;
    } else {
      this.#tell(kind, data);
    }
    this.#tellState();
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #taken({ timeMs, groups }) {
    for (const row of groups) {
      for (const limit of this.limits) {
        row[limit] = unlimited(row[limit]) ? Infinity : row[limit];
      }
      const spark = this.sparks.get(row.path) ?? [];
      spark.push(row);
      if (spark.length > SPARK_POINTS) {
        spark.shift();
      }
      this.sparks.set(row.path, spark);
    }
    const gapMs = timeMs - (this.snapshot?.timeMs ?? timeMs);
    if (gapMs > 0 && gapMs < MOST_GAP_MS) {
      this.gapMs += (gapMs - this.gapMs) / 4;
    }
    const byPath = new Map(groups.map((row) => [row.path, row]));
    for (const path of this.sparks.keys()) {
      if (!byPath.has(path)) {
        this.sparks.delete(path);
      }
    }
    this.snapshot = { timeMs, groups, byPath };
    return this.snapshot;
  }

  #tellState() {
    const silentMs = performance.now() - this.heardAt;
    const silent = silentMs > Math.max(LEAST_PATIENCE_MS, PATIENCE * this.gapMs);
    const detail = this.lost ? { state: 'gone', silentMs, why: this.trouble }
      : this.missing ? { state: 'missing', silentMs, why: this.missing }
        : silent ? { state: 'waiting', silentMs, why: '' }
          : { state: this.snapshot ? 'live' : 'starting', silentMs, why: '', gapMs: this.gapMs };
    this.#tell('state', detail);
  }
}

/** Whether a number of a limit column means that there is none. */
export function unlimited(value) {
  return value !== null && value !== undefined && (value === 'unlimited' || value < 0 || value >= UNLIMITED);
}
