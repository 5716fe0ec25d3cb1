import { context, createTraceState, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { type HistogramPoint, recordTelemetry } from '@otel-monitor/testing';
import { describe, expect, it } from 'vitest';
import { Operations } from '../src/operations.js';

const operations = new Operations({ name: 'spritepal' }, () => 'id');
const inject = () => {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier;
};

describe.each(['own', 'api'] as const)(
  'an operation whose root is not sampled, spans made by: %s',
  (operationSpans) => {
    it('hands on its trace with flag 00, and what runs inside agrees', () => {
      using telemetry = recordTelemetry({ sampleRate: 0, operationSpans });
      const seen = operations.run('outer', undefined, (outer) => {
        const library = trace.getTracer('library').startSpan('library');
        const inner = operations.run('inner', undefined, (operation) => ({ id: operation.traceId, carrier: inject() }));
        return { outer, library, inner, carrier: inject() };
      });
      const { traceId, spanId } = seen.outer;
      expect(seen.carrier.traceparent).toBe(`00-${traceId}-${spanId}-00`);
      expect(seen.inner.carrier.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
      expect(seen.inner.carrier.traceparent).not.toContain(spanId);
      expect(seen.library.isRecording()).toBe(false);
      expect(seen.library.spanContext().traceId).toBe(traceId);
      expect(telemetry.spans()).toEqual([]);
    });

    it('keeps the state of the trace that it continues', () => {
      using _telemetry = recordTelemetry({ operationSpans });
      const parent = trace.setSpanContext(ROOT_CONTEXT, {
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
        traceFlags: 0,
        isRemote: true,
        traceState: createTraceState('vendor=1'),
      });
      const carrier = operations.run('continued', { parent }, inject);
      expect(carrier.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
      expect(carrier.tracestate).toBe('vendor=1');
    });

    it('is measured all the same', async () => {
      using telemetry = recordTelemetry({ sampleRate: 0, operationSpans });
      for (let i = 0; i < 10; i += 1) operations.run('work', { dimensions: { half: i % 2 } }, () => i);
      expect(() => operations.run('work', undefined, () => JSON.parse('{'))).toThrow(SyntaxError);
      const points = await telemetry.metric('monitor.operation.duration');
      expect(
        points.map((point) => [point.attributes.half, point.attributes['error.type'], (point as HistogramPoint).count]),
      ).toEqual([
        [0, undefined, 5],
        [1, undefined, 5],
        [undefined, 'SyntaxError', 1],
      ]);
      const dropped = await telemetry.metric('otel.sdk.span.started', { 'otel.span.sampling_result': 'DROP' });
      expect(dropped).toMatchObject(operationSpans === 'own' ? [{ value: 11 }] : []);
    });

    it('does not keep one inside of a sampled parent from being sampled with it', () => {
      using telemetry = recordTelemetry({ sampleRate: 0, operationSpans });
      const parent = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
      operations.run('outer', { parent }, () => operations.run('inner', undefined, () => {}));
      expect(telemetry.traces().map(({ name, children }) => [name, children?.map((child) => child.name)])).toEqual([
        ['outer', ['inner']],
      ]);
    });
  },
);
