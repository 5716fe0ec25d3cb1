import type { Attributes } from '@opentelemetry/api';
import type { ExponentialHistogram } from '@opentelemetry/sdk-metrics';
import { runtimeState } from '@otel-monitor/runtime';
import { ExponentialBuckets } from './exponential-buckets.js';
import { exponentialIndex } from './exponential-index.js';
import { isMeasurement, ORDINARY, Series, type SeriesFamily } from './series.js';

/** The buckets' objects and the further fields, measured on Node 20. */
const EXPONENTIAL_BYTES = 470;

/** How fine the buckets of an exponential histogram are. */
export interface ExponentialSize {
  /** Most buckets. */
  readonly maxSize: number;
  /** The scale it begins with; the scale falls when values are too far apart for `maxSize` buckets. */
  readonly maxScale: number;
}

/**
 * A handle of a base-2 exponential histogram (specification, Metrics SDK, "Base2 Exponential Bucket Histogram
 * Aggregation"). `record` touches a typed array and allocates only when the range of values grows, at most a dozen
 * times in a life. Values below zero are rejected, as the API asks of histograms, so there are no negative buckets.
 */
export class ExponentialHistogramSeries extends Series {
  sum = 0;
  count = 0;
  zeroCount = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  #scale: number;
  readonly #maxScale: number;
  readonly #buckets: ExponentialBuckets;

  constructor(family: SeriesFamily, attributes: Attributes, isOverflow: boolean, size: ExponentialSize) {
    super(family, attributes, isOverflow);
    this.#maxScale = size.maxScale;
    this.#scale = size.maxScale;
    this.#buckets = new ExponentialBuckets(size.maxSize);
  }

  /** The present scale: 2^scale buckets a power of two. 0 while nothing but zeros was recorded. */
  get scale(): number {
    return this.#buckets.size === 0 ? 0 : this.#scale;
  }

  /** Records `value`; not a number, infinite or negative is dropped and counted. Never throws. */
  record(value: number): void {
    const { family } = this;
    if (!isMeasurement(family, value) || (this.mark !== ORDINARY && !this.admits())) return;
    this.sum += value;
    this.count += 1;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.touched = true;
    if (value === 0) this.zeroCount += 1;
    else this.#count(value);
    if (runtimeState.metrics !== 'own') family.owner.mirror?.record(this, value);
  }

  /**
   * Adds what others have measured, as `difference` gives it, at the coarser of the two scales; what they have below zero
   * is left out, as `record` does. Nothing is handed on to another provider. Never throws.
   *
   * @param extremes the least and greatest of all that they measured; where one is not known, neither is that of the whole
   */
  merge(added: ExponentialHistogram, { min, max }: Pick<ExponentialHistogram, 'min' | 'max'>): void {
    if (this.mark !== ORDINARY && !this.admits()) return;
    this.#mergeBuckets(added);
    this.zeroCount += added.zeroCount;
    this.count += added.count;
    this.sum += added.sum ?? 0;
    this.min = Math.min(this.min, min ?? Number.NEGATIVE_INFINITY);
    this.max = Math.max(this.max, max ?? Number.POSITIVE_INFINITY);
    this.touched = true;
  }

  override pointValue(): ExponentialHistogram {
    const { sum, count, zeroCount, min, max, scale } = this;
    const positive = { offset: this.#buckets.offset, bucketCounts: this.#buckets.toArray() };
    return { sum, count, zeroCount, min, max, scale, positive, negative: { offset: 0, bucketCounts: [] } };
  }

  override get memoryBytes(): number {
    return super.memoryBytes + EXPONENTIAL_BYTES + this.#buckets.memoryBytes;
  }

  override reset(): void {
    super.reset();
    this.sum = 0;
    this.count = 0;
    this.zeroCount = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = Number.NEGATIVE_INFINITY;
    this.#scale = this.#maxScale;
    this.#buckets.clear();
  }

  #mergeBuckets({ scale, positive: { offset, bucketCounts } }: ExponentialHistogram): void {
    // only what counts asks for room
    const first = bucketCounts.findIndex((count) => count !== 0);
    if (first === -1) return;
    const last = bucketCounts.findLastIndex((count) => count !== 0);
    const buckets = this.#buckets;
    this.#coarsen(Math.max(0, this.#scale - scale));
    const change = buckets.excess((offset + first) >> (scale - this.#scale), (offset + last) >> (scale - this.#scale));
    this.#coarsen(change);
    const shift = scale - this.#scale;
    buckets.extendTo((offset + first) >> shift);
    buckets.extendTo((offset + last) >> shift);
    for (let at = first; at <= last; at += 1) {
      if (bucketCounts[at] !== 0) buckets.increment((offset + at) >> shift, bucketCounts[at]!);
    }
  }

  #coarsen(change: number): void {
    if (change === 0) return;
    this.#buckets.downscale(change);
    this.#scale -= change;
  }

  #count(value: number): void {
    const buckets = this.#buckets;
    let index = exponentialIndex(value, this.#scale);
    if (buckets.increment(index)) return;
    const change = buckets.excess(index);
    this.#coarsen(change);
    index >>= change;
    buckets.extendTo(index);
    buckets.increment(index);
  }
}
