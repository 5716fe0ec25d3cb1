import type { Histogram } from '@opentelemetry/sdk-metrics';
import type { Distribution } from './operation-snapshot.js';
import { type Buckets, quantile } from './quantile.js';

/** The points of one histogram, added up over series. */
export class MergedHistogram {
  count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #buckets: { boundaries: readonly number[]; counts: number[] } | undefined;

  add({ count, sum, min, max, buckets }: Histogram): void {
    if (!(count > 0)) return;
    this.count += count;
    // a histogram that takes negative values may have no sum (specification, Metrics data model, "Histogram")
    this.#sum += Number.isFinite(sum) ? sum! : 0;
    // a point without extremes is one that they would be wrong for
    this.#min = Math.min(this.#min, min ?? Number.NEGATIVE_INFINITY);
    this.#max = Math.max(this.#max, max ?? Number.POSITIVE_INFINITY);
    // an exponential histogram has no explicit buckets
    if (Array.isArray(buckets?.boundaries)) this.#addBuckets(buckets.boundaries, buckets.counts);
  }

  get mean(): number | undefined {
    return this.count === 0 ? undefined : this.#sum / this.count;
  }

  /** Undefined when nothing was recorded. */
  distribution(): Distribution | undefined {
    const { mean } = this;
    if (mean === undefined) return undefined;
    const buckets = this.#known();
    return {
      mean,
      ...(buckets && {
        p50: quantile(0.5, buckets),
        p75: quantile(0.75, buckets),
        p90: quantile(0.9, buckets),
        p95: quantile(0.95, buckets),
        p99: quantile(0.99, buckets),
      }),
      ...(Number.isFinite(this.#min) && { min: this.#min }),
      ...(Number.isFinite(this.#max) && { max: this.#max }),
    };
  }

  /** The buckets, if they hold everything that was counted and there is more than the one up to infinity. */
  #known(): Buckets | undefined {
    if (this.#buckets === undefined || this.#buckets.boundaries.length === 0) return undefined;
    const inBuckets = this.#buckets.counts.reduce((all, one) => all + one, 0);
    return inBuckets === this.count ? { ...this.#buckets, min: this.#min, max: this.#max } : undefined;
  }

  #addBuckets(boundaries: readonly number[], counts: readonly number[]): void {
    this.#buckets ??= { boundaries, counts: Array.from({ length: boundaries.length + 1 }, () => 0) };
    const own = this.#buckets;
    // the series of one bound instrument share their boundaries: thousands of them must not hold the process up
    if (own.boundaries === boundaries && own.counts.length === counts.length) {
      for (let index = 0; index < counts.length; index += 1) own.counts[index]! += counts[index]!;
      return;
    }
    const bound = (of: readonly number[], index: number) => of[index] ?? Number.POSITIVE_INFINITY;
    counts.forEach((value, index) => {
      // the same definition has the same boundaries; another's bucket goes where its upper bound lies
      const upper = bound(boundaries, index);
      const same = index < own.counts.length && bound(own.boundaries, index) === upper;
      const found = same ? index : own.boundaries.findIndex((boundary) => boundary >= upper);
      own.counts[found === -1 ? own.boundaries.length : found]! += value;
    });
  }
}
