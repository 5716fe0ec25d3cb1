import type { SpanIds } from './span-ids.js';

const WORDS = 6;

/** The last measurement of a sampled span in each bucket of a histogram. */
export class BucketExemplars {
  /** What was measured, by bucket. */
  readonly values: Float64Array;
  /** When, in milliseconds since the epoch, by bucket; 0: there is none yet. */
  readonly timesMillis: Float64Array;
  /** Six words a bucket, in the order of `SpanIds`. */
  readonly ids: Int32Array;

  constructor(buckets: number) {
    this.values = new Float64Array(buckets);
    this.timesMillis = new Float64Array(buckets);
    this.ids = new Int32Array(WORDS * buckets);
  }

  /** Takes the place of the bucket's exemplar; allocates nothing. */
  keep(bucket: number, value: number, span: SpanIds, timeMillis: number): void {
    const { ids } = this;
    const at = WORDS * bucket;
    this.values[bucket] = value;
    this.timesMillis[bucket] = timeMillis;
    ids[at] = span.traceId0;
    ids[at + 1] = span.traceId1;
    ids[at + 2] = span.traceId2;
    ids[at + 3] = span.traceId3;
    ids[at + 4] = span.spanId0;
    ids[at + 5] = span.spanId1;
  }

  get memoryBytes(): number {
    return this.values.byteLength + this.timesMillis.byteLength + this.ids.byteLength;
  }
}
