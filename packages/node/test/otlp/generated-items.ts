import {
  type Attributes,
  createNoopMeter,
  createTraceState,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { OwnSpanSource } from '@otel-monitor/spans';
import fc from 'fast-check';

const NO_METERS = { getMeter: () => createNoopMeter() };
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
  // and random, which goes with the trace id
  traceFlags: TraceFlags.SAMPLED | 0x02,
  isRemote: true,
  traceState: createTraceState('a=1,b=2'),
};

/** Everything that a span can have; of ours it is what an operation's span has. */
const anySpan = fc.record({
  isOurs: fc.boolean(),
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

type SpanPlan = typeof anySpan extends fc.Arbitrary<infer T> ? T : never;

const resource = resourceFromAttributes({ 'service.name': 'a "quoted" name' });

function makeSpans(plans: readonly SpanPlan[]): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const processor = new SimpleSpanProcessor(exporter);
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [processor],
    spanLimits: { attributeCountLimit: 3, eventCountLimit: 2 },
  });
  const ours = new OwnSpanSource({
    resource,
    limits: { ...{ attributeCount: 3, eventsPerSpan: 2, linksPerSpan: 128, attributeValueLength: 4096 }, ...perItem },
    sampling: { performanceSampleRate: 1, parentBased: true },
    meterProvider: NO_METERS,
    export: (span) => processor.onEnd(span),
    // a scope of its own: the official serializers do not agree on two scopes that say the same
  }).tracer({ name: 'ours', version: '1' });
  for (const plan of plans) {
    const context = plan.isRemoteChild ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
    const [name, version] = plan.scope;
    const span = plan.isOurs
      ? ours.start(
          { name: plan.name, attributes: Object.freeze(plan.attributes), isKept: plan.isRemoteChild },
          context,
          performance.now(),
        )
      : provider
          .getTracer(name, version, { schemaUrl: plan.schemaUrl })
          .startSpan(plan.name, { kind: plan.kind, attributes: plan.attributes, startTime: plan.startTime }, context);
    for (const linked of plan.links) span.addLink({ context: remote, attributes: linked });
    for (const event of plan.events) span.addEvent(event.name, event.attributes, plan.startTime);
    if (plan.status !== null) span.setStatus(plan.status);
    if (plan.isOurs) span.setAttributes({ later: plan.name }).end();
    else span.end(plan.startTime + plan.durationMillis);
  }
  return exporter.getFinishedSpans();
}

const perItem = { attributesPerEvent: 128, attributesPerLink: 128 };

/** Spans of the SDK and of ours, as they have ended. */
export const anySpans = fc.array(anySpan, { minLength: 1, maxLength: 6 }).map(makeSpans);

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

type RecordPlan = typeof anyRecord extends fc.Arbitrary<infer T> ? T : never;

function makeRecords(plans: readonly RecordPlan[]): ReadableLogRecord[] {
  const made: ReadableLogRecord[] = [];
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': 'logs' }),
    processors: [{ onEmit: (record) => void made.push(record), forceFlush: async () => {}, shutdown: async () => {} }],
  });
  for (const { inSpan, ...record } of plans) {
    const context = inSpan ? trace.setSpanContext(ROOT_CONTEXT, remote) : ROOT_CONTEXT;
    provider.getLogger('scope', '1').emit({ ...record, context });
  }
  return made;
}

/** Log records, as they were emitted. */
export const anyLogRecords = fc.array(anyRecord, { minLength: 1, maxLength: 4 }).map(makeRecords);
