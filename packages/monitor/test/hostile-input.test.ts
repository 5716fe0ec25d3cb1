import { redirectReports, runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMonitor } from '../src/monitor.js';

let telemetry: Telemetry;
let restore: () => void;
beforeEach(() => {
  telemetry = recordTelemetry();
  restore = redirectReports(() => {});
});
afterEach(() => {
  restore();
  telemetry.stop();
});

const refuse = (): never => {
  throw new Error('refused');
};
const circular: Record<string, unknown> = {};
circular.self = circular;

/** What nobody should pass, and somebody will. */
const nasty: readonly unknown[] = [
  null,
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  12n,
  Symbol('s'),
  '',
  '__proto__',
  'constructor',
  'x'.repeat(1_000_000),
  '\u0000\ud800',
  circular,
  refuse,
  Object.defineProperty({}, 'message', { enumerable: true, get: refuse }),
  Object.defineProperty({}, 'dimensions', { enumerable: true, get: refuse }),
  Object.defineProperty({}, 'name', { enumerable: true, get: refuse }),
  JSON.parse('{"__proto__": {"polluted": true}}'),
  new Proxy(
    {},
    { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse },
  ),
  new Proxy(() => {}, { apply: refuse, get: refuse }),
  Object.create(null),
  { toString: refuse, valueOf: refuse, [Symbol.toPrimitive]: refuse },
  { toJSON: refuse },
  Object.assign(new Error('e'), { name: Symbol('n'), code: {}, cause: circular }),
  new Error('x'.repeat(1_000_000)),
];

/** Functions that give the value, because fast-check itself cannot hold all of them. */
const hostile: fc.Arbitrary<() => unknown> = fc.oneof(
  fc
    .anything({
      withBigInt: true,
      withNullPrototype: true,
      withTypedArray: true,
      withMap: true,
      withSet: true,
      withDate: true,
    })
    .map((value) => () => value),
  fc.nat(nasty.length - 1).map((index) => () => nasty[index]),
);

/** Five values a run: 10,000 inputs, each given to every call. */
const RUNS = 2000;

describe('no recording call throws, whatever it is given', () => {
  it(`with ${5 * RUNS} inputs to every call, and what leaves stays usable`, async () => {
    const monitor = createMonitor({ name: 'hostile' });
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 5, maxLength: 5 }), (given) => {
        const [a, b, c, d, e] = given.map((value) => value());
        const options = {
          dimensions: b,
          details: c,
          parent: d,
          links: e,
          kind: a,
          operation: e,
          severity: a,
          userId: b,
          endpoint: c,
          method: d,
        };
        if (
          !Object.is(
            monitor.operation(a as never, options as never, () => e),
            e,
          )
        )
          throw new Error('another value came back');
        if (
          typeof b !== 'function' &&
          !Object.is(
            monitor.operation(a as never, b as never, () => e),
            e,
          )
        )
          throw new Error('another value came back');
        const operation = monitor.startOperation(a as never, options as never);
        operation.detail(b as never, c);
        operation.fail(d);
        operation.end();
        if (!Object.is(monitor.inject(c as never, d as never), c)) throw new Error('another carrier came back');
        monitor.operation(
          'extracted',
          { parent: monitor.extract(d), links: [e, monitor.extract(b)] as never },
          () => {},
        );
        monitor.captureError(a, options as never);
        monitor.captureError(a, b as never);
        monitor.trackError(a as never, b as never, c as never, d as never);
        monitor.trackFeature(a as never, b as never, c as never);
        monitor.trackFeature(a as never, b as never, { success: c, durationSeconds: d, error: e, userId: b } as never);
        monitor.trackUser(a as never);
        const workflow = monitor.startWorkflow(a as never);
        workflow.step(b as never);
        workflow.complete();
        monitor.cache(a as never).hit();
        monitor.health.heartbeat(a as never, b as never);
        monitor.addCollector(a as never, (() => b) as never)();
      }),
      { numRuns: RUNS },
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    for (const name of ['monitor.errors', 'monitor.operation.duration', 'monitor.feature.uses']) {
      for (const point of await telemetry.metric(name)) {
        expect(Number.isFinite('value' in point ? point.value : point.sum)).toBe(true);
        for (const value of Object.values(point.attributes)) expect(String(value).length).toBeLessThanOrEqual(256);
      }
    }
    telemetry.reset();
  }, 120_000);

  it('a callback that is not a function runs nothing and throws nothing', () => {
    const monitor = createMonitor({ name: 'hostile' });
    expect(monitor.operation('a', undefined as never)).toBeUndefined();
    expect(monitor.operation('a', {}, 12 as never)).toBeUndefined();
    expect(monitor.instrument('a', 12 as never)).toBe(12);
  });

  it('a callback that throws anything throws that very thing', () => {
    const monitor = createMonitor({ name: 'hostile' });
    fc.assert(
      fc.property(hostile, (value) => {
        const thrown = value();
        let caught: unknown = 'nothing';
        try {
          monitor.operation('throws', () => {
            throw thrown;
          });
        } catch (error) {
          caught = error;
        }
        if (!Object.is(caught, thrown)) throw new Error('another thing was thrown');
      }),
      { numRuns: 2000 },
    );
  });

  it('garbage as options of createMonitor gives a monitor', () => {
    for (const options of [undefined, null, {}, { name: 12 }, { name: '', version: {} }]) {
      expect(createMonitor(options as never).operation('a', () => 1)).toBe(1);
    }
    expect(runtimeState.redactor).toBeDefined();
  });
});
