import {
  JsonLogsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonResponse, readProtoResponse } from '../../src/otlp/export-response.js';
import { writtenApart } from '../../src/otlp/item-writer.js';

const proto = (rejected: number, message: string) =>
  writtenApart((to) => {
    const mark = to.begin(0x0a);
    to.room(6);
    to.byte(0x08);
    to.varint(rejected);
    to.string(0x12, message);
    to.end(mark);
  }, undefined);
const json = (name: string, rejected: number, errorMessage: string) =>
  Buffer.from(JSON.stringify({ partialSuccess: { [name]: String(rejected), errorMessage } }));

describe('an answer', () => {
  it('says what the official reader reads of it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.string({ unit: 'grapheme' }),
        (rejected, errorMessage) => {
          const expected = { partialSuccess: { rejected, errorMessage } };
          const binary = proto(rejected, errorMessage);
          expect(readProtoResponse(binary)).toEqual(expected);
          expect(Number(ProtobufTraceSerializer.deserializeResponse(binary).partialSuccess?.rejectedSpans)).toBe(
            rejected,
          );
          expect(Number(ProtobufLogsSerializer.deserializeResponse(binary).partialSuccess?.rejectedLogRecords)).toBe(
            rejected,
          );
          const spans = json('rejectedSpans', rejected, errorMessage);
          const records = json('rejectedLogRecords', rejected, errorMessage);
          expect([readJsonResponse(spans), readJsonResponse(records)]).toEqual([expected, expected]);
          expect(Number(JsonTraceSerializer.deserializeResponse(spans).partialSuccess?.rejectedSpans)).toBe(rejected);
          expect(Number(JsonLogsSerializer.deserializeResponse(records).partialSuccess?.rejectedLogRecords)).toBe(
            rejected,
          );
        },
      ),
    );
  });

  it.each([
    ['nothing', ''],
    ['an empty partial success', '\n\0'],
    ['text', 'OK, thank you'],
    ['a torn message', '\n\x7f\x08'],
    ['a varint without an end', '\xff\xff\xff\xff\xff\xff\xff'],
    ['JSON of something else', '[1]'],
    ['null', 'null'],
    ['a partial success of null', '{"partialSuccess":null}'],
    ['a count that is none', '{"partialSuccess":{"rejectedSpans":"many"}}'],
  ])('of %s refuses nothing', (_what, text) => {
    expect(readProtoResponse(Buffer.from(text, 'latin1'))).toEqual({});
    expect(readJsonResponse(Buffer.from(text, 'latin1'))).toEqual({});
  });

  it('of any bytes is read without a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(() => [readProtoResponse(bytes), readJsonResponse(bytes)]).not.toThrow();
      }),
    );
  });
});
