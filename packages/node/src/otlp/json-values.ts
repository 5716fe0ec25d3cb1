import type { HrTime } from '@opentelemetry/api';

const TWO_TO_63 = 2 ** 63;

/**
 * Text of the OTLP/JSON encoding (OTLP specification, "JSON Protobuf Encoding"): ids in hexadecimal, 64-bit times as
 * decimal strings. Written by hand because each item is written as it ends; tests hold it to the official serializer.
 */
export function attributesJson(attributes: object): string {
  let text = '[';
  for (const key in attributes) {
    if (text.length > 1) text += ',';
    text += `{"key":${JSON.stringify(key)},"value":${anyValueJson((attributes as Record<string, unknown>)[key])}}`;
  }
  return `${text}]`;
}

/** An AnyValue. What is of no type that it has is an empty one. */
export function anyValueJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `{"stringValue":${JSON.stringify(value)}}`;
    case 'number':
      if (isInt64(value)) return `{"intValue":${value}}`;
      // the names of what JSON has no numbers for (Protocol Buffers, "ProtoJSON Format")
      return `{"doubleValue":${Number.isFinite(value) ? value : `"${value}"`}}`;
    case 'boolean':
      return `{"boolValue":${value}}`;
    case 'object':
      if (value === null) return '{}';
      if (value instanceof Uint8Array) return `{"bytesValue":"${Buffer.from(value).toString('base64')}"}`;
      if (Array.isArray(value)) return `{"arrayValue":{"values":[${value.map(anyValueJson).join(',')}]}}`;
      return `{"kvlistValue":{"values":${attributesJson(value)}}}`;
    default:
      return '{}';
  }
}

/** Whether a number goes as an integer: one beyond 64 bits makes a receiver refuse the whole request. */
export function isInt64(value: number): boolean {
  return Number.isInteger(value) && value >= -TWO_TO_63 && value < TWO_TO_63;
}

/** Nanoseconds since the epoch, as a quoted decimal: they do not fit in a double. */
export function nanosJson([seconds, nanos]: HrTime): string {
  const whole = Math.trunc(seconds);
  const rest = Math.trunc(nanos);
  // the usual case without a BigInt; a time that somebody made up may be of any form
  if (whole > 0 && rest >= 0 && rest < 1e9) return `"${whole}${String(rest).padStart(9, '0')}"`;
  return `"${BigInt(whole) * 1_000_000_000n + BigInt(rest)}"`;
}

/** `,"key":"value"` for a value that is there. */
export function optionalJson(key: string, value: string | undefined): string {
  return value === undefined ? '' : `,"${key}":${JSON.stringify(value)}`;
}
