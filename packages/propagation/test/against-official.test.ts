import { createTraceState, ROOT_CONTEXT, type TextMapPropagator } from '@opentelemetry/api';
import { W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { B3InjectEncoding, B3Propagator as OfficialB3 } from '@opentelemetry/propagator-b3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { B3Propagator } from '../src/b3-propagator.js';
import { BaggagePropagator } from '../src/baggage-propagator.js';
import { TraceContextPropagator } from '../src/trace-context-propagator.js';
import { entriesOf, extract, inject, inSpan, spanContextOf, withBaggage } from './carried.js';

/**
 * Held against OpenTelemetry's own propagators, on headers about which they follow the specifications. Where they do not is
 * left out by the generators: of a tracestate they keep what is valid of an invalid list, and know level 1's keys; of
 * traceparent they keep reserved flags; of baggage they drop empty values, decode keys, and want less than 4,096 characters
 * of a member; of B3 they take ids of any length.
 */
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const ids = fc.tuple(hex(32), hex(16));

describe('W3C Trace Context', () => {
  const [ours, official] = [new TraceContextPropagator(), new W3CTraceContextPropagator()];
  const version = fc.constantFrom('00', '01', 'fe', 'ff', '0x', 'AA');
  const flags = fc.constantFrom('00', '01', '02', '03', '0', '0x');
  const appended = fc.constantFrom('', '-', '-x', 'x', '-01-02');
  const traceparent = fc
    .tuple(version, fc.oneof(ids, fc.constant(['0'.repeat(32), '0'.repeat(16)])), flags, appended)
    .map(([first, pair, last, more]) => `${first}-${pair.join('-')}-${last}${more}`);
  const key = fc.stringMatching(/^[a-z][a-z0-9_*/-]{0,6}(@[a-z][a-z0-9]{0,3})?$/);
  const member = fc.tuple(key, fc.stringMatching(/^[!-+\--<>-~]{1,20}$/)).map((pair) => pair.join('='));
  const tracestate = fc
    .uniqueArray(member, { maxLength: 8, selector: (text) => text.split('=')[0] })
    .chain((members) => fc.constantFrom(members.join(','), members.join(' ,\t'), `,${members.join(',,')}`));

  it('is read alike', () => {
    fc.assert(
      fc.property(traceparent, tracestate, (parent, state) => {
        const headers = { traceparent: parent, tracestate: state };
        expect(withoutEmptyState(spanContextOf(extract(ours, headers)))).toEqual(
          withoutEmptyState(spanContextOf(extract(official, headers))),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('is written alike', () => {
    fc.assert(
      fc.property(ids, fc.nat(3), tracestate, ([traceId, spanId], traceFlags, state) => {
        const context = inSpan({ traceId, spanId, traceFlags, traceState: createTraceState(state) });
        expect(inject(ours, context)).toEqual(withoutEmptyHeaders(inject(official, context)));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('W3C Baggage', () => {
  const [ours, official] = [new BaggagePropagator(), new W3CBaggagePropagator()];
  // theirs loses one name
  const name = fc.stringMatching(/^[a-zA-Z0-9._-]{1,10}$/).filter((text) => text !== '__proto__');
  const entries = fc.dictionary(
    name,
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => text.trim() === text),
    {
      maxKeys: 10,
      noNullPrototype: true,
    },
  );

  it.each<[string, TextMapPropagator, TextMapPropagator]>([
    ['ours is read by theirs', ours, official],
    ['theirs is read by ours', official, ours],
  ])('%s', (_what, writer, reader) => {
    fc.assert(
      fc.property(entries, (given) => {
        expect(entriesOf(extract(reader, inject(writer, withBaggage(given))))).toEqual(given);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('B3', () => {
  const given = fc.tuple(fc.oneof(hex(32), hex(16)), hex(16), fc.constantFrom('0', '1', undefined));
  const singles = given.map((parts) => ({ b3: parts.filter((part) => part !== undefined).join('-') }));
  const multis = given.map(([traceId, spanId, sampled]) => ({
    'x-b3-traceid': traceId,
    'x-b3-spanid': spanId,
    ...(sampled !== undefined && { 'x-b3-sampled': sampled }),
  }));

  it.each<[string, TextMapPropagator, TextMapPropagator]>([
    ['single', new B3Propagator(), new OfficialB3()],
    [
      'multi',
      new B3Propagator({ encoding: 'multi' }),
      new OfficialB3({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
    ],
  ])('%s is read and written alike', (_encoding, ours, official) => {
    fc.assert(
      fc.property(fc.oneof<fc.Arbitrary<object>[]>(singles, multis), (headers) => {
        const context = extract(ours, headers);
        expect(spanContextOf(context)).toEqual(spanContextOf(extract(official, headers)));
        expect(inject(ours, context)).toEqual(inject(official, context));
      }),
      { numRuns: 1000 },
    );
  });
});

it('all three write nothing into an empty context', () => {
  for (const propagator of [new TraceContextPropagator(), new BaggagePropagator(), new B3Propagator()]) {
    expect(inject(propagator, ROOT_CONTEXT)).toEqual({});
  }
});

/** They keep a list without members, which they write as an empty header. */
function withoutEmptyState(spanContext: unknown): unknown {
  const { traceState, ...rest } = (spanContext ?? {}) as { traceState?: string };
  return traceState ? { ...rest, traceState } : rest;
}

function withoutEmptyHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
}
