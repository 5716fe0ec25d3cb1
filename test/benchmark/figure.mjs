/**
 * Median and, in brackets, least and greatest.
 * @param {import('./statistics.mjs').Summary} summary
 * @param {string} [unit]
 */
export function figure({ median, least, greatest }, unit = '') {
  return `${digits(median)}${unit && ` ${unit}`} (${digits(least)}–${digits(greatest)})`;
}

/** @param {number} value */
function digits(value) {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4);
}
