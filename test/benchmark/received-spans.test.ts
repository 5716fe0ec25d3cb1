import { type Attributes, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { describe, expect, it } from 'vitest';
import { otlpSpans } from './received-spans.mjs';

interface Recorded {
  readonly service?: string;
  readonly scope?: string;
  readonly name?: string;
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  readonly status?: SpanStatusCode;
  readonly event?: boolean;
  readonly isChild?: boolean;
}

function record(recorded: Recorded = {}): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': recorded.service ?? 'benchmark' }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer(recorded.scope ?? 'benchmark', '1.0.0');
  const parent = { traceId: '5'.repeat(32), spanId: '6'.repeat(16), traceFlags: 1 };
  const from = recorded.isChild ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  const attributes = recorded.attributes ?? { rom_type: 'sfc', sprites: 1 };
  const span = tracer.startSpan(recorded.name ?? 'extraction', { attributes, kind: recorded.kind ?? 0 }, from);
  if (recorded.event) span.addEvent('exception');
  if (recorded.status !== undefined) span.setStatus({ code: recorded.status });
  span.end();
  return exporter.getFinishedSpans();
}

const json = (spans: ReadableSpan[]) => request('application/json', JsonTraceSerializer.serializeRequest(spans)!);
const protobuf = (spans: ReadableSpan[]) =>
  request('application/x-protobuf', ProtobufTraceSerializer.serializeRequest(spans)!);

function request(contentType: string, body: Uint8Array) {
  return { path: '/v1/traces', contentType, body: Buffer.from(body).toString('base64') };
}

describe('the spans that arrived', () => {
  it('are told as one literal, ids and times checked and left out', () => {
    expect(otlpSpans([json(record())])).toEqual([
      {
        service: { stringValue: 'benchmark' },
        scope: { name: 'benchmark', version: '1.0.0' },
        name: 'extraction',
        kind: 1,
        attributes: { rom_type: { stringValue: 'sfc' }, sprites: { intValue: 1 } },
        events: 0,
        links: 0,
        status: 0,
        isRoot: true,
        flags: 257,
        hasIds: true,
        hasTimes: true,
      },
    ]);
  });

  it('are equal in JSON and in protobuf, however they are spread over requests', () => {
    const first = record({ attributes: { sprites: 1, rom_type: 'sfc' } });
    const second = record({ attributes: { rom_type: 'sfc', sprites: 2 } });
    const together = otlpSpans([json([...first, ...second])]);
    expect(together).toHaveLength(2);
    expect(otlpSpans([protobuf(second), protobuf(first)])).toEqual(together);
    expect(otlpSpans([json(second), protobuf(first)])).toEqual(together);
  });

  it.each<[string, Recorded]>([
    ['another service', { service: 'other' }],
    ['another scope', { scope: 'other' }],
    ['another name', { name: 'other' }],
    ['another kind', { kind: SpanKind.CLIENT }],
    ['an attribute less', { attributes: { sprites: 1 } }],
    ['an attribute more', { attributes: { rom_type: 'sfc', sprites: 1, more: true } }],
    ['another value', { attributes: { rom_type: 'nes', sprites: 1 } }],
    ['a value of another type', { attributes: { rom_type: 'sfc', sprites: '1' } }],
    ['a status', { status: SpanStatusCode.ERROR }],
    ['an event', { event: true }],
    ['a parent', { isChild: true }],
  ])('differ by %s', (_what, recorded) => {
    const same = otlpSpans([json(record())]);
    for (const write of [json, protobuf]) {
      expect(otlpSpans([write(record())])).toEqual(same);
      expect(otlpSpans([write(record(recorded))])).not.toEqual(same);
    }
  });

  it('are seen to lack an id or to end before they began', () => {
    const [span] = record() as [ReadableSpan];
    const changed = (change: Partial<ReadableSpan>) =>
      otlpSpans([json([Object.assign(Object.create(span), change)])])[0];
    const noIds = { traceId: '0'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 };
    expect(changed({})).toMatchObject({ hasIds: true, hasTimes: true });
    expect(changed({ spanContext: () => noIds })).toMatchObject({ hasIds: false });
    expect(changed({ endTime: [span.startTime[0] - 1, 0] })).toMatchObject({ hasTimes: false });
  });

  it('are those of the traces alone', () => {
    expect(otlpSpans([{ ...json(record()), path: '/v1/metrics' }])).toEqual([]);
  });
});
