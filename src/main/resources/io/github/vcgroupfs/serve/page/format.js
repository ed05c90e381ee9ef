/**
 * Numbers as people read them. Sizes are powers of 1024, as in the control files: 64K there is 64 KiB here.
 */

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/**
 * A size: `0 B`, `4 KiB`, `1.25 MiB`.
 *
 * @param {?number} value bytes
 * @returns {string} three digits at most before a unit, or a dash if it is not known
 */
export function bytes(value) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return '–';
  }
  let scaled = Math.abs(value);
  let unit = 0;
  while (scaled >= 1023.5 && unit < UNITS.length - 1) {
    scaled /= 1024;
    unit++;
  }
  return `${value < 0 ? '−' : ''}${short(scaled, unit === 0 ? 0 : 2)} ${UNITS[unit]}`;
}

/**
 * A count: `950`, `12.3 k`, `4.5 M`.
 *
 * @param {?number} value how many
 * @returns {string} the count, or a dash if it is not known
 */
export function count(value) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return '–';
  }
  if (Math.abs(value) < 10000) {
    return short(value, 1);
  }
  return Math.abs(value) < 1e6 ? `${short(value / 1e3, 1)} k` : `${short(value / 1e6, 1)} M`;
}

function short(value, digits) {
  const fraction = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? Math.min(1, digits) : digits;
  return String(Number(value.toFixed(fraction)));
}

/** How each unit of a chart is written. */
export const units = {
  bytes,
  'bytes/s': (value) => (value === null || value === undefined ? '–' : `${bytes(value)}/s`),
  count,
  'count/s': (value) => (value === null || value === undefined ? '–' : `${count(value)}/s`),
};

/**
 * A time of the day: `14:03:21`.
 *
 * @param {number} seconds since 1970
 * @returns {string} in this browser's time zone
 */
export function clock(seconds) {
  const date = new Date(seconds * 1000);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':');
}

/**
 * A length of time: `250 ms`, `4.5 s`, `2 min 5 s`.
 *
 * @param {number} seconds how long
 * @returns {string} in the unit that suits
 */
export function duration(seconds) {
  if (seconds < 1) {
    return `${Math.round(seconds * 1000)} ms`;
  }
  if (seconds < 60) {
    return `${short(seconds, 1)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${hours} h ${minutes % 60} min`;
}
