/**
 * Reads the protobuf form of an OTLP trace request into what its JSON form says, so that both are compared as one. Field
 * numbers are those of opentelemetry-proto 1.x; a field that is not named here throws, so that nothing is left out of a
 * comparison unseen.
 */

import { fieldsOf, varint, wholeOf } from './protobuf-wire.mjs';

/** @typedef {import('./protobuf-wire.mjs').Field} Field */
/** @typedef {(bytes: Buffer, field: Field) => unknown} Reader */
/** @typedef {Record<number, readonly [name: string, read: Reader, isRepeated?: true]>} Message */

/** @type {Reader} */
const text = (bytes, { from, to }) => bytes.toString('utf8', from, to);
/** @type {Reader} */
const hex = (bytes, { from, to }) => bytes.toString('hex', from, to);
/** @type {Reader} */
const base64 = (bytes, { from, to }) => bytes.toString('base64', from, to);
/** @type {Reader} */
const number = (bytes, { from }) => Number(BigInt.asIntN(64, varint(bytes, from).value));
/** @type {Reader} */
const boolean = (bytes, { from }) => varint(bytes, from).value !== 0n;
/** @type {Reader} */
const double = (bytes, { from }) => bytes.readDoubleLE(from);
/** @type {Reader} */
const fixed32 = (bytes, { from }) => bytes.readUInt32LE(from);
/** As the JSON form has them: nanoseconds do not fit into a number. @type {Reader} */
const fixed64 = (bytes, { from }) => bytes.readBigUInt64LE(from).toString();
/** @type {(message: () => Message) => Reader} */
const nested = (message) => (bytes, field) => readMessage(message(), bytes, field);

/** @type {Message} */
const ANY_VALUE = {
  1: ['stringValue', text],
  2: ['boolValue', boolean],
  3: ['intValue', number],
  4: ['doubleValue', double],
  5: ['arrayValue', nested(() => ARRAY_VALUE)],
  6: ['kvlistValue', nested(() => KEY_VALUE_LIST)],
  7: ['bytesValue', base64],
};
/** @type {Message} */
const ARRAY_VALUE = { 1: ['values', nested(() => ANY_VALUE), true] };
/** @type {Message} */
const KEY_VALUE = { 1: ['key', text], 2: ['value', nested(() => ANY_VALUE)] };
/** @type {Message} */
const KEY_VALUE_LIST = { 1: ['values', nested(() => KEY_VALUE), true] };
/** @type {Message} */
const RESOURCE = { 1: ['attributes', nested(() => KEY_VALUE), true], 2: ['droppedAttributesCount', number] };
/** @type {Message} */
const SCOPE = {
  1: ['name', text],
  2: ['version', text],
  3: ['attributes', nested(() => KEY_VALUE), true],
  4: ['droppedAttributesCount', number],
};
/** @type {Message} */
const EVENT = {
  1: ['timeUnixNano', fixed64],
  2: ['name', text],
  3: ['attributes', nested(() => KEY_VALUE), true],
  4: ['droppedAttributesCount', number],
};
/** @type {Message} */
const LINK = {
  1: ['traceId', hex],
  2: ['spanId', hex],
  3: ['traceState', text],
  4: ['attributes', nested(() => KEY_VALUE), true],
  5: ['droppedAttributesCount', number],
  6: ['flags', fixed32],
};
/** @type {Message} */
const STATUS = { 2: ['message', text], 3: ['code', number] };
/** @type {Message} */
const SPAN = {
  1: ['traceId', hex],
  2: ['spanId', hex],
  3: ['traceState', text],
  4: ['parentSpanId', hex],
  5: ['name', text],
  6: ['kind', number],
  7: ['startTimeUnixNano', fixed64],
  8: ['endTimeUnixNano', fixed64],
  9: ['attributes', nested(() => KEY_VALUE), true],
  10: ['droppedAttributesCount', number],
  11: ['events', nested(() => EVENT), true],
  12: ['droppedEventsCount', number],
  13: ['links', nested(() => LINK), true],
  14: ['droppedLinksCount', number],
  15: ['status', nested(() => STATUS)],
  16: ['flags', fixed32],
};
/** @type {Message} */
const SCOPE_SPANS = {
  1: ['scope', nested(() => SCOPE)],
  2: ['spans', nested(() => SPAN), true],
  3: ['schemaUrl', text],
};
/** @type {Message} */
const RESOURCE_SPANS = {
  1: ['resource', nested(() => RESOURCE)],
  2: ['scopeSpans', nested(() => SCOPE_SPANS), true],
  3: ['schemaUrl', text],
};
/** @type {Message} */
const REQUEST = { 1: ['resourceSpans', nested(() => RESOURCE_SPANS), true] };

/**
 * An ExportTraceServiceRequest as its JSON form has it. Throws on anything that is none.
 * @param {Buffer} bytes
 * @returns {any}
 */
export function decodeTraceRequest(bytes) {
  return readMessage(REQUEST, bytes, wholeOf(bytes));
}

/**
 * How many spans a request holds; reads no span, so that the count costs next to nothing.
 * @param {Buffer} bytes
 * @returns {number}
 */
export function countSpans(bytes) {
  let count = 0;
  for (const resource of fieldsOf(bytes, wholeOf(bytes))) {
    if (resource.number !== 1) continue;
    for (const scope of fieldsOf(bytes, resource)) {
      if (scope.number !== 2) continue;
      for (const span of fieldsOf(bytes, scope)) if (span.number === 2) count += 1;
    }
  }
  return count;
}

/**
 * @param {Message} message
 * @param {Buffer} bytes
 * @param {Field} within
 * @returns {Record<string, unknown>}
 */
function readMessage(message, bytes, within) {
  /** @type {Record<string, unknown>} */
  const result = {};
  for (const field of fieldsOf(bytes, within)) {
    const known = message[field.number];
    if (known === undefined) throw new Error(`OTLP: field ${field.number} is not known here`);
    const [name, read, isRepeated] = known;
    const value = read(bytes, field);
    if (isRepeated) result[name] = [.../** @type {unknown[]} */ (result[name] ?? []), value];
    else result[name] = value;
  }
  return result;
}
