/**
 * A user as a sketch sees them: 26 bits of the hash of their id, as one small integer. The upper 20 choose a place, the
 * lower 6 hold the rank: at which of the 44 bits after those 20 the first 1 stands, 45 when there is none. A sketch that
 * has fewer places takes as many of the upper bits as it wants; the others go into the rank.
 */

const PLACE_BITS = 20;
const RANK_BITS = 6;
const RANK_MASK = (1 << RANK_BITS) - 1;
/** Bits of the hash's first word that are not the place. */
const LEFT_BITS = 32 - PLACE_BITS;

/** Places of the finest sketch. */
export const PLACES: number = 1 << PLACE_BITS;
const MAX_CODE_RANK = 64 - PLACE_BITS + 1;

/** The code of the 64 bits of a hash, given as two words. */
export function userCode(high: number, low: number): number {
  const left = high & ((1 << LEFT_BITS) - 1);
  const rank = left !== 0 ? Math.clz32(left) - PLACE_BITS + 1 : LEFT_BITS + Math.clz32(low) + 1;
  return ((high >>> LEFT_BITS) << RANK_BITS) | rank;
}

/** The place among 2^20. */
export function placeOf(code: number): number {
  return code >>> RANK_BITS;
}

/** The register among 2^`precision`. */
export function registerOf(code: number, precision: number): number {
  return code >>> (PLACE_BITS + RANK_BITS - precision);
}

/** What the register takes the highest of. */
export function rankOf(code: number, precision: number): number {
  return foldedRank(code >>> RANK_BITS, PLACE_BITS - precision, code & RANK_MASK);
}

/** The rank where the lowest `bits` of a place are no part of it any more. */
export function foldedRank(place: number, bits: number, rank: number): number {
  const low = place & ((1 << bits) - 1);
  return low === 0 ? bits + rank : Math.clz32(low) - (32 - bits) + 1;
}

/** Whether a number can be a code at all. */
export function isUserCode(code: number): boolean {
  const rank = code & RANK_MASK;
  return code >= 0 && code < PLACES << RANK_BITS && rank >= 1 && rank <= MAX_CODE_RANK;
}
