import { type Attributes, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSpans, decodeTraceRequest } from './otlp-trace-request.mjs';

const text = fc.string({ unit: 'binary', maxLength: 200 });
/** An integer beyond 64 bits is one in the official JSON and a double in the official protobuf: not this reader's matter. */
const double = fc.double({ noNaN: true, min: -1e15, max: 1e15 });
const scalar = fc.oneof(text, fc.maxSafeInteger(), double, fc.boolean());
const attributes = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.oneof(scalar, fc.array(text), fc.array(fc.maxSafeInteger())),
  { maxKeys: 8 },
) as fc.Arbitrary<Attributes>;

/** A span with all that a span can hold. */
function spansOf(all: readonly Attributes[]) {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop' }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  for (const [index, own] of all.entries()) {
    const link = { traceId: '5'.repeat(32), spanId: '6'.repeat(16), traceFlags: TraceFlags.SAMPLED };
    const span = provider.getTracer(`scope ${index % 3}`, '1.0.0').startSpan(`span ${index}`, {
      attributes: own,
      kind: SpanKind.SERVER,
      links: [{ context: link, attributes: own }],
    });
    span.addEvent('happened', own);
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'no tile' });
    span.end();
  }
  return exporter.getFinishedSpans();
}

function protobuf(all: readonly Attributes[]) {
  const spans = spansOf(all);
  return { bytes: Buffer.from(ProtobufTraceSerializer.serializeRequest(spans)!), spans };
}

/** What protobuf leaves out and JSON writes: a field that has its type's empty value. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      // the kind of a value is always written
      .filter(([name, field]) => name.endsWith('Value') || !(field === 0 || field === '' || (field as []).length === 0))
      .map(([name, field]) => [name, withoutDefaults(field)])
      .sort(),
  );
}

describe('a trace request in protobuf', () => {
  it('says the same as its JSON form, as the official serializers write both', () => {
    fc.assert(
      fc.property(fc.array(attributes, { minLength: 1, maxLength: 6 }), (all) => {
        const { bytes, spans } = protobuf(all);
        const json = JSON.parse(Buffer.from(JsonTraceSerializer.serializeRequest(spans)!).toString('utf8'));
        expect(withoutDefaults(decodeTraceRequest(bytes))).toEqual(withoutDefaults(json));
        expect(countSpans(bytes)).toBe(all.length);
      }),
      { numRuns: 200 },
    );
  });

  it('is counted without being read', () => {
    expect(countSpans(protobuf(Array.from({ length: 512 }, (_, i) => ({ i }))).bytes)).toBe(512);
    expect(countSpans(Buffer.alloc(0))).toBe(0);
  });

  it('throws when it is cut off anywhere within a message', () => {
    const { bytes } = protobuf([{ rom_type: 'sfc' }]);
    for (let length = 1; length < bytes.length; length += 1) {
      expect(() => decodeTraceRequest(bytes.subarray(0, length))).toThrow('cut off');
    }
  });

  it('throws at a field that it does not know, which would be left out of a comparison', () => {
    // field 17 of a request, a varint
    expect(() => decodeTraceRequest(Buffer.from([0x88, 0x01, 0x01]))).toThrow('field 17 is not known here');
    // wire type 3, a group
    expect(() => decodeTraceRequest(Buffer.from([0x0b]))).toThrow('wire type 3');
    // field 1, which is a message, as a varint
    expect(() => decodeTraceRequest(Buffer.from([0x08, 0x01]))).toThrow('a message was expected');
  });
});
