import { createTraceState, propagation, ROOT_CONTEXT, type TraceState, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { runtimeState } from '@otel-monitor/runtime';
import { beforeEach, describe, expect, it } from 'vitest';
import { TraceContextPropagator } from '../src/trace-context-propagator.js';
import { extract, inject, inSpan, SPAN_ID, spanContextOf, TRACE_ID } from './carried.js';

const propagator = new TraceContextPropagator();
const traceparent = `00-${TRACE_ID}-${SPAN_ID}-01`;
const remote = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 1, isRemote: true };

beforeEach(() => {
  runtimeState.droppedHeaders = 0;
});

describe('extract', () => {
  it('continues the trace of both headers', () => {
    const context = extract(propagator, { traceparent, tracestate: 'rojo=1,congo=2' });
    expect(spanContextOf(context)).toEqual({ ...remote, traceState: 'rojo=1,congo=2' });
  });

  it.each([
    ['an array of one', { traceparent: [traceparent] }, remote],
    [
      'several tracestates as one list',
      { traceparent, tracestate: ['a=1,b=2', 'c=3', ''] },
      { ...remote, traceState: 'a=1,b=2,c=3' },
    ],
    ['an empty tracestate', { traceparent, tracestate: '' }, remote],
    ['a tracestate that is not valid', { traceparent, tracestate: 'A=1' }, remote],
    ['tracestates of which one is not valid', { traceparent, tracestate: ['a=1', 'B=1'] }, remote],
    ['values that are no text', { traceparent, tracestate: 7 }, remote],
  ])('%s', (_what, headers, expected) => {
    expect(spanContextOf(extract(propagator, headers))).toEqual(expected);
  });

  it.each([
    ['no headers', {}, 0],
    ['a tracestate alone', { tracestate: 'a=1' }, 0],
    ['several traceparents', { traceparent: [traceparent, traceparent] }, 1],
    ['several, of which one is empty', { traceparent: [traceparent, ''] }, 1],
    ['several, as Node joins them', { traceparent: `${traceparent}, ${traceparent}` }, 1],
    ['an empty array', { traceparent: [] }, 0],
    ['what is not valid', { traceparent: 'x', tracestate: 'a=1' }, 1],
    ['a number', { traceparent: 7 }, 0],
    ['an array of numbers', { traceparent: [7] }, 0],
    ['null', null, 0],
    ['undefined', undefined, 0],
    ['a text', 'traceparent', 0],
  ])('leaves the context as it was: %s', (_what, headers, dropped) => {
    const before = inSpan({ traceId: 'f'.repeat(32) });
    expect(extract(propagator, headers, before)).toBe(before);
    expect(runtimeState.droppedHeaders).toBe(dropped);
  });

  it('keeps what else the context has', () => {
    const key = Symbol('other');
    const context = extract(propagator, { traceparent }, ROOT_CONTEXT.setValue(key, 1));
    expect(context.getValue(key)).toBe(1);
  });
});

describe('inject', () => {
  it('writes both headers', () => {
    const traceState = createTraceState('rojo=1,congo=2');
    expect(inject(propagator, inSpan({ traceState }))).toEqual({ traceparent, tracestate: 'rojo=1,congo=2' });
  });

  it('writes a traceparent alone where there is no tracestate', () => {
    expect(inject(propagator, inSpan())).toEqual({ traceparent });
    expect(inject(propagator, inSpan({ traceState: createTraceState() }))).toEqual({ traceparent });
  });

  it('writes nothing without a span, for one that is not valid, and where tracing is suppressed', () => {
    expect(inject(propagator, ROOT_CONTEXT)).toEqual({});
    expect(inject(propagator, inSpan({ traceId: '0'.repeat(32) }))).toEqual({});
    expect(inject(propagator, inSpan({ spanId: 'short' }))).toEqual({});
    expect(inject(propagator, suppressTracing(inSpan()))).toEqual({});
  });

  it('sends no tracestate of others that is not valid', () => {
    const broken = createTraceState().set('a', '1\r\nx-evil: 1');
    expect(broken.serialize()).toContain('\r\n');
    expect(inject(propagator, inSpan({ traceState: broken }))).toEqual({ traceparent });
    const many = Array.from({ length: 40 }, (_, index) => `k${index}=1`);
    const state = { serialize: () => many.join(',') } as TraceState;
    expect(inject(propagator, inSpan({ traceState: state }))).toEqual({ traceparent });
    const none = { serialize: () => undefined } as never;
    expect(inject(propagator, inSpan({ traceState: none }))).toEqual({ traceparent });
  });

  it('cuts a tracestate of others', () => {
    const members = Array.from({ length: 10 }, (_, index) => `k${index}=${'v'.repeat(80)}`);
    const traceState = { serialize: () => members.join(',') } as TraceState;
    expect(inject(propagator, inSpan({ traceState })).tracestate).toBe(members.slice(0, 6).join(','));
  });

  it('names its headers', () => {
    expect(propagator.fields()).toEqual(['traceparent', 'tracestate']);
  });
});

describe('the random flag', () => {
  const random = { traceparent: `00-${TRACE_ID}-${SPAN_ID}-03` };
  const child = (traceId: string, traceFlags: number) => ({ traceId, spanId: 'c'.repeat(16), traceFlags });

  it('goes on where the spans between keep it', () => {
    const context = trace.setSpanContext(extract(propagator, random), child(TRACE_ID, 3));
    expect(inject(propagator, context).traceparent).toBe(`00-${TRACE_ID}-${'c'.repeat(16)}-03`);
  });

  it('goes on where they do not know it', () => {
    const context = trace.setSpanContext(extract(propagator, random), child(TRACE_ID, 0));
    expect(inject(propagator, context).traceparent).toBe(`00-${TRACE_ID}-${'c'.repeat(16)}-02`);
  });

  it('does not go on to another trace, nor from one that does not have it', () => {
    const restarted = trace.setSpanContext(extract(propagator, random), child('d'.repeat(32), 1));
    expect(inject(propagator, restarted).traceparent).toBe(`00-${'d'.repeat(32)}-${'c'.repeat(16)}-01`);
    const plain = trace.setSpanContext(extract(propagator, { traceparent }), child(TRACE_ID, 1));
    expect(inject(propagator, plain).traceparent).toBe(`00-${TRACE_ID}-${'c'.repeat(16)}-01`);
  });
});

it('is a propagator of the API', () => {
  propagation.setGlobalPropagator(propagator);
  try {
    const carrier = {};
    propagation.inject(propagation.extract(ROOT_CONTEXT, { traceparent }), carrier);
    expect(carrier).toEqual({ traceparent });
  } finally {
    propagation.disable();
  }
});
