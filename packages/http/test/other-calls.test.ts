import { type Context, context, ROOT_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callOfOthers } from '../src/client/other-calls.js';
import { UndiciHeaders } from '../src/client/undici-headers.js';
import { noteTracer } from '../src/index.js';
import { countingBeside, hasSentry } from '../src/other-recorders.js';

const OURS = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const HTTP = { name: 'http', isInContext: true } as const;
const UNDICI = { name: 'undici', isInContext: false } as const;
const headers = (...list: string[]) => new UndiciHeaders({ headers: list });
const within = (span: Span): Context => trace.setSpan(ROOT_CONTEXT, span);
const unsampled = (spanId = SPAN) => trace.wrapSpanContext({ traceId: OURS, spanId, traceFlags: 0 });

let telemetry: Telemetry;
const { spanSource, metrics } = runtimeState;
const sentry = globalThis as { __SENTRY__?: unknown };

beforeEach(() => {
  telemetry = recordTelemetry();
  // attached: of what others have registered nothing is known
  runtimeState.spanSource = undefined;
});
afterEach(() => {
  telemetry.stop();
  Object.assign(runtimeState, { spanSource, metrics });
  delete sentry.__SENTRY__;
});

describe('a request of node:http that is seen in the context of the span that sends it', () => {
  const start = (scope: string, kind: SpanKind) => trace.getTracer(scope).startSpan('GET', { kind });

  it('is recorded by the official instrumentation where that span is its own', () => {
    const span = start('@opentelemetry/instrumentation-http', SpanKind.CLIENT);
    expect(callOfOthers(headers(), within(span), HTTP)?.span).toBe(span);
  });

  it.each([
    ['some-database', SpanKind.CLIENT],
    ['@opentelemetry/instrumentation-http', SpanKind.SERVER],
  ])('is not recorded where it is a span of %s of kind %i', (scope, kind) => {
    const span = start(scope, kind);
    const written = headers('traceparent', `00-${OURS}-${span.spanContext().spanId}-01`);
    expect(callOfOthers(written, within(span), HTTP)).toBeUndefined();
  });

  it('is told by its headers where the span is not sampled', () => {
    expect(callOfOthers(headers('traceparent', `00-${OURS}-${SPAN}-00`), within(unsampled()), HTTP)).toBeDefined();
    expect(
      callOfOthers(headers('traceparent', `00-${OURS}-00f067aa0ba902b7-00`), within(unsampled()), HTTP),
    ).toBeUndefined();
    expect(callOfOthers(headers(), within(unsampled()), HTTP)).toBeUndefined();
  });
});

describe('a request that only its headers tell of', () => {
  const other = '00f067aa0ba902b7';

  it('is recorded by whoever wrote a span that is not the active one', () => {
    const found = callOfOthers(headers('traceparent', `00-${OURS}-${other}-01`), within(unsampled()), UNDICI);
    expect(found?.span.spanContext()).toMatchObject({ traceId: OURS, spanId: other, traceFlags: 1 });
  });

  it.each([
    ['there are none', []],
    ['they were made of the active span', ['traceparent', `00-${OURS}-${SPAN}-00`]],
    ['Datadog wrote them', ['traceparent', `00-${OURS}-${other}-01`, 'tracestate', `a=1,dd=s:1;p:${other};t.dm:-1`]],
  ])('is recorded by nobody where %s', (_, list) => {
    expect(callOfOthers(headers(...list), within(unsampled()), UNDICI)).toBeUndefined();
  });

  it('is not looked for where the providers are ours and nobody has asked them', () => {
    runtimeState.spanSource = { tracer: () => undefined as never } as never;
    const written = headers('traceparent', `00-${OURS}-${other}-01`);
    expect(callOfOthers(written, ROOT_CONTEXT, UNDICI)).toBeUndefined();
    noteTracer('some-library');
    expect(callOfOthers(written, ROOT_CONTEXT, UNDICI)).toBeUndefined();
    noteTracer('@opentelemetry/instrumentation-undici');
    expect(callOfOthers(written, ROOT_CONTEXT, UNDICI)).toBeDefined();
  });

  it('whatever they are, nothing throws', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant(`00-${OURS}-${other}-01`));
    const name = fc.constantFrom('traceparent', 'tracestate', 'sentry-trace', 'b3', 'baggage');
    sentry.__SENTRY__ = { version: '10', '10': { acs: { startInactiveSpan: () => {} } } };
    fc.assert(
      fc.property(fc.array(fc.tuple(name, text)), (list) => {
        callOfOthers(headers(...list.flat()), within(unsampled()), UNDICI);
        callOfOthers(headers(...list.flat()), within(unsampled()), HTTP);
      }),
    );
  });
});

describe('Sentry', () => {
  const written = headers('sentry-trace', `${OURS}-00f067aa0ba902b7-1`);
  const through = { version: '10.0.0', '10.0.0': { acs: { startInactiveSpan: () => {} } } };

  it('that traces through OpenTelemetry has recorded a request by its header', () => {
    sentry.__SENTRY__ = through;
    expect(callOfOthers(written, ROOT_CONTEXT, HTTP)?.span.spanContext().spanId).toBe('00f067aa0ba902b7');
  });

  it('has not where its header is that of the active span, or no span was decided on', () => {
    sentry.__SENTRY__ = through;
    expect(callOfOthers(written, within(unsampled('00f067aa0ba902b7')), HTTP)).toBeUndefined();
    expect(callOfOthers(headers('sentry-trace', `${OURS}-00f067aa0ba902b7`), ROOT_CONTEXT, HTTP)).toBeUndefined();
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [{}],
    [{ version: '11' }],
    [{ version: '11', '11': {} }],
    [{ version: '11', '11': { acs: { withScope: () => {} } } }],
  ])('that has a system of its own is none of ours (%j)', (carrier) => {
    sentry.__SENTRY__ = carrier;
    expect(hasSentry()).toBe(false);
    expect(callOfOthers(written, ROOT_CONTEXT, HTTP)).toBeUndefined();
  });
});

describe('who counts beside another instrumentation', () => {
  it('beside the official one: its owner, and we on our page', () => {
    runtimeState.metrics = 'attached';
    expect(countingBeside(trace.getTracer('@opentelemetry/instrumentation-http').startSpan('a'), 'http')).toBe('here');
    expect(countingBeside(unsampled(), 'undici')).toBe('here');
  });

  it('beside a vendor: we everywhere', () => {
    runtimeState.metrics = 'attached';
    expect(countingBeside(trace.getTracer('@sentry/node').startSpan('a'), 'http')).toBe('everywhere');
  });

  it('beside the official one that has no meter of ours, where the metrics are ours: we', () => {
    runtimeState.metrics = 'own';
    expect(
      countingBeside(
        context.with(ROOT_CONTEXT, () => unsampled()),
        'undici',
      ),
    ).toBe('everywhere');
  });
});
