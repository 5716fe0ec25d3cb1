import type { ExponentialHistogram, Histogram } from '@opentelemetry/sdk-metrics';

/** What a point of a sum or histogram holds. */
export type PointValue = number | Histogram | ExponentialHistogram;

/**
 * What was recorded between two cumulative values of one series; undefined: nothing. When `now` is not what `before` can
 * have grown to, the series began anew, and all of it is new. The least and greatest value of the time between are not
 * known, so they are left out.
 */
export function difference(now: PointValue, before: PointValue | undefined): PointValue | undefined {
  if (typeof now === 'number') return sumDifference(now, typeof before === 'number' ? before : 0);
  const { count } = now;
  if (before === undefined || typeof before === 'number' || count < before.count)
    return count === 0 ? undefined : whole(now);
  if (count === before.count) return undefined;
  const shared = { count: count - before.count, sum: sumBetween(now.sum, before.sum) };
  if ('buckets' in now) {
    if (!('buckets' in before)) return whole(now);
    const counts = now.buckets.counts.map((each, bucket) => each - (before.buckets.counts[bucket] ?? 0));
    return { ...shared, buckets: { boundaries: now.buckets.boundaries, counts } };
  }
  // the scale of a series never rises
  if ('buckets' in before || (now.scale > before.scale && !isEmpty(before))) return whole(now);
  return {
    ...shared,
    scale: now.scale,
    zeroCount: now.zeroCount - before.zeroCount,
    positive: bucketsBetween(now.positive, before.positive, before.scale - now.scale),
    negative: bucketsBetween(now.negative, before.negative, before.scale - now.scale),
  };
}

function sumDifference(now: number, before: number): number | undefined {
  if (now === before) return undefined;
  return now < before ? now : between(now, before);
}

function whole<H extends Histogram | ExponentialHistogram>(histogram: H): H {
  return { ...histogram, min: undefined, max: undefined };
}

function sumBetween(now: number | undefined, before: number | undefined): number | undefined {
  return now === undefined || before === undefined ? undefined : between(now, before);
}

/** A sum that has run over to Infinity has no difference any more; it says nothing rather than NaN. */
function between(now: number, before: number): number {
  const grown = now - before;
  return Number.isNaN(grown) ? 0 : grown;
}

function isEmpty({ positive, negative }: ExponentialHistogram): boolean {
  return positive.bucketCounts.length + negative.bucketCounts.length === 0;
}

type Buckets = ExponentialHistogram['positive'];

/** `change`: by how much the scale fell in between, so that 2^change of the former buckets are one now. */
function bucketsBetween(now: Buckets, before: Buckets, change: number): Buckets {
  const bucketCounts = [...now.bucketCounts];
  for (let index = 0; index < before.bucketCounts.length; index += 1) {
    const at = ((before.offset + index) >> change) - now.offset;
    if (at >= 0 && at < bucketCounts.length) bucketCounts[at]! -= before.bucketCounts[index]!;
  }
  // the range that is given out holds what changed, not what there ever was
  let first = 0;
  while (first < bucketCounts.length && bucketCounts[first] === 0) first += 1;
  let end = bucketCounts.length;
  while (end > first && bucketCounts[end - 1] === 0) end -= 1;
  return first === end
    ? { offset: 0, bucketCounts: [] }
    : { offset: now.offset + first, bucketCounts: bucketCounts.slice(first, end) };
}
