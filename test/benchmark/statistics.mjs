/**
 * @typedef {{ median: number, least: number, greatest: number, runs: number }} Summary
 */

/**
 * @param {readonly number[]} values at least one
 * @returns {number}
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [lower, upper] = /** @type {[number, number]} */ ([sorted[middle - 1], sorted[middle]]);
  return sorted.length % 2 === 1 ? upper : (lower + upper) / 2;
}

/**
 * The value that so large a share of all is not greater than (nearest rank).
 * @param {readonly number[]} values at least one
 * @param {number} share above 0, at most 1
 * @returns {number}
 */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return /** @type {number} */ (sorted[Math.ceil(share * sorted.length) - 1]);
}

/**
 * Median, least and greatest. Throws when there is nothing, or something that is no number: a table must not show it.
 * @param {readonly number[]} values
 * @returns {Summary}
 */
export function summary(values) {
  if (values.length === 0 || !values.every(Number.isFinite))
    throw new Error(`not measurements: [${values.join(', ')}]`);
  return { median: median(values), least: Math.min(...values), greatest: Math.max(...values), runs: values.length };
}

/**
 * Pairs of the same round: what disturbed one will have disturbed the other.
 * @param {readonly number[]} values
 * @param {readonly number[]} references
 */
export function ratios(values, references) {
  return pairs(values, references).map(([value, reference]) => value / reference);
}

/**
 * @param {readonly number[]} values
 * @param {readonly number[]} references of the same rounds
 */
export function differences(values, references) {
  return pairs(values, references).map(([value, reference]) => value - reference);
}

/**
 * @param {readonly number[]} values
 * @param {readonly number[]} references
 * @returns {[number, number][]}
 */
function pairs(values, references) {
  if (values.length !== references.length) throw new Error(`${values.length} rounds beside ${references.length}`);
  return values.map((value, index) => [value, /** @type {number} */ (references[index])]);
}
