import { type Span, type TracerProvider, trace } from '@opentelemetry/api';
import { afterEach, expect, it } from 'vitest';
import { Operations } from '../../src/operations.js';

afterEach(() => trace.disable());

it('a tracer that writes into the attributes it is given starts its spans, and changes nothing of the next', () => {
  const given: object[] = [];
  const span: Span = trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 0 });
  const startSpan = (_name: string, { attributes = {} }: { attributes?: Record<string, unknown> } = {}) => {
    given.push({ ...attributes });
    attributes['vendor.kind'] = 'internal';
    return span;
  };
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) } as unknown as TracerProvider);
  const operations = new Operations({ name: 'spritepal' }, () => 'id');
  for (let run = 0; run < 2; run += 1) {
    operations.run('work', undefined, (operation) => expect(operation.span).toBe(span));
  }
  expect(given).toEqual([{ 'monitor.operation.name': 'work' }, { 'monitor.operation.name': 'work' }]);
});
