/** An explicit-bucket histogram with at least one boundary and one measurement. */
export interface Buckets {
  /** Upper bounds, ascending and inclusive; one less than there are buckets. */
  readonly boundaries: readonly number[];
  readonly counts: readonly number[];
  /** The smallest value that was recorded; -Infinity: not known. */
  readonly min: number;
  /** The largest value that was recorded; Infinity: not known. */
  readonly max: number;
}

/**
 * The value below which a share `q` of the measurements lies. As `histogram_quantile` of Prometheus, it takes the
 * bucket in which the measurement of rank q × count lies and interpolates between its bounds, the first bucket beginning
 * at 0. Unlike it, the last bucket reaches to the recorded maximum (where that is not known, its lower bound is the
 * answer), and the answer is never beyond the recorded minimum and maximum.
 */
export function quantile(q: number, { boundaries, counts, min, max }: Buckets): number {
  const rank = q * counts.reduce((all, one) => all + one, 0);
  let below = 0;
  let bucket = 0;
  while (bucket < counts.length - 1 && (counts[bucket] === 0 || below + counts[bucket]! < rank)) {
    below += counts[bucket]!;
    bucket += 1;
  }
  // rounding may carry the walk past the last bucket that holds something
  while (bucket > 0 && counts[bucket] === 0) {
    bucket -= 1;
    below -= counts[bucket]!;
  }
  const lower = boundaries[bucket - 1] ?? Math.min(0, Number.isFinite(min) ? min : 0, boundaries[0]!);
  const upper = boundaries[bucket] ?? (Number.isFinite(max) ? Math.max(max, lower) : lower);
  const share = Math.min(Math.max((rank - below) / counts[bucket]!, 0), 1);
  return Math.min(Math.max(lower + (upper - lower) * share, min), max);
}
