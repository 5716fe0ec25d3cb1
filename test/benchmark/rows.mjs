import { differences, ratios, summary } from './statistics.mjs';

/** A file's whole address, and its own name. */
const ABSOLUTE_PATH = /(?<![\w:/])(?:file:\/\/)?(?:\/[^\s'"/]+)+\/([^\s'"/]+)/g;

/**
 * A line of the table. `budget` bounds the median of the ratios, `limit` the median of our own figure.
 * @typedef {import('./statistics.mjs').Summary} Summary
 * @typedef {{ unit: string, budget?: number, limit?: number, note?: string }} Judged
 * @typedef {{ what: string, missing: string } & Partial<Judged>} MissingRow
 * @typedef {{ what: string, missing?: undefined, ours: Summary, theirs?: Summary, ratio?: Summary } & Judged} MeasuredRow
 * @typedef {MeasuredRow | MissingRow} Row
 */

/**
 * Ours beside theirs, with the ratios within the rounds.
 * @param {string} what
 * @param {{ ours: readonly number[], theirs: readonly number[] } & Judged} measured
 * @returns {Row}
 */
export function compared(what, { ours, theirs, ...judged }) {
  return { what, ours: summary(ours), theirs: summary(theirs), ratio: summary(ratios(ours, theirs)), ...judged };
}

/**
 * What ours and theirs add to the bare process of the same round.
 * @param {string} what
 * @param {{ ours: readonly number[], theirs: readonly number[], bare: readonly number[] } & Judged} measured
 * @returns {Row}
 */
export function comparedAdded(what, { ours, theirs, bare, ...judged }) {
  return compared(what, { ours: differences(ours, bare), theirs: differences(theirs, bare), ...judged });
}

/**
 * Ours alone.
 * @param {string} what
 * @param {{ ours: readonly number[] } & Judged} measured
 * @returns {Row}
 */
export function alone(what, { ours, ...judged }) {
  return { what, ours: summary(ours), ...judged };
}

/**
 * A row that could not be measured, and why.
 * @param {string} what
 * @param {unknown} reason
 * @returns {Row}
 */
export function notMeasured(what, reason) {
  const text = reason instanceof Error ? reason.message : String(reason);
  // a table has no room for a stack, and where this machine keeps its files is nobody's business
  const line = (text.split('\n')[0] ?? '').replaceAll('|', '/').replace(ABSOLUTE_PATH, '$1');
  return { what, missing: line || 'no reason given' };
}

/**
 * Whether the median is within the budget; undefined when there is none, or nothing was measured.
 * @param {Row} row
 * @returns {boolean | undefined}
 */
export function isHeld(row) {
  if (row.missing !== undefined) return undefined;
  if (row.budget !== undefined) return row.ratio === undefined ? undefined : row.ratio.median <= row.budget;
  return row.limit === undefined ? undefined : row.ours.median <= row.limit;
}
