import type { BucketExemplars } from '@otel-monitor/bound-metrics';
import { NUMBER_BYTES, type Slab } from './slab.js';

const WORDS = 6;
const TRACE_WORDS = 4;
/** A time beyond this is no time of this era, and would be written with an exponent. */
const MAX_MILLIS = 1e14;

const start = Buffer.from(' # {trace_id="');
const between = Buffer.from('",span_id="');
const end = Buffer.from('"} ');
const hexDigits = Buffer.from('0123456789abcdef');
const POINT = 46;
const SPACE = 32;
const ZERO = 48;

/** No exemplar is longer. */
export const EXEMPLAR_BYTES = start.length + between.length + end.length + 8 * WORDS + 2 * NUMBER_BYTES;

/**
 * Appends the exemplar of a bucket, when there is one: ids of the span, value, time in seconds. OpenMetrics alone has
 * them ("Exemplars"); the ids are well below its 128 characters.
 */
export function writeExemplar(slab: Slab, exemplars: BucketExemplars, bucket: number): void {
  const millis = exemplars.timesMillis[bucket]!;
  if (!(millis > 0 && millis < MAX_MILLIS)) return;
  const first = WORDS * bucket;
  slab.copy(start);
  for (let word = first; word < first + TRACE_WORDS; word += 1) writeHex(slab, exemplars.ids[word]!);
  slab.copy(between);
  for (let word = first + TRACE_WORDS; word < first + WORDS; word += 1) writeHex(slab, exemplars.ids[word]!);
  slab.copy(end);
  slab.number(exemplars.values[bucket]!);
  slab.byte(SPACE);
  writeSeconds(slab, millis);
}

function writeHex(slab: Slab, word: number): void {
  for (let shift = 28; shift >= 0; shift -= 4) slab.byte(hexDigits[(word >>> shift) & 15]!);
}

function writeSeconds(slab: Slab, millis: number): void {
  const seconds = Math.floor(millis / 1000);
  const rest = Math.floor(millis - seconds * 1000);
  slab.number(seconds);
  slab.byte(POINT);
  slab.byte(ZERO + Math.floor(rest / 100));
  slab.byte(ZERO + (Math.floor(rest / 10) % 10));
  slab.byte(ZERO + (rest % 10));
}
