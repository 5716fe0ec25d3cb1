/** Where a field's value stands in the bytes. @typedef {{ number: number, wire: number, from: number, to: number }} Field */

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/**
 * All the bytes as one message.
 * @param {Buffer} bytes
 * @returns {Field}
 */
export function wholeOf(bytes) {
  return { number: 0, wire: LENGTH_DELIMITED, from: 0, to: bytes.length };
}

/**
 * The fields of a message one after the other. Throws on what is cut off or no message.
 * @param {Buffer} bytes
 * @param {Field} within
 * @returns {Iterable<Field>}
 */
export function* fieldsOf(bytes, { wire, from, to }) {
  if (wire !== LENGTH_DELIMITED) throw new Error('protobuf: a message was expected');
  for (let at = from; at < to; ) {
    const key = varint(bytes, at);
    const field = { number: Number(key.value >> 3n), wire: Number(key.value & 7n), from: key.end, to: 0 };
    if (field.wire === VARINT) field.to = varint(bytes, field.from).end;
    else if (field.wire === FIXED64) field.to = field.from + 8;
    else if (field.wire === FIXED32) field.to = field.from + 4;
    else if (field.wire === LENGTH_DELIMITED) {
      const length = varint(bytes, field.from);
      field.from = length.end;
      field.to = length.end + Number(length.value);
    } else throw new Error(`protobuf: wire type ${field.wire}`);
    if (field.to > to) throw new Error('protobuf: the message is cut off');
    yield field;
    at = field.to;
  }
}

/**
 * A number of seven bits a byte, as 64 unsigned bits, and where it ends.
 * @param {Buffer} bytes
 * @param {number} at
 * @returns {{ value: bigint, end: number }}
 */
export function varint(bytes, at) {
  let value = 0n;
  for (let shift = 0n, end = at; shift < 70n && end < bytes.length; shift += 7n, end += 1) {
    const byte = /** @type {number} */ (bytes[end]);
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), end: end + 1 };
  }
  throw new Error('protobuf: a number is cut off');
}
