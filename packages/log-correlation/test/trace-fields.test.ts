import { context, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { Operations } from '@otel-monitor/operations';
import { recordTelemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activeTraceFields } from '../src/trace-fields.js';
import { fields, inSpan, keepContext } from './in-span.js';

describe('the fields of the active span', () => {
  let forget: () => void;
  beforeEach(() => {
    forget = keepContext();
  });
  afterEach(() => forget());

  it.each([
    [0, '00'],
    [1, '01'],
    [3, '03'],
    [255, 'ff'],
    [256 + 1, '01'],
  ])('flags %d are %s', (flags, text) => {
    expect(inSpan(activeTraceFields, flags)).toEqual({ ...fields, trace_flags: text });
  });

  it('are an object of the caller’s each time', () => {
    inSpan(() => expect(activeTraceFields()).not.toBe(activeTraceFields()));
  });

  it('are none outside a span', () => {
    expect(activeTraceFields()).toBeUndefined();
  });

  it.each([
    ['zeros', { traceId: '0'.repeat(32) }],
    ['a line break', { traceId: 'x\n'.repeat(16) }],
    ['no id', { spanId: '' }],
  ])('are none where the ids are %s', (_what, ids) => {
    expect(inSpan(activeTraceFields, 1, ids)).toBeUndefined();
  });

  it('are none where the span throws', () => {
    const span = {
      spanContext() {
        throw new Error('refused');
      },
    };
    context.with(trace.setSpan(ROOT_CONTEXT, span as unknown as Span), () => {
      expect(activeTraceFields()).toBeUndefined();
    });
  });
});

describe.each(['own', 'api'] as const)('operations whose spans are made by: %s', (operationSpans) => {
  const operations = new Operations({ name: 'logs' }, () => 'id');

  it.each([
    ['sampled', 1, '01'],
    ['not sampled', 0, '00'],
  ])('one that is %s', (_what, sampleRate, trace_flags) => {
    using _telemetry = recordTelemetry({ operationSpans, sampleRate });
    operations.run('outer', undefined, (outer) => {
      operations.run('inner', undefined, (inner) => {
        expect(activeTraceFields()).toEqual({ trace_id: outer.traceId, span_id: inner.spanId, trace_flags });
      });
      expect(activeTraceFields()?.span_id).toBe(outer.spanId);
    });
    expect(activeTraceFields()).toBeUndefined();
  });
});
