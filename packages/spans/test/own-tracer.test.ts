import { createTraceState, ROOT_CONTEXT, type SpanContext, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { ParentBasedSampler, SamplingDecision, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base';
import { describe, expect, it } from 'vitest';
import { inMemory } from './in-memory.js';

const remote = (traceFlags: TraceFlags, traceId = '0af7651916cd43dd8448eb211c80319c'): SpanContext => ({
  traceId,
  spanId: 'b7ad6b7169203331',
  traceFlags,
  isRemote: true,
  traceState: createTraceState('vendor=1'),
});
const under = (parent: SpanContext) => trace.setSpanContext(ROOT_CONTEXT, parent);

describe('the one decision of a root', () => {
  it('samples 10 % of 100,000 roots, not 1 %, and each child with its root', async () => {
    const { start, ended, counts } = inMemory({ performanceSampleRate: 0.1 });
    const sdk = new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(0.1) });
    let different = 0;
    for (let i = 0; i < 100_000; i += 1) {
      const root = start(ROOT_CONTEXT, 'root');
      const child = start(trace.setSpan(ROOT_CONTEXT, root), 'child');
      if (child.isSampled !== root.isSampled) different += 1;
      // the rule of the SDK's sampler, on the same trace id: a library's span of this trace is decided on alike
      const { decision } = sdk.shouldSample(ROOT_CONTEXT, root.spanContext().traceId, 'x', 0, {}, []);
      if ((decision === SamplingDecision.RECORD_AND_SAMPLED) !== root.isSampled) different += 1;
      child.end();
      root.end();
    }
    expect(different).toBe(0);
    const roots = ended.filter((span) => span.name === 'root').length;
    // six standard deviations of a binomial distribution
    expect(Math.abs(roots - 10_000)).toBeLessThan(6 * Math.sqrt(100_000 * 0.1 * 0.9));
    expect(ended).toHaveLength(2 * roots);
    expect(await counts('otel.sdk.span.started')).toEqual({
      'none RECORD_AND_SAMPLE': roots,
      'none DROP': 100_000 - roots,
      'local RECORD_AND_SAMPLE': roots,
      'local DROP': 100_000 - roots,
    });
    expect(await counts('otel.sdk.span.live')).toEqual({ RECORD_AND_SAMPLE: 0 });
  });

  it('gives no two of them one id', () => {
    const { start } = inMemory({ performanceSampleRate: 0 });
    const ids = Array.from({ length: 10_000 }, () => start(ROOT_CONTEXT).spanContext());
    expect(new Set(ids.map(({ traceId }) => traceId)).size).toBe(10_000);
    expect(new Set(ids.map(({ spanId }) => spanId)).size).toBe(10_000);
    for (const { traceId, spanId } of ids) {
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(spanId).toMatch(/^[0-9a-f]{16}$/);
    }
  });
});

describe('what began elsewhere', () => {
  it.each([
    ['a sampled parent', TraceFlags.SAMPLED, 0, true],
    ['one that was not', TraceFlags.NONE, 1, false],
  ])('keeps the decision of %s, its trace and its state', async (_what, flags, performanceSampleRate, isSampled) => {
    const { start, ended, counts } = inMemory({ performanceSampleRate });
    const span = start(under(remote(flags)));
    const { traceId, traceFlags, traceState, spanId } = span.spanContext();
    expect([traceId, traceFlags, traceState?.serialize()]).toEqual([remote(flags).traceId, flags, 'vendor=1']);
    expect(spanId).not.toBe(remote(flags).spanId);
    expect(span.isRecording()).toBe(isSampled);
    span.end();
    expect(ended.map(({ parentSpanContext }) => parentSpanContext)).toEqual(
      isSampled ? [expect.objectContaining({ spanId: remote(flags).spanId, isRemote: true })] : [],
    );
    expect(await counts('otel.sdk.span.started')).toMatchObject({
      [`remote ${isSampled ? 'RECORD_AND_SAMPLE' : 'DROP'}`]: 1,
    });
  });

  it.each([
    ['sampled', 3, 3],
    ['not sampled', 2, 2],
    ['sampled, with reserved flags', 0xff, 3],
  ])('keeps the random flag of a caller: %s', (_what, given, expected) => {
    const { start, ended } = inMemory();
    const span = start(under(remote(given)));
    const child = start(trace.setSpan(ROOT_CONTEXT, span), 'child');
    expect([span, child].map((each) => each.spanContext().traceFlags)).toEqual([expected, expected]);
    child.end();
    expect(ended.map((each) => each.parentSpanContext?.traceFlags)).toEqual(expected === 3 ? [3] : []);
  });

  it('sets the flag for no trace of its own, and keeps it where the decision is another', () => {
    expect(inMemory().start(ROOT_CONTEXT).spanContext().traceFlags).toBe(1);
    const all = inMemory({ parentBased: false });
    expect(all.start(under(remote(2 as TraceFlags))).spanContext().traceFlags).toBe(3);
    const none = inMemory({ parentBased: false, performanceSampleRate: 0 });
    expect(none.start(under(remote(3 as TraceFlags))).spanContext().traceFlags).toBe(2);
  });

  it('is decided on anew by its trace id where the sampler does not look at parents', () => {
    const sampled = inMemory({ performanceSampleRate: 1, parentBased: false });
    expect(sampled.start(under(remote(TraceFlags.NONE))).isSampled).toBe(true);
    const dropped = inMemory({ performanceSampleRate: 0, parentBased: false });
    expect(dropped.start(under(remote(TraceFlags.SAMPLED))).isSampled).toBe(false);
  });

  it('without valid ids it is a root', () => {
    const { start, ended } = inMemory();
    start(under({ ...remote(TraceFlags.SAMPLED), traceId: '0'.repeat(32) })).end();
    start(under({ ...remote(TraceFlags.SAMPLED), spanId: 'no' })).end();
    expect(ended.map((span) => span.parentSpanContext)).toEqual([undefined, undefined]);
  });
});

describe('a child', () => {
  it('is in the trace of its parent, whether that is recorded or not', () => {
    for (const performanceSampleRate of [0, 1]) {
      const { start } = inMemory({ performanceSampleRate });
      const parent = start(ROOT_CONTEXT);
      const child = start(trace.setSpan(ROOT_CONTEXT, parent));
      expect(child.spanContext().traceId).toBe(parent.spanContext().traceId);
      expect(child.spanContext().spanId).not.toBe(parent.spanContext().spanId);
      expect(parent.spanContext()).toBe(parent.spanContext());
    }
  });

  it('is within the times of its parent, to the nanosecond', () => {
    const { start, ended } = inMemory();
    const parent = start(ROOT_CONTEXT, 'parent');
    for (let i = 0; i < 100; i += 1) start(trace.setSpan(ROOT_CONTEXT, parent), 'child').end();
    parent.end();
    const nanos = ([seconds, rest]: [number, number]) => BigInt(seconds) * 1_000_000_000n + BigInt(rest);
    const [{ startTime, endTime }] = ended.slice(-1) as [(typeof ended)[number]];
    let before = nanos(startTime);
    for (const child of ended.slice(0, -1)) {
      expect(nanos(child.startTime)).toBeGreaterThanOrEqual(before);
      before = nanos(child.startTime);
      expect(nanos(child.endTime)).toBeLessThanOrEqual(nanos(endTime));
    }
    expect(Number(nanos(startTime) / 1_000_000n) - Date.now()).toBeLessThan(1000);
  });
});

it('has the kind and the links that it was started with, the links within their limit', () => {
  const { startAs, ended } = inMemory();
  const link = (spanId: string) => ({ context: { ...remote(TraceFlags.SAMPLED), spanId } });
  startAs(SpanKind.CONSUMER, [link('1111111111111111'), link('2222222222222222')]).end();
  expect(ended.map(({ kind, links, droppedLinksCount }) => [kind, links, droppedLinksCount])).toEqual([
    [SpanKind.CONSUMER, [link('2222222222222222')], 1],
  ]);
});

it('where tracing is suppressed there is no trace, and nothing is counted', async () => {
  const { start, ended, counts } = inMemory();
  const span = start(suppressTracing(ROOT_CONTEXT));
  expect(trace.isSpanContextValid(span.spanContext())).toBe(false);
  expect(start(trace.setSpan(suppressTracing(ROOT_CONTEXT), span)).isSampled).toBe(false);
  span.end();
  expect(ended).toEqual([]);
  expect(await counts('otel.sdk.span.started')).toEqual({});
});
