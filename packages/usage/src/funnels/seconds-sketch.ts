/** What is told of many durations, in seconds. */
export interface DurationSummary {
  readonly count: number;
  /** Exact. */
  readonly mean: number;
  /** Within 5 % of the truth, like `p95`. */
  readonly p50: number;
  readonly p95: number;
}

/** As JSON holds it: sum, first bucket, then the count of each bucket from there on. */
export type SketchValue = readonly number[];

/** Each bucket is a tenth wider than the one before: the middle of one is at most 4.8 % from its ends. */
const GROWTH = 1.1;
const PER_LOG = 1 / Math.log(GROWTH);
/** The first bucket holds everything up to 1 µs, the last everything from 10^7 s on. */
const SMALLEST = 1e-6;
const BUCKETS = Math.ceil(Math.log(1e13) * PER_LOG) + 1;
/** Room is made for some more buckets at once. */
const SPARE = 8;

/**
 * Durations as counts in buckets that grow by a fixed ratio (the idea of DDSketch): of a bounded relative error, mergeable,
 * and as small as the range of what was recorded.
 */
export class SecondsSketch {
  #sum = 0;
  #count = 0;
  #first = 0;
  #counts: Float64Array | undefined;

  get count(): number {
    return this.#count;
  }

  /** @param seconds not negative and finite; anything else counts as 0 */
  record(seconds: number): void {
    const value = seconds > 0 && seconds < Number.POSITIVE_INFINITY ? seconds : 0;
    this.#sum += value;
    this.#add(bucketOf(value), 1);
  }

  /** Adds a sketch, that of another copy of this package too. */
  merge(other: SecondsSketch): void {
    const [sum = 0, first = 0, ...counts] = other.toValue();
    this.#sum += sum;
    for (const [place, count] of counts.entries()) if (count > 0) this.#add(first + place, count);
  }

  /** Undefined while nothing was recorded. */
  summary(): DurationSummary | undefined {
    if (this.#count === 0) return undefined;
    return { count: this.#count, mean: this.#sum / this.#count, p50: this.#quantile(0.5), p95: this.#quantile(0.95) };
  }

  toValue(): SketchValue {
    const counts = [...(this.#counts ?? [])];
    while (counts.at(-1) === 0) counts.pop();
    const empty = counts.findIndex((count) => count > 0);
    return this.#count === 0 ? [] : [rounded(this.#sum), this.#first + empty, ...counts.slice(empty)];
  }

  /** Undefined when it is not a value that a sketch has given. */
  static fromValue(value: unknown): SecondsSketch | undefined {
    if (!Array.isArray(value) || value.length > BUCKETS + 2 || !value.every(isAmount)) return undefined;
    const sketch = new SecondsSketch();
    if (value.length === 0) return sketch;
    const [sum, first, ...counts] = value as number[];
    if (sum === undefined || !isCount(first) || first + counts.length > BUCKETS || !counts.every(isCount)) {
      return undefined;
    }
    counts.forEach((count, place) => {
      if (count > 0) sketch.#add(first + place, count);
    });
    sketch.#sum = sum;
    return sketch;
  }

  #add(bucket: number, count: number): void {
    this.#count += count;
    let place = bucket - this.#first;
    if (this.#counts === undefined || place < 0 || place >= this.#counts.length) {
      this.#widen(bucket);
      place = bucket - this.#first;
    }
    (this.#counts as Float64Array)[place]! += count;
  }

  #widen(bucket: number): void {
    const { first, last } = this.#counts
      ? { first: Math.min(this.#first, bucket), last: Math.max(this.#first + this.#counts.length - 1, bucket) }
      : { first: bucket, last: bucket };
    const from = Math.max(0, first - (first === bucket ? SPARE : 0));
    const to = Math.min(BUCKETS - 1, last + (last === bucket ? SPARE : 0));
    const wider = new Float64Array(to - from + 1);
    if (this.#counts !== undefined) wider.set(this.#counts, this.#first - from);
    this.#counts = wider;
    this.#first = from;
  }

  #quantile(share: number): number {
    const rank = Math.ceil(share * this.#count);
    let seen = 0;
    for (const [place, count] of (this.#counts as Float64Array).entries()) {
      seen += count;
      if (seen >= rank) return middleOf(this.#first + place);
    }
    return middleOf(BUCKETS - 1);
  }
}

function bucketOf(seconds: number): number {
  if (seconds <= SMALLEST) return 0;
  return Math.min(BUCKETS - 1, Math.ceil(Math.log(seconds / SMALLEST) * PER_LOG));
}

/** The value whose relative distance to both ends of its bucket is the same. */
function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : (2 * SMALLEST * GROWTH ** bucket) / (GROWTH + 1);
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** What is kept need not have sixteen digits. */
function rounded(seconds: number): number {
  return Number(seconds.toPrecision(12));
}
