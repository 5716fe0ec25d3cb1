import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Usage } from '../src/usage.js';

const usage = new Usage({ name: 'hostile' });

let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

const refuse = (): never => {
  throw new Error('refused');
};
const getter = (key: string) => Object.defineProperty({}, key, { enumerable: true, get: refuse });
const revoked = Proxy.revocable({}, {});
revoked.revoke();

const traps: unknown[] = [
  null,
  undefined,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  Symbol('s'),
  12n,
  '',
  '__proto__',
  'constructor',
  'x'.repeat(1_000_000),
  '\u0000\ud800',
  refuse,
  getter('success'),
  getter('durationSeconds'),
  getter('error'),
  getter('userId'),
  getter('name'),
  { toString: refuse, [Symbol.toPrimitive]: refuse },
  new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse }),
  new Proxy(() => {}, { apply: refuse, get: refuse }),
  revoked.proxy,
  Object.create(null),
];

/** Thunks, since fast-check looks into the values it makes, and some of these cannot be looked into. */
const hostile: fc.Arbitrary<() => unknown> = fc.oneof(
  fc
    .anything({ withBigInt: true, withNullPrototype: true, withTypedArray: true, withMap: true, withDate: true })
    .map((value) => () => value),
  fc.constantFrom(...traps.map((value) => () => value)),
);

async function total(metric: string): Promise<number> {
  let sum = 0;
  for (const point of await telemetry.metric(metric)) {
    sum += 'value' in point ? point.value : point.count;
    for (const value of Object.values(point.attributes)) expect(String(value).length).toBeLessThanOrEqual(256);
  }
  return sum;
}

const RUNS = 5000;

describe('whatever it is given', () => {
  it(`nothing throws in ${RUNS} tries, and every call counts exactly once`, async () => {
    let tries = 0;
    let durations = 0;
    fc.assert(
      fc.property(fc.tuple(hostile, hostile, hostile, hostile), (thunks) => {
        const [a, b, c, d] = thunks.map((thunk) => thunk());
        tries += 1;
        if (typeof d === 'number' && Number.isFinite(d) && d >= 0) durations += 1;
        usage.trackFeature(a as never, b as never, c as never);
        usage.trackFeature(a as never, b as never, { success: c, durationSeconds: d, error: b, userId: c } as never);
        usage.trackUser(d as never);
        const workflow = usage.startWorkflow(a as never);
        workflow.step(b as never).step(c as never);
        if (tries % 2 === 0) workflow.complete();
        workflow.fail(d);
        workflow.complete();
        usage.cache(a as never).hit();
        usage.cache(b as never).miss();
      }),
      { numRuns: RUNS },
    );
    expect(tries).toBe(RUNS);
    expect(await total('monitor.feature.uses')).toBe(2 * RUNS);
    expect(await total('monitor.feature.duration')).toBe(durations);
    expect(await total('monitor.workflow.steps')).toBe(2 * RUNS);
    expect(await total('monitor.workflow.duration')).toBe(RUNS);
    expect(await total('monitor.cache.requests')).toBe(2 * RUNS);
  }, 60_000);

  it('names that can be anything cost bounded memory, and every use is in the total', async () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.nat(1e9), (name, id) => {
        usage.trackFeature(`${name}${id}`, String(id));
      }),
      { numRuns: RUNS },
    );
    const points = await telemetry.metric('monitor.feature.uses');
    expect(points.length).toBeLessThanOrEqual(2001);
    expect(await total('monitor.feature.uses')).toBe(RUNS);
  });
});
