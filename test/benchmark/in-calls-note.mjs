import { figure } from './figure.mjs';
import { ratios, summary } from './statistics.mjs';

/**
 * Where the CPU time of a call goes: in the calls themselves, and between them (export, timers, what garbage collection does
 * later).
 * @param {readonly Record<string, { microsPerCall: number, microsInCalls: number }>[]} results by round and variant
 * @param {string} ours
 * @param {string} theirs
 */
export function inCallsNote(results, ours, theirs) {
  const inCalls = (/** @type {string} */ variant) =>
    results.map((result) => result[variant]?.microsInCalls ?? Number.NaN);
  const between = (/** @type {string} */ variant) =>
    results.map((result) => (result[variant]?.microsPerCall ?? Number.NaN) - (result[variant]?.microsInCalls ?? 0));
  return `in the calls themselves ${side(inCalls(ours), inCalls(theirs))}; between them ${side(between(ours), between(theirs))}`;
}

/**
 * @param {readonly number[]} ours
 * @param {readonly number[]} theirs
 */
function side(ours, theirs) {
  const medians = [ours, theirs].map((values) => summary(values).median.toFixed(2));
  return `${medians[0]} µs against ${medians[1]}, ratio ${figure(summary(ratios(ours, theirs)))}`;
}
