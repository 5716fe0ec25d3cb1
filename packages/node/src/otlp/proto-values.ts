import type { HrTime } from '@opentelemetry/api';
import { hexWord } from '@otel-monitor/runtime';
import type { ItemWriter } from './item-writer.js';
import { isInt64 } from './json-values.js';

/** Wire types (Protocol Buffers, "Message Structure"). */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

const tag = (field: number, wireType: number) => (field << 3) | wireType;

/** Tags of fields below 16, which are one byte. */
export const varintTag = (field: number) => tag(field, VARINT);
export const fixed64Tag = (field: number) => tag(field, FIXED64);
export const lengthTag = (field: number) => tag(field, LENGTH);
export const fixed32Tag = (field: number) => tag(field, FIXED32);

// opentelemetry.proto.common.v1: KeyValue, AnyValue, ArrayValue, KeyValueList
const KEY = lengthTag(1);
const VALUE = lengthTag(2);
const STRING_VALUE = lengthTag(1);
const BOOL_VALUE = varintTag(2);
const INT_VALUE = varintTag(3);
const DOUBLE_VALUE = fixed64Tag(4);
const ARRAY_VALUE = lengthTag(5);
const KVLIST_VALUE = lengthTag(6);
const BYTES_VALUE = lengthTag(7);
const VALUES = lengthTag(1);

const TWO_TO_23 = 2 ** 23;
const TWO_TO_32 = 2 ** 32;
/** 10^9 is 2^9 times this. */
const NANOS_ODD_PART = 1_953_125;

/** Attributes as fields of `attributesTag`, each a KeyValue. */
export function writeAttributes(writer: ItemWriter, attributesTag: number, attributes: object): void {
  for (const key in attributes) {
    const mark = writer.begin(attributesTag);
    writer.string(KEY, key);
    writeValue(writer, VALUE, (attributes as Record<string, unknown>)[key]);
    writer.end(mark);
  }
}

/** An AnyValue as a field. What is of no type that it has is an empty one. */
export function writeValue(writer: ItemWriter, valueTag: number, value: unknown): void {
  const mark = writer.begin(valueTag);
  writeAnyValue(writer, value);
  writer.end(mark);
}

/** A time as fixed64 nanoseconds since the epoch, which do not fit in a double. */
export function writeNanos(writer: ItemWriter, timeTag: number, [seconds, nanos]: HrTime): void {
  const odd = seconds * NANOS_ODD_PART;
  const low = (odd % TWO_TO_23) * 512 + nanos;
  const carry = Math.floor(low / TWO_TO_32);
  writer.room(9);
  writer.byte(timeTag);
  writer.fixed32(low - carry * TWO_TO_32);
  writer.fixed32(Math.floor(odd / TWO_TO_23) + carry);
}

/** A count; 0 is left out, as the format has it. */
export function writeCount(writer: ItemWriter, countTag: number, count: number): void {
  if (!(count > 0)) return;
  writer.room(6);
  writer.byte(countTag);
  writer.varint(count);
}

/** An id given in hexadecimal; digits that do not make a word are left out. */
export function writeHexId(writer: ItemWriter, idTag: number, hex: string): void {
  const words = Math.floor(hex.length / 8);
  writer.room(2 + 4 * words);
  writer.byte(idTag);
  writer.byte(4 * words);
  for (let word = 0; word < words; word += 1) writer.word(hexWord(hex, 8 * word));
}

function writeAnyValue(writer: ItemWriter, value: unknown): void {
  switch (typeof value) {
    case 'string':
      writer.string(STRING_VALUE, value);
      return;
    case 'boolean':
      writer.room(2);
      writer.byte(BOOL_VALUE);
      writer.byte(value ? 1 : 0);
      return;
    case 'number':
      writeNumber(writer, value);
      return;
    case 'object':
      if (value !== null) writeObject(writer, value);
  }
}

function writeNumber(writer: ItemWriter, value: number): void {
  writer.room(11);
  if (isInt64(value)) {
    writer.byte(INT_VALUE);
    if (value >= 0 && value < TWO_TO_32) writer.varint(value);
    else writeInt64(writer, BigInt.asUintN(64, BigInt(value)));
  } else {
    writer.byte(DOUBLE_VALUE);
    writer.double(value);
  }
}

function writeInt64(writer: ItemWriter, value: bigint): void {
  let rest = value;
  while (rest > 0x7fn) {
    writer.byte(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  writer.byte(Number(rest));
}

function writeObject(writer: ItemWriter, value: object): void {
  if (value instanceof Uint8Array) {
    const mark = writer.begin(BYTES_VALUE);
    writer.raw(value);
    writer.end(mark);
  } else if (Array.isArray(value)) {
    const mark = writer.begin(ARRAY_VALUE);
    for (const item of value) writeValue(writer, VALUES, item);
    writer.end(mark);
  } else {
    const mark = writer.begin(KVLIST_VALUE);
    writeAttributes(writer, VALUES, value);
    writer.end(mark);
  }
}
