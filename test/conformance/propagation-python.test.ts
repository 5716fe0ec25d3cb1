import { fileURLToPath } from 'node:url';
import {
  baggageEntryMetadataFromString,
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import { B3Propagator, BaggagePropagator, readTraceState, TraceContextPropagator } from '@otel-monitor/propagation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PYTHON_OPENTELEMETRY } from './python-opentelemetry.js';
import { preparePython, runPython } from './python-packages.js';

/**
 * A caller in one language and a callee in the other: what OpenTelemetry's own propagators of Python make of our headers, and
 * we of theirs.
 */
const script = fileURLToPath(new URL('propagate.py', import.meta.url));
const python = preparePython(PYTHON_OPENTELEMETRY);

type Name = 'tracecontext' | 'baggage' | 'b3' | 'b3multi';
type Headers = Record<string, string>;
interface SpanFields {
  traceId: string;
  spanId: string;
  traceFlags: number;
  traceState: string;
}
interface Extracted {
  span: SpanFields | null;
  baggage: Record<string, string>;
}

const OURS: Record<Name, TextMapPropagator> = {
  tracecontext: new TraceContextPropagator(),
  baggage: new BaggagePropagator(),
  b3: new B3Propagator(),
  b3multi: new B3Propagator({ encoding: 'multi' }),
};

function theirsRead(name: Name, headers: readonly Record<string, string | string[]>[]): Extracted[] {
  const items = headers.map((each) => ({
    propagator: name,
    headers: Object.fromEntries(Object.entries(each).map(([key, value]) => [key, [value].flat()])),
  }));
  return runPython(python!, script, ['extract'], JSON.stringify(items)) as Extracted[];
}

function theirsWrite(name: Name, contexts: readonly { span?: SpanFields; baggage?: object }[]): Headers[] {
  const items = contexts.map(({ span, baggage }) => ({
    propagator: name,
    span: span && { ...span, traceState: membersOf(span.traceState) },
    baggage,
  }));
  return runPython(python!, script, ['inject'], JSON.stringify(items)) as Headers[];
}

function oursRead(name: Name, headers: Record<string, string | string[]>): Extracted {
  const context = OURS[name].extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
  const span = trace.getSpanContext(context);
  const entries = propagation.getBaggage(context)?.getAllEntries() ?? [];
  return {
    span: span === undefined ? null : fieldsOf(span),
    baggage: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
  };
}

function fieldsOf({ traceId, spanId, traceFlags, traceState }: NonNullable<ReturnType<typeof trace.getSpanContext>>) {
  return { traceId, spanId, traceFlags, traceState: traceState?.serialize() ?? '' };
}

function oursWrite(name: Name, { span, baggage }: { span?: SpanFields; baggage?: Record<string, string> }): Headers {
  let context = ROOT_CONTEXT;
  if (span !== undefined) {
    const traceState = readTraceState(span.traceState);
    context = trace.setSpanContext(context, { ...span, traceState } as never);
  }
  if (baggage !== undefined) {
    const entries = Object.fromEntries(Object.entries(baggage).map(([key, value]) => [key, { value }]));
    context = propagation.setBaggage(context, propagation.createBaggage(entries));
  }
  const headers: Headers = {};
  OURS[name].inject(context, headers, defaultTextMapSetter);
  return headers;
}

const membersOf = (list: string) => (list === '' ? [] : list.split(',').map((member) => member.split(/=(.*)/s, 2)));

/** 300 of each, the same in every run. */
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.sample(arbitrary, { numRuns: 300, seed: 5 });
const hex = (length: number) =>
  fc
    .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
    .filter((text) => !/^0+$/.test(text));
/** Keys that level 1 knows too. */
const key = fc.stringMatching(/^([a-z][a-z0-9_*/-]{0,8}|[a-z0-9][a-z0-9_*/-]{0,5}@[a-z][a-z0-9]{0,4})$/);
const value = fc.stringMatching(/^[ -+\--<>-~]{0,10}[!-+\--<>-~]$/);
const traceState = fc
  .uniqueArray(fc.tuple(key, value), { maxLength: 12, selector: ([name]) => name })
  .map((members) => members.map((member) => member.join('=')).join(','));
const spans = some(
  fc.record({ traceId: hex(32), spanId: hex(16), traceFlags: fc.nat(3), traceState }) as fc.Arbitrary<SpanFields>,
);
/** Names that are tokens; not those that Python takes for percent-encoded. */
const name = fc.stringMatching(/^[!#$&'*.^_`|~0-9A-Za-z-]{1,10}$/).filter((text) => text !== '__proto__');
/** Python strips the whitespace around values. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 15 }),
    fc.constantFrom('a b', '1+1', 'x=y;z,"\\', '100%', '%41', '日本 💼'),
  )
  .filter((each) => each.trim() === each && !/\p{Cc}/u.test(each));
const baggages = some(fc.dictionary(name, text, { minKeys: 1, maxKeys: 8, noNullPrototype: true }));

describe.skipIf(python === undefined)('propagation to and from Python (needs Python)', () => {
  it('trace context: Python reads what we write', () => {
    const headers = spans.map((span) => oursWrite('tracecontext', { span }));
    expect(theirsRead('tracecontext', headers).map(({ span }) => span)).toEqual(spans);
  });

  it('trace context: we read what Python writes', () => {
    const headers = theirsWrite(
      'tracecontext',
      spans.map((span) => ({ span })),
    );
    expect(headers.map((each) => oursRead('tracecontext', each).span)).toEqual(spans);
  });

  it('trace context: of headers that are valid or nearly we make the same', () => {
    const parent = fc
      .tuple(
        fc.constantFrom('00', '00', '01', 'fe', 'ff', '0', 'AA'),
        fc.oneof(hex(32), fc.constantFrom('0'.repeat(32), 'A'.repeat(32), 'a'.repeat(31))),
        fc.oneof(hex(16), fc.constantFrom('0'.repeat(16), 'A'.repeat(16), 'a'.repeat(17))),
        fc.constantFrom('00', '01', '02', '03', '0', '0x', 'AA'),
      )
      .map((parts) => parts.join('-'));
    const traceparent = fc
      .tuple(fc.constantFrom('', ' ', '\t '), parent, fc.constantFrom('', '', '-', '-x', 'x', ' \t'))
      .map((parts) => parts.join(''));
    const broken = fc.constantFrom('A=1', 'a', '=1', 'a=', 'a=1=2', 'a =1', 'a=ü', '', ' ', '\t');
    const tracestate = fc.array(fc.oneof(traceState, traceState, broken), { maxLength: 3 });
    const headers = some(fc.record({ traceparent, tracestate })).filter((each) => isReadAlike(each.tracestate));
    const theirs = theirsRead('tracecontext', headers);
    expect(headers.length).toBeGreaterThan(200);
    expect(theirs.filter(({ span }) => span !== null).length).toBeGreaterThan(20);
    expect(headers.map((each) => oursRead('tracecontext', each))).toEqual(theirs);
  });

  it('baggage: Python reads what we write', () => {
    const headers = baggages.map((baggage) => oursWrite('baggage', { baggage }));
    expect(theirsRead('baggage', headers).map(({ baggage }) => baggage)).toEqual(baggages);
  });

  it('baggage: we read what Python writes, where a space is a plus, which W3C Baggage does not know', () => {
    const headers = theirsWrite(
      'baggage',
      baggages.map((baggage) => ({ baggage })),
    );
    expect(headers.map((each) => oursRead('baggage', each).baggage)).toEqual(
      baggages.map((baggage) =>
        Object.fromEntries(Object.entries(baggage).map(([key, each]) => [quotedName(key), each.replaceAll(' ', '+')])),
      ),
    );
  });

  it('baggage: Python takes the properties that we keep for a part of the value', () => {
    const entry = { value: 'v', metadata: baggageEntryMetadataFromString('p;q=1') };
    const context = propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ k: entry }));
    const headers: Headers = {};
    OURS.baggage.inject(context, headers, defaultTextMapSetter);
    expect(theirsRead('baggage', [headers])[0]?.baggage).toEqual({ k: 'v;p;q=1' });
  });

  it.each(['b3', 'b3multi'] as const)('%s: each reads what the other writes', (encoding) => {
    const known = spans.map((span) => ({ ...span, traceFlags: span.traceFlags & 1, traceState: '' }));
    const ours = known.map((span) => oursWrite(encoding, { span }));
    const theirs = theirsWrite(
      encoding,
      known.map((span) => ({ span })),
    );
    expect(ours).toEqual(theirs);
    for (const reader of ['b3', 'b3multi'] as const) {
      expect(theirsRead(reader, ours).map(({ span }) => span)).toEqual(known);
      expect(theirs.map((each) => oursRead(reader, each).span)).toEqual(known);
    }
  });

  it('b3: of headers that are valid or nearly we make the same', () => {
    const part = (length: number) =>
      fc.oneof(hex(length), fc.constantFrom('0'.repeat(length), 'a'.repeat(length + 1), 'g'.repeat(length)));
    const traceId = fc.oneof(part(32), part(16));
    const multi = fc.record({
      'x-b3-traceid': traceId,
      'x-b3-spanid': part(16),
      'x-b3-sampled': fc.constantFrom('0', '1', 'true'),
      'x-b3-flags': fc.constantFrom('0', '1'),
    });
    const single = fc
      .tuple(traceId, part(16), fc.constantFrom('0', '1', 'd'), fc.constantFrom('', `-${'b'.repeat(16)}`))
      .map(([first, second, decision, more]) => ({ b3: `${first}-${second}-${decision}${more}` }));
    const headers: Headers[] = some(fc.oneof(multi, single));
    const theirs = theirsRead('b3', headers);
    expect(theirs.filter(({ span }) => span !== null).length).toBeGreaterThan(20);
    expect(headers.map((each) => oursRead('b3', each))).toEqual(theirs);
  });
});

/** Python refuses a list in which a key comes twice, where level 2 lets it be kept, and one that we would cut. */
function isReadAlike(lists: readonly string[]): boolean {
  const list = lists.join(',');
  const keys = list
    .split(',')
    .map((member) => member.trim().split('=')[0])
    .filter((each) => each !== '');
  return new Set(keys).size === keys.length && list.length <= 512;
}

/** Python percent-encodes the marks of a token, which stand for themselves. */
function quotedName(token: string): string {
  return encodeURIComponent(token).replace(/[!'*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
