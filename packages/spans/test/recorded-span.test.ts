import { type Attributes, ROOT_CONTEXT, type Span, SpanStatusCode, type TimeInput } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedSpan } from '../src/recorded-span.js';
import { inMemory, LIMITS, resource } from './in-memory.js';

/** What is told of a span, but its ids and the times that the clock gave it. */
function told(span: ReadableSpan) {
  const { name, kind, status, attributes, events, links, ended } = span;
  return {
    ...{ name, kind, status, attributes, links, ended },
    events: events.map(({ name: event, attributes: own, droppedAttributesCount }) => ({
      event,
      own,
      droppedAttributesCount,
    })),
    dropped: [span.droppedAttributesCount, span.droppedEventsCount, span.droppedLinksCount],
    scope: span.instrumentationScope.name,
    resource: span.resource.attributes,
    isRoot: span.parentSpanContext === undefined,
  };
}

function sdkSpan(name: string, attributes: Attributes, act: (span: Span) => void): ReadableSpan {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [new SimpleSpanProcessor(exporter)],
    spanLimits: {
      attributeCountLimit: LIMITS.attributeCount,
      attributeValueLengthLimit: LIMITS.attributeValueLength,
      eventCountLimit: LIMITS.eventsPerSpan,
      linkCountLimit: LIMITS.linksPerSpan,
      attributePerEventCountLimit: LIMITS.attributesPerEvent,
      attributePerLinkCountLimit: LIMITS.attributesPerLink,
    },
  });
  const span = provider.getTracer('spans', '1').startSpan(name, { attributes }, ROOT_CONTEXT);
  act(span);
  return exporter.getFinishedSpans()[0]!;
}

function ownSpan(name: string, attributes: Attributes, act: (span: Span) => void): ReadableSpan {
  const { start, ended } = inMemory();
  act(start(ROOT_CONTEXT, name, Object.freeze(attributes)));
  return ended[0]!;
}

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '');
const value = fc.oneof(
  fc.string({ maxLength: 12, unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.string({ maxLength: 12 }), { maxLength: 3 }),
  fc.constantFrom(null, undefined, { an: 'object' }, [1, 'mixed'], Number.NaN),
);
const attributes = fc.dictionary(key, value, { maxKeys: 6 }) as fc.Arbitrary<Attributes>;
/** The SDK's span lets null through in events and links and nowhere else; ours lets it through nowhere. */
const present = attributes.map((all) => Object.fromEntries(Object.entries(all).filter(([, v]) => v != null)));
const linked = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };

const step: fc.Arbitrary<(span: Span) => unknown> = fc.oneof(
  fc.tuple(key, value).map(
    ([k, v]) =>
      (span: Span) =>
        span.setAttribute(k, v as string),
  ),
  attributes.map((all) => (span: Span) => span.setAttributes(all)),
  fc.tuple(fc.string(), present).map(
    ([name, all]) =>
      (span: Span) =>
        span.addEvent(name, all),
  ),
  fc.string().map((name) => (span: Span) => span.addEvent(name, 1_795_000_000_000)),
  present.map((all) => (span: Span) => span.addLink({ context: linked, attributes: all })),
  present.map((all) => (span: Span) => span.addLinks([{ context: linked, attributes: all }, { context: linked }])),
  fc
    .record({
      code: fc.constantFrom(SpanStatusCode.UNSET, SpanStatusCode.OK, SpanStatusCode.ERROR),
      message: fc.string(),
    })
    .map((status) => (span: Span) => span.setStatus(status)),
  fc.string().map((name) => (span: Span) => span.updateName(name)),
  fc
    .constantFrom<unknown>('words', '', new TypeError('no'), { code: 12, message: 'coded' }, {}, null, {
      name: 'N',
      stack: 's',
    })
    .map((exception) => (span: Span) => span.recordException(exception as Error)),
);

describe('a recorded span', () => {
  it('tells what the span of the SDK tells, whatever is done with it', () => {
    fc.assert(
      fc.property(
        fc.string(),
        attributes,
        fc.array(step, { maxLength: 10 }),
        fc.array(step, { maxLength: 2 }),
        (name, all, steps, late) => {
          const act = (span: Span) => {
            for (const one of steps) one(span);
            span.end();
            for (const one of late) one(span);
            span.end();
          };
          expect(told(ownSpan(name, { ...all }, act))).toEqual(told(sdkSpan(name, all, act)));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('tells attributes that it was given to share as if they were its own, whatever came before and comes after', () => {
    const few = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.nat(9), { maxKeys: 4 });
    fc.assert(
      fc.property(few, few, few, few, few, (first, before, shared, more, after) => {
        const frozen = [shared, more].map((each) => Object.freeze({ ...each }));
        const one = ownSpan('one', { ...first }, (span) => {
          span.setAttributes(before);
          for (const each of frozen) (span as RecordedSpan).share(each);
          span.setAttributes(after).end();
        });
        const other = ownSpan('one', { ...first }, (span) => {
          for (const each of [before, shared, more, after]) span.setAttributes(each);
          span.end();
        });
        expect(told(one)).toEqual(told(other));
        expect(frozen).toEqual([shared, more]);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves the attributes alone that it shares with others', () => {
    const { start, ended } = inMemory();
    const shared = Object.freeze({ kind: 'sfc' });
    start(ROOT_CONTEXT, 'first', shared).setAttribute('kind', 'smc').end();
    start(ROOT_CONTEXT, 'second', shared).end();
    expect(ended.map((span) => span.attributes)).toEqual([{ kind: 'smc' }, { kind: 'sfc' }]);
    expect(shared).toEqual({ kind: 'sfc' });
  });

  it.each<[string, TimeInput, readonly [number, number]]>([
    ['milliseconds', 4_000_000_000_123, [4_000_000_000, 123_000_000]],
    ['a Date', new Date(4_000_000_000_123), [4_000_000_000, 123_000_000]],
    ['seconds and nanoseconds', [4_000_000_000, 7], [4_000_000_000, 7]],
  ])('ends at the time it is told, in %s', (_form, time, expected) => {
    const { start, ended } = inMemory();
    start(ROOT_CONTEXT).end(time);
    expect(ended[0]?.endTime).toEqual(expected);
  });

  it('never ends before it starts', () => {
    const { start, ended } = inMemory();
    start(ROOT_CONTEXT).end(1_000_000_000_000);
    expect(ended[0]?.endTime).toEqual(ended[0]?.startTime);
    expect(ended[0]?.duration).toEqual([0, 0]);
  });
});
