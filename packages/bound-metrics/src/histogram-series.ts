import type { Attributes } from '@opentelemetry/api';
import { BucketExemplars } from './bucket-exemplars.js';
import { isMeasurement, Series, type SeriesFamily } from './series.js';
import type { SpanIds } from './span-ids.js';

/** The array's own objects and the further fields, measured on Node 20. */
const HISTOGRAM_BYTES = 370;

/** A handle of a histogram with explicit buckets: `record` touches a typed array and allocates nothing. */
export class HistogramSeries extends Series {
  readonly boundaries: readonly number[];
  /** Measurements a bucket; upper bounds are inclusive, the last bucket has none. */
  readonly counts: Float64Array;
  sum = 0;
  count = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  #exemplars: BucketExemplars | undefined;

  constructor(family: SeriesFamily, attributes: Attributes, isOverflow: boolean) {
    super(family, attributes, isOverflow);
    this.boundaries = family.definition.boundaries ?? [];
    this.counts = new Float64Array(this.boundaries.length + 1);
  }

  /** The last exemplar of each bucket; undefined until there is one, and where `store.exemplars` is false. */
  get exemplars(): BucketExemplars | undefined {
    return this.#exemplars;
  }

  /**
   * Records `value`; not a number, infinite or negative is dropped and counted. Never throws.
   *
   * @param exemplar the ids of the span that the measurement belongs to, if that span is sampled; nothing looks them up
   * @param timeMillis when it was measured, in milliseconds since the epoch; now when left out
   */
  record(value: number, exemplar?: SpanIds, timeMillis?: number): void {
    const { family, boundaries } = this;
    if (!isMeasurement(family, value)) return;
    // most durations are short, so a walk from below beats a binary search
    let bucket = 0;
    while (bucket < boundaries.length && value > boundaries[bucket]!) bucket += 1;
    this.counts[bucket]! += 1;
    this.sum += value;
    this.count += 1;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.touched = true;
    if (exemplar && family.owner.exemplars) this.#keep(bucket, value, exemplar, timeMillis);
    if (this.isOverflow) family.owner.overflowed(family.definition.name);
    family.owner.mirror?.record(this, value);
  }

  #keep(bucket: number, value: number, exemplar: SpanIds, timeMillis: number | undefined): void {
    this.#exemplars ??= new BucketExemplars(this.counts.length);
    this.#exemplars.keep(bucket, value, exemplar, timeMillis ?? Date.now());
  }

  override get memoryBytes(): number {
    return super.memoryBytes + HISTOGRAM_BYTES + this.counts.byteLength + (this.#exemplars?.memoryBytes ?? 0);
  }

  override reset(): void {
    this.counts.fill(0);
    this.sum = 0;
    this.count = 0;
    this.min = Number.POSITIVE_INFINITY;
    this.max = Number.NEGATIVE_INFINITY;
    this.touched = false;
    this.#exemplars = undefined;
  }
}
