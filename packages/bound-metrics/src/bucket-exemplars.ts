import type { SpanIds } from '@otel-monitor/runtime';

const WORDS = 6;
/** The three views and their buffer as objects, measured on Node 20. */
const VIEW_BYTES = 480;

/** The last measurement of a sampled span in each bucket of a histogram. */
export class BucketExemplars {
  /** What was measured, by bucket. */
  readonly values: Float64Array;
  /** When, in milliseconds since the epoch, by bucket; 0: there is none yet. */
  readonly timesMillis: Float64Array;
  /** Six words a bucket, in the order of `SpanIds`. */
  readonly ids: Int32Array;

  constructor(buckets: number) {
    // one buffer for the three: what V8 keeps about a buffer is more than what most of them would hold
    const floats = buckets * Float64Array.BYTES_PER_ELEMENT;
    const buffer = new ArrayBuffer(2 * floats + WORDS * buckets * Int32Array.BYTES_PER_ELEMENT);
    this.values = new Float64Array(buffer, 0, buckets);
    this.timesMillis = new Float64Array(buffer, floats, buckets);
    this.ids = new Int32Array(buffer, 2 * floats, WORDS * buckets);
  }

  /** Takes the place of the bucket's exemplar; ids that are none do not. Allocates nothing. */
  keep(bucket: number, value: number, span: SpanIds, timeMillis: number): void {
    const { traceId0, traceId1, traceId2, traceId3, spanId0, spanId1 } = span;
    if ((traceId0 | traceId1 | traceId2 | traceId3) === 0 || (spanId0 | spanId1) === 0) return;
    const { ids } = this;
    const at = WORDS * bucket;
    ids[at] = traceId0;
    ids[at + 1] = traceId1;
    ids[at + 2] = traceId2;
    ids[at + 3] = traceId3;
    ids[at + 4] = spanId0;
    ids[at + 5] = spanId1;
    this.values[bucket] = value;
    this.timesMillis[bucket] = timeMillis;
  }

  get memoryBytes(): number {
    return VIEW_BYTES + this.values.buffer.byteLength;
  }
}
