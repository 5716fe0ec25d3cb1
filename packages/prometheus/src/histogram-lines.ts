import type { BucketExemplars } from '@otel-monitor/bound-metrics';
import { BoundTails } from './bound-tails.js';
import type { ClassicBuckets } from './classic-buckets.js';
import { EXEMPLAR_BYTES, putExemplar } from './exemplar.js';
import type { ExpositionFormat } from './format.js';
import { sampleValue } from './number-text.js';
import { NUMBER_BYTES, putBytes, putCharacters, putNumber } from './put.js';
import { putLabels, type SeriesLabels } from './series-labels.js';
import type { Slab } from './slab.js';

const NEWLINE = 10;
/** `,le="` before a bound, `"} ` behind it, the newline. */
const PUNCTUATION_BYTES = 10;

/** A histogram as it is recorded: its counts are those of each bucket alone. */
interface RecordedHistogram {
  readonly counts: ArrayLike<number>;
  readonly count: number;
  readonly sum: number;
}

/**
 * The lines of the histograms of one family: buckets, `_sum`, `_count`. What is shown is copied when it is set, so that a
 * series that is recorded on between two slabs does not contradict itself on the page.
 */
export class HistogramLines {
  /** Lines of the histogram that was set. */
  lineCount = 0;
  /** No line of it is longer. */
  maxLineBytes = 0;

  readonly #bucketStart: Uint8Array;
  readonly #sumStart: Uint8Array;
  readonly #countStart: Uint8Array;
  readonly #tails: BoundTails;
  #cumulative = new Float64Array(16);
  #labels: SeriesLabels | undefined;
  #exemplars: BucketExemplars | undefined;
  #bucketLines = 0;
  #count = 0;
  #sum = 0;

  constructor(
    name: string,
    private readonly format: ExpositionFormat,
  ) {
    this.#bucketStart = Buffer.from(`${name}_bucket{`);
    this.#sumStart = Buffer.from(`${name}_sum{`);
    this.#countStart = Buffer.from(`${name}_count{`);
    this.#tails = new BoundTails(format);
  }

  /** Sets what is written next, from buckets that are cumulated; the text format shows no exemplars. */
  set(labels: SeriesLabels, classic: ClassicBuckets, exemplars: BucketExemplars | undefined): this {
    this.#reserve(classic.bounds.length);
    for (let index = 0; index < classic.cumulative.length; index += 1) {
      this.#cumulative[index] = classic.cumulative[index]!;
    }
    return this.#set(labels, classic, exemplars);
  }

  /**
   * The same from the counts of each bucket alone. `bounds` that are the same
   * array as before cost no second look.
   */
  setCounts(
    labels: SeriesLabels,
    bounds: readonly number[],
    { counts, count, sum }: RecordedHistogram,
    exemplars: BucketExemplars | undefined,
  ): this {
    const { length } = bounds;
    this.#reserve(length);
    const cumulative = this.#cumulative;
    let running = 0;
    for (let index = 0; index < length; index += 1) {
      running += counts[index]!;
      cumulative[index] = running;
    }
    return this.#set(labels, { bounds, count, sum }, exemplars);
  }

  /** Writes the lines from `from` up to before `to`; there must be room for them. */
  write(slab: Slab, from: number, to: number): void {
    const { bytes } = slab;
    const labels = this.#labels!;
    const cumulative = this.#cumulative;
    const { tails } = this.#tails;
    const exemplars = this.#exemplars;
    const last = this.#bucketLines - 1;
    const start = slab.length;
    let at = start;
    // what all buckets begin with is put once and then copied within the slab
    let repeated = 0;
    const end = to <= last ? to : last + 1;
    for (let line = from; line < end; line += 1) {
      if (repeated > 0) {
        bytes.copyWithin(at, start, start + repeated);
        at += repeated;
      } else {
        bytes.set(this.#bucketStart, at);
        at += this.#bucketStart.length;
        at = putLabels(bytes, at, labels);
        at = putBytes(bytes, at, beforeBound);
        repeated = at - start;
      }
      at = putBytes(bytes, at, tails[line]!);
      at = putNumber(bytes, at, cumulative[line]!);
      if (exemplars !== undefined) at = putExemplar(bytes, at, exemplars, line);
      bytes[at++] = NEWLINE;
    }
    slab.length = at;
    const known = repeated > 0 ? start + this.#bucketStart.length : undefined;
    if (from <= last + 1 && to > last + 1) this.#putTotal(slab, this.#sumStart, known, labels.sumText(this.#sum));
    if (to > last + 2) this.#putTotal(slab, this.#countStart, known, sampleValue(this.#count));
  }

  /** @param known where the labels stand in the slab already */
  #putTotal(slab: Slab, start: Uint8Array, known: number | undefined, value: string): void {
    const { bytes } = slab;
    const labels = this.#labels!;
    bytes.set(start, slab.length);
    let at = slab.length + start.length;
    if (known === undefined) at = putLabels(bytes, at, labels);
    else {
      bytes.copyWithin(at, known, known + labels.bytes);
      at += labels.bytes;
    }
    at = putBytes(bytes, at, behindLabels);
    at = putCharacters(bytes, at, value);
    bytes[at] = NEWLINE;
    slab.length = at + 1;
  }

  #set(
    labels: SeriesLabels,
    { bounds, count, sum }: Omit<ClassicBuckets, 'cumulative'>,
    exemplars: BucketExemplars | undefined,
  ): this {
    this.#tails.take(bounds);
    this.#labels = labels;
    this.#exemplars = this.format === 'openmetrics' ? exemplars : undefined;
    this.#count = count;
    this.#sum = sum;
    this.#cumulative[bounds.length] = count;
    this.#bucketLines = bounds.length + 1;
    // OpenMetrics, "Histogram": where values below zero can be, there is no sum, and without a sum no count
    const hasSum = this.format === 'text' || !(bounds[0]! < 0 || !(sum >= 0));
    this.lineCount = this.#bucketLines + (hasSum ? 2 : 0);
    this.maxLineBytes =
      this.#bucketStart.length +
      labels.bytes +
      this.#tails.longest +
      PUNCTUATION_BYTES +
      NUMBER_BYTES +
      (this.#exemplars === undefined ? 0 : EXEMPLAR_BYTES);
    return this;
  }

  #reserve(length: number): void {
    // one more for the bucket without a bound
    if (this.#cumulative.length <= length) this.#cumulative = new Float64Array(length + 1);
  }
}

const beforeBound = Buffer.from(',le="');
const behindLabels = Buffer.from('} ');
