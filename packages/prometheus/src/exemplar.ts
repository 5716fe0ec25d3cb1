import type { BucketExemplars } from '@otel-monitor/bound-metrics';
import { NUMBER_BYTES, putBytes, putNumber } from './put.js';

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
export const EXEMPLAR_BYTES: number = start.length + between.length + end.length + 8 * WORDS + 2 * NUMBER_BYTES;

/** The exemplars that a data point carries, if they are what they should be for its buckets. */
export function readExemplars(given: unknown, buckets: number): BucketExemplars | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { values, timesMillis, ids } = given as Partial<BucketExemplars>;
  const isWhole =
    values instanceof Float64Array &&
    timesMillis instanceof Float64Array &&
    ids instanceof Int32Array &&
    values.length === buckets &&
    timesMillis.length === buckets &&
    ids.length === WORDS * buckets;
  return isWhole ? (given as BucketExemplars) : undefined;
}

/**
 * Puts the exemplar of a bucket, when there is one: ids of the span, value, time in seconds. OpenMetrics alone has them
 * ("Exemplars"); the ids are well below its 128 characters.
 */
export function putExemplar(target: Uint8Array, at: number, exemplars: BucketExemplars, bucket: number): number {
  const millis = exemplars.timesMillis[bucket]!;
  if (!(millis > 0 && millis < MAX_MILLIS)) return at;
  const { ids } = exemplars;
  const first = WORDS * bucket;
  let place = putBytes(target, at, start);
  for (let word = first; word < first + TRACE_WORDS; word += 1) place = putHex(target, place, ids[word]!);
  place = putBytes(target, place, between);
  for (let word = first + TRACE_WORDS; word < first + WORDS; word += 1) place = putHex(target, place, ids[word]!);
  place = putBytes(target, place, end);
  place = putNumber(target, place, exemplars.values[bucket]!);
  target[place] = SPACE;
  return putSeconds(target, place + 1, millis);
}

function putHex(target: Uint8Array, at: number, word: number): number {
  for (let digit = 0; digit < 8; digit += 1) target[at + digit] = hexDigits[(word >>> (28 - 4 * digit)) & 15]!;
  return at + 8;
}

function putSeconds(target: Uint8Array, at: number, millis: number): number {
  const seconds = Math.floor(millis / 1000);
  const rest = Math.floor(millis - seconds * 1000);
  const point = putNumber(target, at, seconds);
  target[point] = POINT;
  target[point + 1] = ZERO + Math.floor(rest / 100);
  target[point + 2] = ZERO + (Math.floor(rest / 10) % 10);
  target[point + 3] = ZERO + (rest % 10);
  return point + 4;
}
