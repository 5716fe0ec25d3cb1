import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { runtimeState } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { B3Propagator } from '../src/b3-propagator.js';
import { extract, type Headers, inject, inSpan, SPAN_ID, spanContextOf, TRACE_ID } from './carried.js';

const single = new B3Propagator();
const multi = new B3Propagator({ encoding: 'multi' });
const ids = `${TRACE_ID}-${SPAN_ID}`;
const remote = (traceFlags: number, traceId = TRACE_ID) => ({ traceId, spanId: SPAN_ID, traceFlags, isRemote: true });
const headers = (rest: Headers = {}): Headers => ({ 'x-b3-traceid': TRACE_ID, 'x-b3-spanid': SPAN_ID, ...rest });

beforeEach(() => {
  runtimeState.droppedHeaders = 0;
});

describe.each([
  ['single', single],
  ['multi', multi],
])('with %s, both encodings are read', (_encoding, propagator) => {
  it.each<[string, Headers, object]>([
    ['accepted', { b3: `${ids}-1` }, remote(1)],
    ['denied', { b3: `${ids}-0` }, remote(0)],
    ['debug', { b3: `${ids}-d` }, remote(1)],
    ['without a decision', { b3: ids }, remote(0)],
    ['with a parent', { b3: `${ids}-1-05e3ac9a4f6e3b90` }, remote(1)],
    ['with a parent and no decision', { b3: `${ids}-05e3ac9a4f6e3b90` }, remote(0)],
    ['a trace id of 64 bits', { b3: `${SPAN_ID}-${SPAN_ID}-1` }, remote(1, SPAN_ID.padStart(32, '0'))],
    ['whitespace around', { b3: ` ${ids}-1 ` }, remote(1)],
    ['the first of several', { b3: [`${ids}-1`, `${ids}-0`] }, remote(1)],
    ['the first of several that were joined', { b3: `${ids}-1, ${ids}-0` }, remote(1)],
    ['accepted, multi', headers({ 'x-b3-sampled': '1' }), remote(1)],
    ['denied, multi', headers({ 'x-b3-sampled': '0' }), remote(0)],
    ['without a decision, multi', headers(), remote(0)],
    ['debug, multi', headers({ 'x-b3-flags': '1' }), remote(1)],
    ['debug beside a denial', headers({ 'x-b3-flags': '1', 'x-b3-sampled': '0' }), remote(1)],
    ['flags of another kind', headers({ 'x-b3-flags': '0', 'x-b3-sampled': '1' }), remote(1)],
    ['words of old', headers({ 'x-b3-sampled': 'true' }), remote(1)],
    ['words of old that deny', headers({ 'x-b3-sampled': 'false' }), remote(0)],
    ['a trace id of 64 bits, multi', headers({ 'x-b3-traceid': SPAN_ID }), remote(0, SPAN_ID.padStart(32, '0'))],
    ['a parent, which is not used', headers({ 'x-b3-sampled': '1', 'x-b3-parentspanid': '-' }), remote(1)],
    ['the first value of each', headers({ 'x-b3-sampled': ['1', '0'] }), remote(1)],
    [
      'the single header before the others',
      { b3: `${ids}-1`, ...headers({ 'x-b3-traceid': 'f'.repeat(32) }) },
      remote(1),
    ],
    ['the others where the single one is not valid', { b3: 'x', ...headers({ 'x-b3-sampled': '1' }) }, remote(1)],
    [
      'the others where the single one is a decision alone',
      { b3: '0', ...headers({ 'x-b3-sampled': '1' }) },
      remote(1),
    ],
  ])('%s', (_what, given, expected) => {
    expect(spanContextOf(extract(propagator, given))).toEqual(expected);
    expect(runtimeState.droppedHeaders).toBe(0);
  });

  it.each<[string, unknown, number]>([
    ['no headers', {}, 0],
    ['no carrier', undefined, 0],
    ['a decision alone', { b3: '0' }, 1],
    ['a decision alone, multi', { 'x-b3-sampled': '0' }, 0],
    ['an empty header', { b3: '' }, 1],
    ['a trace id alone', { b3: TRACE_ID }, 1],
    ['ids of zeros', { b3: `${'0'.repeat(32)}-${SPAN_ID}-1` }, 1],
    ['a span id of zeros', { b3: `${TRACE_ID}-${'0'.repeat(16)}-1` }, 1],
    ['upper case', { b3: `${TRACE_ID.toUpperCase()}-${SPAN_ID}-1` }, 1],
    ['a trace id of 128 bits and more', { b3: `0${ids}-1` }, 1],
    ['a trace id of 48 digits', { b3: `${SPAN_ID}${ids}-1` }, 1],
    ['something in front', { b3: `xx${ids}-1` }, 1],
    ['a short span id', { b3: `${ids.slice(0, -1)}-1` }, 1],
    ['a decision that there is not', { b3: `${ids}-2` }, 1],
    ['a decision of two characters', { b3: `${ids}-01` }, 1],
    ['an empty decision', { b3: `${ids}-` }, 1],
    ['a parent that is none', { b3: `${ids}-1-x` }, 1],
    ['a part too many', { b3: `${ids}-1-${SPAN_ID}-1` }, 1],
    ['64 KB', { b3: `${ids}-1-${'a'.repeat(65_536)}` }, 1],
    ['64 KB of digits', { b3: 'a'.repeat(65_536) }, 1],
    ['64 KB of dashes', { b3: '-'.repeat(65_536) }, 1],
    ['a trace id alone, multi', { 'x-b3-traceid': TRACE_ID }, 1],
    ['a span id alone, multi', { 'x-b3-spanid': SPAN_ID }, 1],
    ['a short trace id, multi', headers({ 'x-b3-traceid': '1' }), 1],
    ['upper case, multi', headers({ 'x-b3-traceid': TRACE_ID.toUpperCase() }), 1],
    ['a decision that there is not, multi', headers({ 'x-b3-sampled': 'yes' }), 1],
    ['an empty decision, multi', headers({ 'x-b3-sampled': '' }), 1],
    ['64 KB, multi', headers({ 'x-b3-spanid': 'a'.repeat(65_536) }), 1],
    ['what is no text', { b3: 7, 'x-b3-traceid': 7, 'x-b3-spanid': [7] }, 0],
  ])('and not: %s', (_what, given, dropped) => {
    const before = inSpan({ traceId: 'f'.repeat(32) });
    expect(extract(propagator, given, before)).toBe(before);
    expect(runtimeState.droppedHeaders).toBe(dropped);
  });

  it('a debug flag goes on with the trace, and not with another', () => {
    for (const given of [{ b3: `${ids}-d` }, headers({ 'x-b3-flags': '1' })]) {
      const child = trace.setSpanContext(extract(propagator, given), {
        traceId: TRACE_ID,
        spanId: 'c'.repeat(16),
        traceFlags: 1,
      });
      expect(inject(single, child)).toEqual({ b3: `${TRACE_ID}-${'c'.repeat(16)}-d` });
      expect(inject(multi, child)).toEqual({
        'x-b3-traceid': TRACE_ID,
        'x-b3-spanid': 'c'.repeat(16),
        'x-b3-flags': '1',
      });
      const next = extract(propagator, { b3: `${ids}-1` }, child);
      expect(inject(single, next)).toEqual({ b3: `${ids}-1` });
    }
  });

  it('nothing is written without a valid span, or where tracing is suppressed', () => {
    expect(inject(propagator, ROOT_CONTEXT)).toEqual({});
    expect(inject(propagator, inSpan({ spanId: '0'.repeat(16) }))).toEqual({});
    expect(inject(propagator, suppressTracing(inSpan()))).toEqual({});
  });
});

describe('one encoding is written', () => {
  it('in one header', () => {
    expect(inject(single, inSpan())).toEqual({ b3: `${ids}-1` });
    expect(inject(single, inSpan({ traceFlags: 2 }))).toEqual({ b3: `${ids}-0` });
    expect(inject(single, inSpan({ traceId: TRACE_ID.toUpperCase() }))).toEqual({ b3: `${ids}-1` });
    expect(single.fields()).toEqual(['b3']);
  });

  it('in several', () => {
    expect(inject(multi, inSpan())).toEqual(headers({ 'x-b3-sampled': '1' }));
    expect(inject(multi, inSpan({ traceFlags: 0 }))).toEqual(headers({ 'x-b3-sampled': '0' }));
    expect(multi.fields()).toEqual(['x-b3-traceid', 'x-b3-spanid', 'x-b3-flags', 'x-b3-sampled']);
  });
});

it('of any text, what is read is written and read the same', () => {
  const part = fc.oneof(
    fc.constantFrom(TRACE_ID, SPAN_ID, '0', '1', 'd', ''),
    fc.string({ unit: fc.constantFrom(...'0aAd-, '), maxLength: 20 }),
  );
  const text = fc.array(part, { maxLength: 5 }).map((parts) => parts.join('-'));
  fc.assert(
    fc.property(text, part, part, part, (b3, traceId, spanId, sampled) => {
      const given = { b3, 'x-b3-traceid': traceId, 'x-b3-spanid': spanId, 'x-b3-sampled': sampled };
      const context = extract(single, given);
      for (const propagator of [single, multi]) {
        expect(spanContextOf(extract(propagator, inject(propagator, context)))).toEqual(spanContextOf(context));
      }
    }),
    { numRuns: 3000 },
  );
});
