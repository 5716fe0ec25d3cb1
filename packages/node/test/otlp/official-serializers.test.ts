import {
  JsonLogsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOtlpProtobuf } from '../../../../test/otlp/protobuf.js';
import { recordsJson, recordsProto, spansJson, spansProto } from './batches.js';
import { anyLogRecords, anySpans } from './generated-items.js';

/**
 * The official JSON has null for what JSON has no numbers for, and integers beyond 64 bits, for which a Collector refuses
 * the whole request: there ours has what ProtoJSON says, and both are read as one here.
 */
const parse = (bytes: Uint8Array | undefined) =>
  JSON.parse(new TextDecoder().decode(bytes), (_key, value) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('doubleValue' in value && !Number.isFinite(value.doubleValue)) return { doubleValue: null };
    if ('intValue' in value && Math.abs(value.intValue) >= 2 ** 63) return { doubleValue: value.intValue };
    return value;
  });

/** A field that is 0 or empty says what none says; only inside of an AnyValue it is the value's type. */
const withoutDefaults = (key: string, value: unknown) => {
  if (key === 'value' || key === 'body' || key.endsWith('Value')) return value;
  if (key === 'status')
    return Object.values(value as object).some((part) => part !== 0 && part !== '') ? value : undefined;
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === 0 || value === '' || isEmpty ? undefined : value;
};
const readProto = (signal: 'traces' | 'logs', bytes: Uint8Array | undefined) =>
  JSON.parse(JSON.stringify(readOtlpProtobuf(signal, bytes ?? new Uint8Array()), withoutDefaults));
const readSpans = (bytes: Uint8Array | undefined) => readProto('traces', bytes);
const readLogRecords = (bytes: Uint8Array | undefined) => readProto('logs', bytes);

describe('what is written as items end is what the official serializer writes', () => {
  test('of spans', () => {
    fc.assert(
      fc.property(anySpans, (made) => {
        expect(parse(spansJson(made))).toEqual(parse(JsonTraceSerializer.serializeRequest(made)));
        expect(readSpans(spansProto(made))).toEqual(readSpans(ProtobufTraceSerializer.serializeRequest(made)));
      }),
      { numRuns: 500 },
    );
  });

  test('of log records', () => {
    fc.assert(
      fc.property(anyLogRecords, (made) => {
        expect(parse(recordsJson(made))).toEqual(parse(JsonLogsSerializer.serializeRequest(made)));
        expect(readLogRecords(recordsProto(made))).toEqual(
          readLogRecords(ProtobufLogsSerializer.serializeRequest(made)),
        );
      }),
      { numRuns: 500 },
    );
  });
});
