import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { PropagatorName } from '@otel-monitor/config';
import { createMonitor } from '@otel-monitor/monitor';
import { afterEach, describe, expect, test } from 'vitest';
import { startMonitoring } from '../src/index.js';
import { passContextThrough } from '../src/pass-through.js';
import { createPropagator } from '../src/propagator.js';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const ids = `${TRACE_ID}-${SPAN_ID}`;

const passedOn = (names: readonly PropagatorName[], headers: Record<string, string>) => {
  const carrier: Record<string, string> = {};
  const propagator = createPropagator(names);
  const get = (from: Record<string, string>, key: string) => from[key];
  const read = propagator.extract(ROOT_CONTEXT, headers, { get, keys: Object.keys });
  propagator.inject(read, carrier, {
    set: (to: Record<string, string>, key, value) => void Object.assign(to, { [key]: value }),
  });
  return carrier;
};

afterEach(() => {
  context.disable();
  propagation.disable();
  trace.disable();
});

describe('the propagators of a configuration', () => {
  test('read and write what they are named after', () => {
    const headers = { traceparent: `00-${ids}-01`, tracestate: 'a=1', baggage: 'b=2' };
    expect(passedOn(['tracecontext', 'baggage'], headers)).toEqual(headers);
    expect(passedOn(['tracecontext'], headers)).toEqual({ traceparent: `00-${ids}-01`, tracestate: 'a=1' });
    expect(passedOn(['baggage'], headers)).toEqual({ baggage: 'b=2' });
    expect(passedOn([], headers)).toEqual({});
    expect(passedOn(['b3'], { b3: `${ids}-1` })).toEqual({ b3: `${ids}-1` });
    expect(passedOn(['b3multi'], { b3: `${ids}-1` })).toEqual({
      'x-b3-traceid': TRACE_ID,
      'x-b3-spanid': SPAN_ID,
      'x-b3-sampled': '1',
    });
  });

  test('may be several: the last that finds a parent wins, and all write', () => {
    const other = `${'f'.repeat(32)}-${'e'.repeat(16)}`;
    const headers = { traceparent: `00-${ids}-01`, b3: `${other}-0` };
    expect(passedOn(['tracecontext', 'b3'], headers)).toEqual({ traceparent: `00-${other}-00`, b3: `${other}-0` });
    expect(passedOn(['b3', 'tracecontext'], headers)).toEqual({ traceparent: `00-${ids}-01`, b3: `${ids}-1` });
    expect(passedOn(['b3', 'tracecontext'], { b3: `${other}-0` }).traceparent).toBe(`00-${other}-00`);
  });
});

test('context that is passed through keeps all that its headers say', () => {
  passContextThrough(['tracecontext', 'baggage']);
  const headers = { traceparent: `00-${ids}-03`, tracestate: 'a=1', baggage: 'b=2;p=1' };
  const carrier = {};
  context.with(propagation.extract(ROOT_CONTEXT, headers), () => propagation.inject(context.active(), carrier));
  expect(carrier).toEqual(headers);
});

test('the random flag of a caller goes on through operations and through spans of libraries, which do not know it; what is not valid is counted', async () => {
  const monitoring = await startMonitoring({
    server: false,
    host: { enabled: false },
    captureUncaught: false,
    signals: false,
  });
  try {
    const monitor = createMonitor({ name: 'random' });
    const before = monitoring.status().dropped.headers;
    const seen: string[] = [];
    const write = () => {
      const carrier: { traceparent?: string } = {};
      propagation.inject(context.active(), carrier);
      seen.push(carrier.traceparent ?? 'none');
    };
    const incoming = propagation.extract(ROOT_CONTEXT, { traceparent: `00-${ids}-03` });
    context.with(incoming, () => {
      monitor.operation('outer', () => {
        write();
        trace.getTracer('library').startActiveSpan('library', (span) => {
          expect(span.spanContext().traceFlags).toBe(1);
          write();
          monitor.operation('inner', write);
          span.end();
        });
      });
    });
    monitor.operation('of its own', write);
    expect(seen.map((header) => header.slice(0, 36))).toEqual([
      ...Array.from({ length: 3 }, () => `00-${TRACE_ID}-`),
      expect.not.stringContaining(TRACE_ID),
    ]);
    expect(monitoring.status().dropped.headers).toBe(before);
    propagation.extract(ROOT_CONTEXT, { traceparent: 'broken', baggage: 'a,b,c=1' });
    expect(monitoring.status().dropped.headers).toBe(before + 3);
    expect(seen.map((header) => header.slice(-3))).toEqual(['-03', '-03', '-03', '-01']);
  } finally {
    await monitoring.shutdown({ timeoutMillis: 1000 });
  }
});
