import type { ExponentialHistogram } from '@opentelemetry/sdk-metrics';
import { expect } from 'vitest';

/**
 * Holds two exponential histograms of the same values together: counts, sums, least and greatest exactly; buckets but for
 * the values that double precision hardly tells from a bound, where the two logarithms may round differently.
 */
export function expectSameWithinFormat(
  ours: ExponentialHistogram,
  theirs: ExponentialHistogram,
  values: Iterable<number>,
): void {
  const { positive: _a, negative: _b, scale: ourScale, sum: ourSum = 0, ...plain } = ours;
  const { count, zeroCount, min, max, scale: theirScale, sum: theirSum = 0 } = theirs;
  expect(plain).toEqual({ count, zeroCount, min, max });
  if (ourSum !== theirSum) expect(Math.abs(ourSum - theirSum)).toBeLessThanOrEqual(1e-9 * theirSum);
  const near = nearBounds(values, Math.max(ourScale, theirScale));
  if (near === 0) expect(ourScale).toBe(theirScale);
  const scale = Math.min(ourScale, theirScale);
  const [left, right] = [cumulated(ours, scale), cumulated(theirs, scale)];
  for (const index of new Set([...left.keys(), ...right.keys()])) {
    expect(Math.abs(upTo(left, index) - upTo(right, index))).toBeLessThanOrEqual(near);
  }
}

function nearBounds(values: Iterable<number>, scale: number): number {
  let near = 0;
  for (const value of values) {
    const position = Math.log2(value) * 2 ** scale;
    // powers of two are exact on both sides
    const isPowerOfTwo = value === 2 ** Math.round(Math.log2(value));
    if (value > 0 && !isPowerOfTwo && Math.abs(position - Math.round(position)) < 1e-5) near += 1;
  }
  return near;
}

/** Counts up to each index, at a scale that is not above the histogram's. */
function cumulated({ positive, scale }: ExponentialHistogram, at: number): Map<number, number> {
  const sums = new Map<number, number>();
  let sum = 0;
  positive.bucketCounts.forEach((count, bucket) => {
    sum += count;
    sums.set((positive.offset + bucket) >> (scale - at), sum);
  });
  return sums;
}

function upTo(sums: Map<number, number>, index: number): number {
  let found = 0;
  for (const [at, sum] of sums) if (at <= index) found = sum;
  return found;
}
