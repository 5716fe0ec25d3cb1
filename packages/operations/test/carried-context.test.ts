import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { redirectReports, runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extractContext, injectContext } from '../src/carried-context.js';
import { Operations } from '../src/operations.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const traceparent = `00-${traceId}-${spanId}-01`;
const refuse = (): never => {
  throw new Error('refused');
};

let telemetry: Telemetry;
let lines: string[];
let restore: () => void;
const operations = new Operations({ name: 'queue' }, () => 'id');
beforeEach(() => {
  telemetry = recordTelemetry();
  lines = [];
  restore = redirectReports((line) => lines.push(line));
});
afterEach(() => {
  restore();
  telemetry.stop();
});

const sender = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1 });
const baggage = propagation.createBaggage({ tenant: { value: 'acme corp' } });
const senderWithBaggage = propagation.setBaggage(sender, baggage);
const spanIn = (carrier: unknown) => trace.getSpanContext(extractContext(carrier));
const remote = { traceId, spanId, traceFlags: 1, isRemote: true };

class Pairs extends Array<[string, string]> {}
/** Headers as a client of NATS has them. */
class MessageHeaders {
  readonly values = new Map<string, string[]>();
  get(name: string): string {
    return this.values.get(name)?.[0] ?? '';
  }
  set(name: string, value: string): void {
    this.values.set(name, [value]);
  }
}

describe('what is injected into a carrier is extracted from it', () => {
  it.each<[string, () => object]>([
    ['a plain object', () => ({})],
    ['an object without prototype', () => Object.create(null)],
    ['data of a job', () => ({ picture: 'cat.png', size: 3, get: 'text', set: null })],
    ['a Map', () => new Map()],
    ['Headers', () => new Headers({ accept: '*/*' })],
    ['pairs', () => [['accept', '*/*']]],
    ['a subclass of arrays', () => new Pairs()],
    ['headers of a message client', () => new MessageHeaders()],
  ])('%s', (_what, make) => {
    const carrier = make();
    expect(injectContext(carrier, { context: senderWithBaggage })).toBe(carrier);
    const received = extractContext(carrier);
    expect(trace.getSpanContext(received)).toEqual(remote);
    expect(propagation.getBaggage(received)?.getAllEntries()).toEqual([['tenant', { value: 'acme corp' }]]);
    expect(lines).toEqual([]);
  });

  it('as text under the names that the propagators have', () => {
    expect(injectContext({ picture: 'cat.png' }, { context: senderWithBaggage })).toEqual({
      picture: 'cat.png',
      traceparent,
      baggage: 'tenant=acme%20corp',
    });
    expect(injectContext([], { context: sender })).toEqual([['traceparent', traceparent]]);
  });

  it('after JSON, as job data travels', () => {
    const text = JSON.stringify({ picture: 'cat.png', trace: injectContext({}, { context: sender }) });
    expect(spanIn(JSON.parse(text).trace)).toEqual(remote);
  });

  it.each<[string, unknown]>([
    ['Buffers', { traceparent: Buffer.from(traceparent) }],
    ['other bytes', { traceparent: new TextEncoder().encode(traceparent) }],
    ['a part of a larger buffer', { traceparent: Buffer.from(`xx${traceparent}yy`).subarray(2, 57) }],
    ['a list of one Buffer', { traceparent: [Buffer.from(traceparent)] }],
    ['a name in capitals', { TraceParent: traceparent }],
    ['pairs with Buffers', [['Traceparent', Buffer.from(traceparent)]]],
    ['a prototype of its own', Object.assign(Object.create({ traceparent: 'garbage' }), { traceparent })],
  ])('%s', (_what, carrier) => {
    expect(spanIn(carrier)).toEqual(remote);
  });

  it('a name as it is written comes before the same one in capitals', () => {
    expect(spanIn({ TRACEPARENT: 'garbage', traceparent })).toEqual(remote);
  });

  it('a tracestate goes with its traceparent', () => {
    const received = extractContext({ traceparent, tracestate: 'vendor=1,other=2' });
    expect(injectContext({}, { context: received })).toEqual({ traceparent, tracestate: 'vendor=1,other=2' });
  });

  it('any text and bytes of baggage', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }), fc.boolean(), (value, asBytes) => {
        const given = propagation.setBaggage(sender, propagation.createBaggage({ key: { value } }));
        const carrier: Record<string, unknown> = injectContext({}, { context: given });
        if (asBytes) for (const [name, text] of Object.entries(carrier)) carrier[name] = Buffer.from(String(text));
        const received = propagation.getBaggage(extractContext(carrier));
        // the propagator trims what stands at the ends
        expect(received?.getEntry('key')?.value.trim() ?? '').toBe(value.trim());
      }),
    );
  });
});

describe('which context is written', () => {
  it('the current one', () => {
    operations.run('send', undefined, ({ traceId, spanId }) => {
      expect(injectContext({})).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });
    });
  });

  it('that of an operation, by itself or by name, or a given one', () => {
    const operation = operations.start('send', undefined);
    const expected = { traceparent: `00-${operation.traceId}-${operation.spanId}-01` };
    expect(injectContext({}, operation)).toEqual(expected);
    expect(injectContext({}, { operation })).toEqual(expected);
    expect(injectContext({}, { context: operation.context })).toEqual(expected);
    expect(injectContext({}, operation.context as never)).toEqual(expected);
    operation.end();
  });

  it.each([[null], [7], [{ context: 3 }], [{ operation: {} }]])('%o is none: the current one', (from) => {
    context.with(sender, () => expect(injectContext({}, from as never)).toEqual({ traceparent }));
  });

  it('where there is no trace the carrier stays as it is', () => {
    expect(injectContext({ traceparent, tracestate: 'a=1' })).toEqual({ traceparent, tracestate: 'a=1' });
  });
});

describe('a carrier that was used before', () => {
  it.each<[string, object, unknown]>([
    ['an object', { traceparent: 'old', tracestate: 'old=1', Baggage: 'old=1', kept: 'x' }, { kept: 'x', traceparent }],
    [
      'pairs',
      [
        ['TraceParent', 'old'],
        ['kept', 'x'],
        ['tracestate', 'old=1'],
        ['traceparent', 'older'],
      ],
      [
        ['traceparent', traceparent],
        ['kept', 'x'],
      ],
    ],
  ])('%s loses what another context left in it, and nothing else', (_what, carrier, expected) => {
    expect(injectContext(carrier, { context: sender })).toEqual(expected);
  });

  it('a Map and Headers too', () => {
    const old = { traceparent: 'old', tracestate: 'old=1', kept: 'x' };
    expect([...injectContext(new Map(Object.entries(old)), { context: sender })]).toEqual([
      ['traceparent', traceparent],
      ['kept', 'x'],
    ]);
    expect([...injectContext(new Headers(old), { context: sender })]).toEqual([
      ['kept', 'x'],
      ['traceparent', traceparent],
    ]);
  });
});

describe('what is no valid carrier starts a new trace', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a text', traceparent],
    ['a function', () => traceparent],
    ['an empty object', {}],
    ['garbage', { traceparent: 'garbage' }],
    ['a value of another type', { traceparent: { value: traceparent } }],
    ['a list of nothing', { traceparent: [null, 7] }],
    ['a field of the prototype', Object.create({ traceparent })],
    ['bytes that are no text', { traceparent: Buffer.from([0xff, 0xfe, 0]) }],
    ['a text of a megabyte', { traceparent: traceparent + 'x'.repeat(1_000_000) }],
    ['a getter that throws', Object.defineProperty({}, 'traceparent', { get: refuse, enumerable: true })],
    [
      'a proxy that throws',
      new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse }),
    ],
    ['accessors that throw', { get: refuse, set: refuse, keys: refuse }],
    ['pairs that are none', [traceparent, null, 7, {}, [], [{}, traceparent]]],
    ['pairs too far away', [...Array(5000).fill(['a', 'b']), ['traceparent', traceparent]]],
  ])('%s', (_what, carrier) => {
    operations.run('outer', undefined, () => {
      operations.run('job', { parent: extractContext(carrier), kind: 'consumer' }, () => {});
    });
    const [job, outer] = telemetry.spans();
    expect([job?.name, job?.kind, job?.parentSpanContext]).toEqual(['job', SpanKind.CONSUMER, undefined]);
    expect(job?.spanContext().traceId).not.toBe(outer?.spanContext().traceId);
  });

  it('nor does the baggage of the code that reads come in', () => {
    context.with(senderWithBaggage, () => {
      expect(propagation.getBaggage(extractContext({}))).toBeUndefined();
    });
  });

  it('one field that cannot be read takes no other with it', () => {
    const carrier = Object.defineProperty({ traceparent }, 'baggage', { get: refuse });
    expect(spanIn(carrier)).toEqual(remote);
  });

  it('a propagator that throws takes nothing with it', () => {
    propagation.disable();
    propagation.setGlobalPropagator({ inject: refuse, extract: refuse, fields: refuse });
    expect(spanIn({ traceparent })).toBeUndefined();
    expect(injectContext({ a: 1 }, { context: sender })).toEqual({ a: 1 });
    expect(lines).toHaveLength(1);
  });
});

describe('what cannot be written stays as it is, and is told', () => {
  it.each<[string, unknown]>([
    ['a frozen object', Object.freeze({ a: 1 })],
    ['a frozen array', Object.freeze([])],
    ['a proxy that throws', new Proxy({}, { set: refuse, deleteProperty: refuse, defineProperty: refuse })],
    ['accessors that throw', { get: refuse, set: refuse }],
    ['what can only be read', { get: () => undefined }],
    ['a number', 7],
    ['a function', refuse],
    ['nothing', undefined],
  ])('%s', (_what, carrier) => {
    expect(injectContext(carrier, { context: sender })).toBe(carrier);
    expect(lines).toEqual([
      'otel-monitor: a carrier could not be written; whoever reads it does not continue the trace\n',
    ]);
  });

  it('a propagator cannot reach a prototype', () => {
    propagation.disable();
    propagation.setGlobalPropagator({
      inject: (_context, carrier, setter) => {
        for (const name of ['__proto__', 'constructor', 'ok']) setter.set(carrier, name, 'x');
      },
      extract: (given) => given,
      fields: () => ['__proto__', 'constructor', 'ok'],
    });
    const carrier = injectContext({}, { context: sender });
    expect(Object.entries(carrier)).toEqual([
      ['constructor', 'x'],
      ['ok', 'x'],
    ]);
    expect(Object.getPrototypeOf(carrier)).toBe(Object.prototype);
  });

  it('any value at all', () => {
    const anything = fc.anything({ withMap: true, withSet: true, withTypedArray: true, withNullPrototype: true });
    fc.assert(
      fc.property(anything, fc.constantFrom('traceparent', 'tracestate', 'baggage', '__proto__'), (value, name) => {
        for (const carrier of [value, { [name]: value }, [[name, value]], new Map([[name, value]])]) {
          expect(extractContext(carrier).getValue(Symbol())).toBeUndefined();
          expect(injectContext(carrier, { context: sender })).toBe(carrier);
        }
      }),
      { numRuns: 1000 },
    );
    expect(({} as Record<string, unknown>).traceparent).toBeUndefined();
  });
});

describe('without a start', () => {
  beforeEach(() => {
    telemetry.stop();
  });

  it('no propagator is registered: nothing is written, nothing is found, and the work runs', () => {
    expect(injectContext({ a: 1 }, { context: sender })).toEqual({ a: 1 });
    expect(spanIn({ traceparent })).toBeUndefined();
    expect(operations.run('job', { parent: extractContext({ traceparent }) }, () => 7)).toBe(7);
  });

  it('with a propagator of somebody else it hands the trace on, on whatever it works', () => {
    propagation.setGlobalPropagator(
      new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
    );
    const operation = operations.start('job', { parent: extractContext({ traceparent }) });
    expect(injectContext({}, operation)).toEqual({ traceparent });
    operation.end();
    propagation.disable();
  });

  it('monitoring that is off hands the trace on', () => {
    runtimeState.enabled = false;
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    const operation = operations.start('job', { parent: extractContext({ traceparent }) });
    expect(injectContext({}, operation)).toEqual({ traceparent });
    propagation.disable();
    runtimeState.enabled = true;
  });
});
