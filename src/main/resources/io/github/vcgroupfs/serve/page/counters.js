/**
 * The counters that a group of the memory controller has: each with its usage, record, limit and failures.
 */

/**
 * @typedef {object} Counter
 * @property {string} id its name for programs
 * @property {string} title its name for people
 * @property {string} usage the column of what is used
 * @property {string} most the column of the most that was used
 * @property {string} limit the column of its limit
 * @property {string} failcnt the column of how often the limit was hit
 * @property {string} file the control file of its limit
 */

/** @type {Counter[]} */
export const COUNTERS = [
  counter('memory', 'Memory', '', 'memory.'),
  counter('tcp', 'TCP memory', 'tcp_', 'memory.kmem.tcp.'),
  counter('kmem', 'Kernel memory', 'kmem_', 'memory.kmem.'),
  counter('memsw', 'Memory + swap', 'memsw_', 'memory.memsw.'),
];

function counter(id, title, column, file) {
  return {
    id,
    title,
    usage: `${column}usage`,
    most: `${column}max_usage`,
    limit: `${column}limit`,
    failcnt: `${column}failcnt`,
    file: `${file}limit_in_bytes`,
  };
}

/**
 * How full a counter is.
 *
 * @param {import('./feed.js').GroupRow} row a group
 * @param {Counter} which one
 * @returns {number} from 0 to 1; 0 if there is no limit
 */
export function fullness(row, { usage, limit }) {
  const most = row[limit];
  if (!Number.isFinite(most)) {
    return 0;
  }
  return most > 0 ? Math.min(1, row[usage] / most) : row[usage] > 0 ? 1 : 0;
}

/**
 * The same in a word, for colours.
 *
 * @param {number} full from 0 to 1
 * @returns {'low'|'high'|'full'} the word
 */
export function howFull(full) {
  return full >= 0.98 ? 'full' : full >= 0.8 ? 'high' : 'low';
}
