/** Buckets beyond this are nobody's histogram. */
const MAX_BOUNDARIES = 1000;

/** The bounds of a histogram's buckets, one pair of arrays for all its series. */
export interface Boundaries {
  /** As they are given out: finite, ascending, each once; frozen. */
  readonly finite: readonly number[];
  /** As they are searched: the same and `Infinity`. */
  readonly upper: Float64Array;
}

/** Boundaries out of whatever was given: what is not a finite number, or there twice, is left out. Never throws. */
export function boundariesOf(given: unknown): Boundaries {
  const numbers = Array.isArray(given) ? given.slice(0, MAX_BOUNDARIES).filter((each) => Number.isFinite(each)) : [];
  const finite = Object.freeze([...new Set(numbers as number[])].sort((a, b) => a - b));
  return { finite, upper: Float64Array.of(...finite, Number.POSITIVE_INFINITY) };
}
