import {
  type Attributes,
  createTraceState,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import {
  JsonLogsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOtlpProtobuf } from '../../../../test/e2e/otlp-protobuf.js';
import { type EncodedItem, ItemEncoder, type ItemOrigin } from '../../src/otlp/encoded-item.js';
import { ItemWriter } from '../../src/otlp/item-writer.js';
import { jsonItem, jsonRequest } from '../../src/otlp/json-request.js';
import { logRecordJson } from '../../src/otlp/log-record-json.js';
import { writeLogRecord } from '../../src/otlp/log-record-proto.js';
import { protoRequest } from '../../src/otlp/proto-request.js';
import { spanJson } from '../../src/otlp/span-json.js';
import { writeSpan } from '../../src/otlp/span-proto.js';

const parse = (bytes: Uint8Array | undefined) => JSON.parse(new TextDecoder().decode(bytes));

/** A batch as it is written: each item as it ends, then the request around them. */
function batchOf<T extends ItemOrigin>(
  write: (writer: ItemWriter, item: T) => void,
  request: (batch: readonly EncodedItem[]) => Uint8Array,
): (items: readonly T[]) => Uint8Array {
  const encoder = new ItemEncoder<T>(new ItemWriter(), write);
  return (items) => {
    const batch = items.map((item) => encoder.encode(item));
    const body = request(batch);
    encoder.release(batch);
    return body;
  };
}

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

const spansJson = batchOf(
  jsonItem(spanJson),
  jsonRequest({ resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans' }),
);
const recordsJson = batchOf(
  jsonItem(logRecordJson),
  jsonRequest({ resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords' }),
);
const spansProto = batchOf(writeSpan, protoRequest());
const recordsProto = batchOf(writeLogRecord, protoRequest());

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const attributeValue = fc.oneof(
  fc.string({ unit: 'binary' }),
  finite,
  fc.integer(),
  fc.constantFrom(-0, 1e21, 5e-324, Number.MAX_SAFE_INTEGER, Number.NaN, Number.POSITIVE_INFINITY),
  fc.boolean(),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.array(finite, { maxLength: 3 }),
  fc.array(fc.boolean(), { maxLength: 3 }),
);
const attributes = fc.dictionary(
  fc.string({ minLength: 1, unit: 'binary' }).filter((key) => key !== '__proto__'),
  attributeValue,
  { maxKeys: 5 },
) as fc.Arbitrary<Attributes>;
const remote = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
  traceState: createTraceState('a=1,b=2'),
};

/** Everything that a span can have. */
const anySpan = fc.record({
  name: fc.string({ unit: 'binary' }),
  kind: fc.constantFrom(SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER),
  attributes,
  scope: fc.constantFrom(['one', '1.0'], ['one', undefined], ['two', '']) as fc.Arbitrary<[string, string | undefined]>,
  schemaUrl: fc.option(fc.constant('https://opentelemetry.io/schemas/1.45.0'), { nil: undefined }),
  isRemoteChild: fc.boolean(),
  events: fc.array(fc.record({ name: fc.string(), attributes }), { maxLength: 3 }),
  links: fc.array(attributes, { maxLength: 2 }),
  status: fc.option(
    fc.record({ code: fc.constantFrom(SpanStatusCode.OK, SpanStatusCode.ERROR), message: fc.string() }),
  ),
  startTime: fc.integer({ min: 0, max: 2e12 }),
  durationMillis: fc.integer({ min: 0, max: 1e9 }),
});

function makeSpans(plans: readonly (typeof anySpan extends fc.Arbitrary<infer T> ? T : never)[]): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'a "quoted" name' }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
    spanLimits: { attributeCountLimit: 3, eventCountLimit: 2 },
  });
  for (const plan of plans) {
    const context = plan.isRemoteChild ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
    const [name, version] = plan.scope;
    const span = provider.getTracer(name, version, { schemaUrl: plan.schemaUrl }).startSpan(
      plan.name,
      {
        kind: plan.kind,
        attributes: plan.attributes,
        links: plan.links.map((linked) => ({ context: remote, attributes: linked })),
        startTime: plan.startTime,
      },
      context,
    );
    for (const event of plan.events) span.addEvent(event.name, event.attributes, plan.startTime);
    if (plan.status !== null) span.setStatus(plan.status);
    span.end(plan.startTime + plan.durationMillis);
  }
  return exporter.getFinishedSpans();
}

describe('what is written as items end is what the official serializer writes', () => {
  test('of spans', () => {
    fc.assert(
      fc.property(fc.array(anySpan, { minLength: 1, maxLength: 6 }), (plans) => {
        const made = makeSpans(plans);
        expect(parse(spansJson(made))).toEqual(parse(JsonTraceSerializer.serializeRequest(made)));
        expect(readSpans(spansProto(made))).toEqual(readSpans(ProtobufTraceSerializer.serializeRequest(made)));
      }),
      { numRuns: 500 },
    );
  });

  test('of log records', () => {
    const anyBody = fc.oneof(
      fc.string({ unit: 'binary' }),
      finite,
      fc.boolean(),
      fc.object({ maxDepth: 2 }),
      fc.constant(undefined),
    );
    const anyRecord = fc.record(
      {
        body: anyBody as fc.Arbitrary<string>,
        attributes,
        severityNumber: fc.integer({ min: 0, max: 24 }),
        severityText: fc.string(),
        eventName: fc.string(),
        timestamp: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
        inSpan: fc.boolean(),
      },
      { requiredKeys: ['inSpan'] },
    );
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 1, maxLength: 4 }), (plans) => {
        const made: ReadableLogRecord[] = [];
        const provider = new LoggerProvider({
          resource: resourceFromAttributes({ 'service.name': 'logs' }),
          processors: [
            { onEmit: (record) => void made.push(record), forceFlush: async () => {}, shutdown: async () => {} },
          ],
        });
        for (const { inSpan, ...record } of plans) {
          const context = inSpan ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
          provider.getLogger('scope', '1').emit({ ...record, context });
        }
        expect(parse(recordsJson(made))).toEqual(parse(JsonLogsSerializer.serializeRequest(made)));
        expect(readLogRecords(recordsProto(made))).toEqual(
          readLogRecords(ProtobufLogsSerializer.serializeRequest(made)),
        );
      }),
      { numRuns: 500 },
    );
  });
});
