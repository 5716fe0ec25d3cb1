import { COMPONENT_STATES } from '@otel-monitor/semconv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckOptions, resetHealth } from '../src/index.js';
import { freshHealth, seconds } from './fresh-health.js';

const health = freshHealth();
const refuse = (): never => {
  throw new Error('refused');
};
const getter = (key: string) => Object.defineProperty({}, key, { enumerable: true, get: refuse });
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const closed = new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse });
const circular: Record<string, unknown> = {};
circular.cause = circular;

const traps: unknown[] = [
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  1e300,
  12n,
  Symbol('s'),
  '',
  '__proto__',
  'x'.repeat(1_000_000),
  refuse,
  getter('state'),
  getter('message'),
  getter('then'),
  getter('name'),
  getter('dependsOn'),
  getter('check'),
  { state: 'degraded', message: closed },
  // biome-ignore lint/suspicious/noThenProperty: thenables are what checks may give back
  { then: refuse },
  // biome-ignore lint/suspicious/noThenProperty: as above
  { then: () => {} },
  // biome-ignore lint/suspicious/noThenProperty: as above
  { then: (resolve: (value: unknown) => void) => resolve(closed) },
  { toString: refuse, [Symbol.toPrimitive]: refuse },
  Object.assign(new Error('e'), { name: Symbol('n'), message: closed, code: {}, cause: circular, errors: closed }),
  new Error('x'.repeat(1_000_000)),
  circular,
  closed,
  revoked.proxy,
  ['network', closed, null, 'network'],
  new Array(1e6).fill('a'),
];
/** Thunks, since fast-check looks into the values it makes, and some of these cannot be looked into. */
const hostile: fc.Arbitrary<() => unknown> = fc.oneof(
  fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true }).map((value) => () => value),
  fc.constantFrom(...traps.map((value) => () => value)),
);
const behaviour = fc.constantFrom('return', 'throw', 'resolve', 'reject', 'hang', 'reject on abort');

const RUNS = 3000;

describe('whatever a check does', () => {
  it(`each of ${RUNS} has a verdict within its timeout, and the report is plain JSON`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(behaviour, hostile), { minLength: 1, maxLength: 4 }), async (checks) => {
        resetHealth();
        checks.forEach(([how, thunk], i) => {
          const value = thunk();
          health.addCheck({
            name: `c${i}`,
            timeoutSeconds: 1,
            check: ({ signal }) => {
              if (how === 'return') return value;
              if (how === 'throw') throw value;
              if (how === 'resolve') return Promise.resolve(value);
              if (how === 'reject') return Promise.reject(value);
              if (how === 'hang') return new Promise(() => {});
              return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(value)));
            },
          });
        });
        const pending = health.report();
        await seconds(1);
        const report = await pending;
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
        expect(report.summary.unknown).toBe(
          checks.filter(([how, thunk]) => /^(return|resolve)$/.test(how) && thunk() === 'unknown').length,
        );
        report.components.forEach((component, i) => {
          const how = checks[i]?.[0] ?? '';
          expect(COMPONENT_STATES).toContain(component.status);
          if (how === 'throw' || how === 'reject') expect(component.status).toBe('unhealthy');
          if (how === 'hang' || how === 'reject on abort') expect(component.errorType).toBe('timeout');
          expect(component.message?.length ?? 0).toBeLessThanOrEqual(512);
        });
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});

describe('whatever it is given', () => {
  it(`no call throws or rejects in ${RUNS} tries`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(hostile, hostile, hostile, hostile), async (thunks) => {
        const [a, b, c, d] = thunks.map((thunk) => thunk());
        const options = {
          name: a,
          check: () => b,
          intervalSeconds: b,
          timeoutSeconds: c,
          critical: d,
          dependsOn: c,
          recovery: d,
          restart: a,
        } as CheckOptions;
        const remove = health.addCheck(options);
        health.addCheck(a as never);
        health.addCheck({ ...options, check: c as never });
        health.heartbeat(c as never, d as never);
        health.heartbeat(d as never, options as never);
        health.component(b as never);
        health.start(d as never);
        health.stop();
        health.isReady();
        health.isStarted();
        const restart = health.restart(a as never);
        remove();
        health.remove(c as never);
        const reports = [health.report(), restart];
        await seconds(0);
        health.latest();
        resetHealth();
        // what hangs is given up after the longest timeout that can be asked for
        await seconds(3600);
        await Promise.all(reports);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
