/**
 * What charts reckon: scales, and stretches of time.
 */

/** Above this ratio of the largest to the smallest line, the smallest lies flat at the foot of a linear scale. */
const LOG_ABOVE_RATIO = 20;
/** A logarithmic scale stays until the ratio is this: so lines that move about one ratio do not make it flicker. */
const LINEAR_BELOW_RATIO = 12;

/**
 * Whether lines lie so far apart that on a linear scale the smallest would be flat at the foot.
 *
 * @param {import('./charts.js').Line[]} lines what is drawn
 * @param {boolean} [isLog] whether the scale is logarithmic by now
 * @returns {boolean} whether their tops, and the lowest limit, ask for a logarithmic scale
 */
export function asksForLog(lines, isLog = false) {
  const levels = lines.flatMap((line) => {
    const above = line.values.filter((value) => value > 0);
    return above.length ? [above.reduce(greater), ...(line.stepped ? [above.reduce(lesser)] : [])] : [];
  });
  if (levels.length === 0) {
    return false;
  }
  const ratio = levels.reduce(greater) / levels.reduce(lesser);
  return isLog ? ratio >= LINEAR_BELOW_RATIO : ratio > LOG_ABOVE_RATIO;
}

const greater = (a, b) => (a > b ? a : b);
const lesser = (a, b) => (a < b ? a : b);

/** The index of the last value that is known; -1 if there is none. */
export function lastIndex(values) {
  let at = values.length - 1;
  while (at >= 0 && (values[at] === null || values[at] === undefined)) {
    at--;
  }
  return at;
}

/** The stretches of time in which a flag is set; each lasts until the next time. */
export function spans(times, flags, end) {
  const found = [];
  let from = null;
  for (let i = 0; i < times.length; i++) {
    if (flags[i] && from === null) {
      from = times[i];
    } else if (!flags[i] && from !== null) {
      found.push([from, times[i]]);
      from = null;
    }
  }
  if (from !== null) {
    found.push([from, Math.max(end, times.at(-1))]);
  }
  return found;
}

/** The values written beside a logarithmic scale: 0, and powers that leave each other room. */
export function logSplits(foot, top, height, inBytes) {
  const most = Math.max(2, Math.floor(height / 26));
  let step = inBytes ? 4 : 10;
  while (Math.log(top / foot) / Math.log(step) > most - 1) {
    step *= inBytes ? 4 : 10;
  }
  const splits = [0];
  // The lowest stands close above the 0: only if there is room for both.
  const lowest = (height * Math.asinh(1)) / Math.asinh(top / foot) > 18 ? foot : foot * step;
  for (let value = lowest; value <= top; value *= step) {
    splits.push(value);
  }
  return splits;
}
