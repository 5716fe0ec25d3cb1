import { ROOT_CONTEXT, type TextMapGetter, type TextMapPropagator, trace } from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { B3Propagator } from '../src/b3-propagator.js';
import { BaggagePropagator } from '../src/baggage-propagator.js';
import { TraceContextPropagator } from '../src/trace-context-propagator.js';
import { extract, inSpan, withBaggage } from './carried.js';

const context = withBaggage({ a: '1' });
const inSpanWithBaggage = trace.setSpanContext(context, trace.getSpanContext(inSpan())!);

const throws = () => {
  throw new Error('carrier');
};
const throwing: TextMapGetter = { get: throws, keys: throws };

beforeEach(() => {
  runtimeState.droppedHeaders = 0;
});

describe.each<[string, TextMapPropagator]>([
  ['TraceContextPropagator', new TraceContextPropagator()],
  ['BaggagePropagator', new BaggagePropagator()],
  ['B3Propagator', new B3Propagator()],
  ['B3Propagator, multi', new B3Propagator({ encoding: 'multi' })],
])('%s', (_name, propagator) => {
  it('gives the context as it was when a getter throws', () => {
    expect(propagator.extract(inSpanWithBaggage, {}, throwing)).toBe(inSpanWithBaggage);
    expect(propagator.extract(inSpanWithBaggage, {}, {} as never)).toBe(inSpanWithBaggage);
    expect(runtimeState.droppedHeaders).toBe(2);
  });

  it('lets a call go on when a setter throws, or takes nothing', () => {
    propagator.inject(inSpanWithBaggage, {}, { set: throws });
    propagator.inject(inSpanWithBaggage, {}, undefined as never);
    propagator.inject(inSpanWithBaggage, Object.freeze({}), {
      set: (carrier, key, value) => Object.assign(carrier, { [key]: value }),
    });
    expect(runtimeState.droppedHeaders).toBe(3);
  });

  it('writes nothing of a span that cannot say who it is', () => {
    const broken = trace.setSpan(ROOT_CONTEXT, { spanContext: throws } as never);
    const written: unknown[] = [];
    propagator.inject(broken, {}, { set: (...args) => written.push(args) });
    expect(written).toEqual([]);
  });

  it('reads a proxy, a Map, a class and numbers as carriers without headers', () => {
    for (const carrier of [new Map([['b3', '1']]), 7, Symbol('x'), new (class {})(), () => {}]) {
      expect(extract(propagator, carrier, context)).toBe(context);
    }
    expect(extract(propagator, new Proxy({}, { get: throws }), context)).toBe(context);
  });

  it('never throws, and takes no longer for it than its bounds let it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0a-=,; \t\r\n%;b@'), maxLength: 300 }),
    );
    const value = fc.oneof(text, fc.array(text), fc.anything());
    fc.assert(
      fc.property(fc.array(value, { minLength: 7, maxLength: 7 }), (values) => {
        const names = ['traceparent', 'tracestate', 'baggage', 'b3', 'x-b3-traceid', 'x-b3-spanid', 'x-b3-sampled'];
        const carrier = Object.fromEntries(names.map((name, index) => [name, values[index]]));
        const read = extract(propagator, carrier);
        propagator.inject(read, {}, { set: (_carrier, _key, written) => expect(written).toMatch(/^[ -~]+$/) });
      }),
      { numRuns: 1000 },
    );
  });

  it('reads megabytes in the time that a glance takes', () => {
    const flood = [',', '=', ';', ' ', 'a', '-', '%', 'a=b,', 'a=b;', 'a=%C3,', '0'].map((part) =>
      part.repeat(1_000_000 / part.length),
    );
    const start = process.cpuUsage();
    for (const text of flood) {
      for (const value of [text, Array.from({ length: 100 }, () => text.slice(0, 1000)), ` 00-${text}`]) {
        extract(propagator, {
          traceparent: value,
          tracestate: value,
          baggage: value,
          b3: value,
          'x-b3-traceid': value,
          'x-b3-spanid': value,
        });
        extract(propagator, { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, tracestate: value });
      }
    }
    // 33 megabytes; a quadratic reader takes hours for one of them
    expect(process.cpuUsage(start).user).toBeLessThan(10_000_000);
  });
});
