import type { ExponentialHistogram, Histogram } from '@opentelemetry/sdk-metrics';

/** A histogram in the classic form: finite upper bounds, ascending, and how many values are at or below each. */
export interface ClassicBuckets {
  readonly bounds: readonly number[];
  readonly cumulative: readonly number[];
  /** All values: what the `+Inf` bucket holds. */
  readonly count: number;
  /** 0 when it is not known, as the Collector shows it. */
  readonly sum: number;
}

/** Bucket arrays beyond this are nobody's histogram. */
const MAX_BUCKETS = 10_000;
/** Scales beyond these have no use in double precision (specification, "Exponential Scale"). */
const MAX_SCALE = 20;
const MIN_SCALE = -11;

/** Explicit buckets, cumulated. Undefined when bounds do not ascend or counts are none, or are more than `count`. */
export function explicitBuckets(histogram: Histogram): ClassicBuckets | undefined {
  const { boundaries, counts } = histogram.buckets;
  if (boundaries.length > MAX_BUCKETS) return undefined;
  const builder = new CumulativeBuckets();
  for (let index = 0; index < boundaries.length; index += 1) {
    if (!builder.add(boundaries[index]!, counts[index] ?? 0)) return undefined;
  }
  return builder.finish(histogram.count, histogram.sum);
}

/**
 * An exponential histogram by its classic form: a bucket for the zeros and those of both signs, each by its own upper
 * bound. The lower bound of the smallest positive bucket is shown too, else a quantile would be sought from 0 on.
 * Undefined when the data contradict themselves.
 */
export function exponentialBuckets(histogram: ExponentialHistogram): ClassicBuckets | undefined {
  const { scale, zeroCount, positive, negative, count, sum } = histogram;
  if (!Number.isInteger(scale) || scale > MAX_SCALE || scale < MIN_SCALE) return undefined;
  if (!Number.isInteger(positive.offset) || !Number.isInteger(negative.offset)) return undefined;
  const above = positive.bucketCounts;
  const below = negative.bucketCounts;
  if (above.length > MAX_BUCKETS || below.length > MAX_BUCKETS) return undefined;

  // bucket i holds (base^i, base^(i+1)], base = 2^(2^-scale); the negative ones are its mirror image
  const edge = (index: number) => powerOfTwo(index * 2 ** -scale);
  const builder = new CumulativeBuckets();
  for (let index = below.length - 1; index >= 0; index -= 1) {
    if (!builder.add(-edge(negative.offset + index), below[index]!)) return undefined;
  }
  if (zeroCount !== 0 || below.length > 0) {
    if (!builder.add(0, zeroCount)) return undefined;
  }
  if (above.length > 0 && !builder.add(edge(positive.offset), 0)) return undefined;
  for (let index = 0; index < above.length; index += 1) {
    if (!builder.add(edge(positive.offset + index + 1), above[index]!)) return undefined;
  }
  return builder.finish(count, sum);
}

/** 2^power by its whole part, which is exact, and the rest: fewer last digits are wrong than in one step. */
function powerOfTwo(power: number): number {
  const whole = Math.floor(power);
  return 2 ** whole * 2 ** (power - whole);
}

class CumulativeBuckets {
  private readonly bounds: number[] = [];
  private readonly cumulative: number[] = [];
  private running = 0;

  /** False when it cannot follow what is there: a bound that is none or lower than the last, a count that is none. */
  add(bound: number, count: number): boolean {
    const last = this.bounds.at(-1);
    if (typeof bound !== 'number' || Number.isNaN(bound) || (last !== undefined && bound < last)) return false;
    if (!isCount(count)) return false;
    this.running += count;
    // what has no finite bound is in the +Inf bucket, by the count
    if (bound === Number.POSITIVE_INFINITY) return true;
    // bounds that double precision does not tell apart, -0 and 0 among them, are one bucket
    if (bound === last) this.cumulative[this.cumulative.length - 1] = this.running;
    else {
      this.bounds.push(bound);
      this.cumulative.push(this.running);
    }
    return true;
  }

  finish(count: number, sum: number | undefined): ClassicBuckets | undefined {
    if (!isCount(count) || this.running > count) return undefined;
    if (sum !== undefined && sum !== null && typeof sum !== 'number') return undefined;
    return { bounds: this.bounds, cumulative: this.cumulative, count, sum: sum ?? 0 };
  }
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}
