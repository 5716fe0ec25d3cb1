/**
 * Runs every variant once a round, one after the other, and each round in another order: neither what disturbs the machine for
 * a while nor what one run leaves behind (caches, clock rates) falls on the same variant each time.
 * @template T
 * @param {readonly string[]} variants
 * @param {number} rounds
 * @param {(variant: string, round: number) => Promise<T>} measure
 * @returns {Promise<Record<string, T[]>>} what was measured, by variant, in the order of the rounds
 */
export async function interleaved(variants, rounds, measure) {
  /** @type {Record<string, T[]>} */
  const results = Object.fromEntries(variants.map((variant) => [variant, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of inOrderOf(round, variants)) {
      /** @type {T[]} */ (results[variant]).push(await measure(variant, round));
    }
  }
  return results;
}

/**
 * The variants as they run in this round: each comes first in turn.
 * @param {number} round
 * @param {readonly string[]} variants
 * @returns {string[]}
 */
export function inOrderOf(round, variants) {
  const first = round % variants.length;
  return [...variants.slice(first), ...variants.slice(0, first)];
}
