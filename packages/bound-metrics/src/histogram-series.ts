import type { Attributes } from '@opentelemetry/api';
import type { Histogram } from '@opentelemetry/sdk-metrics';
import type { SpanIds } from '@otel-monitor/runtime';
import { runtimeState } from '@otel-monitor/runtime';
import type { Boundaries } from './boundaries.js';
import { BucketExemplars } from './bucket-exemplars.js';
import { isMeasurement, ORDINARY, Series, type SeriesFamily } from './series.js';

/** The array's own objects and the further fields, measured on Node 20. */
const HISTOGRAM_BYTES = 370;

/** Among so many buckets the right one is found by a walk. */
const WALKED = 16;

/** A handle of a histogram with explicit buckets: `record` touches typed arrays and allocates nothing. */
export class HistogramSeries extends Series {
  /** Measurements a bucket; upper bounds are inclusive, the last bucket has none. */
  readonly counts: Float64Array;
  sum = 0;
  count = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  readonly #boundaries: Boundaries;
  readonly #upper: Float64Array;
  #exemplars: BucketExemplars | undefined;

  constructor(family: SeriesFamily, attributes: Attributes, isOverflow: boolean, boundaries: Boundaries) {
    super(family, attributes, isOverflow);
    this.#boundaries = boundaries;
    this.#upper = boundaries.upper;
    this.counts = new Float64Array(boundaries.upper.length);
  }

  /** The inclusive upper bounds of all buckets but the last, ascending, in the metric's unit. */
  get boundaries(): readonly number[] {
    return this.#boundaries.finite;
  }

  /** The last exemplar of each bucket; undefined until there is one, and where `store.exemplars` is false. */
  override get exemplars(): BucketExemplars | undefined {
    return this.#exemplars;
  }

  /**
   * Records `value`; not a number, infinite or negative is dropped and counted. Never throws.
   *
   * @param exemplar the ids of the span that the measurement belongs to, if that span is sampled; nothing looks them up
   * @param timeMillis when it was measured, in milliseconds since the epoch; now when left out
   */
  record(value: number, exemplar?: SpanIds, timeMillis?: number): void {
    const { family } = this;
    if (!isMeasurement(family, value) || (this.mark !== ORDINARY && !this.admits())) return;
    // among few buckets a walk from below beats halving; the last bound is infinite and ends it
    const upper = this.#upper;
    let bucket = 0;
    let width = upper.length;
    while (width > WALKED) {
      const half = width >>> 1;
      if (value > upper[bucket + half - 1]!) bucket += half;
      width -= half;
    }
    while (value > upper[bucket]!) bucket += 1;
    this.counts[bucket]! += 1;
    this.sum += value;
    this.count += 1;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.touched = true;
    if (exemplar) this.#keep(bucket, value, exemplar, timeMillis);
    if (runtimeState.metrics !== 'own') family.owner.mirror?.record(this, value);
  }

  /**
   * Adds what others have measured into buckets of the same boundaries, as `difference` gives it. Buckets beyond those
   * there are do not count, nor does anything in them; nothing is handed on to another provider. Never throws.
   *
   * @param extremes the least and greatest of all that they measured; where one is not known, neither is that of the whole
   */
  merge({ buckets, count, sum }: Histogram, { min, max }: Pick<Histogram, 'min' | 'max'>): void {
    if (this.mark !== ORDINARY && !this.admits()) return;
    const { counts } = this;
    for (let bucket = 0; bucket < counts.length; bucket += 1) counts[bucket]! += buckets.counts[bucket] ?? 0;
    this.count += count;
    this.sum += sum ?? 0;
    this.min = Math.min(this.min, min ?? Number.NEGATIVE_INFINITY);
    this.max = Math.max(this.max, max ?? Number.POSITIVE_INFINITY);
    this.touched = true;
  }

  /** Takes an exemplar of others for a bucket, if it is newer than the one there is; see `record`. Never throws. */
  mergeExemplar(bucket: number, value: number, exemplar: SpanIds, timeMillis: number): void {
    if (!(timeMillis > (this.#exemplars?.timesMillis[bucket] ?? 0)) || !(bucket >= 0 && bucket < this.counts.length))
      return;
    this.#keep(bucket, value, exemplar, timeMillis);
  }

  override pointValue(): Histogram {
    const { counts, sum, count, min, max } = this;
    const copy = new Array<number>(counts.length);
    for (let bucket = 0; bucket < copy.length; bucket += 1) copy[bucket] = counts[bucket]!;
    // the boundaries are frozen and shared by all points of the metric
    return { buckets: { boundaries: this.boundaries as number[], counts: copy }, sum, count, min, max };
  }

  override get memoryBytes(): number {
    return super.memoryBytes + HISTOGRAM_BYTES + this.counts.byteLength + (this.#exemplars?.memoryBytes ?? 0);
  }

  override reset(): void {
    super.reset();
    this.counts.fill(0);
    this.sum = 0;
    this.count = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = Number.NEGATIVE_INFINITY;
    this.#exemplars = undefined;
  }

  #keep(bucket: number, value: number, exemplar: SpanIds, timeMillis: number | undefined): void {
    const { owner } = this.family;
    if (!owner.exemplars) return;
    try {
      this.#exemplars ??= new BucketExemplars(this.counts.length);
      this.#exemplars.keep(bucket, value, exemplar, timeMillis ?? Date.now());
    } catch {
      // words that are no numbers: the measurement counts, its exemplar does not
      owner.rejected();
    }
  }
}
