import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flagLosses, flagUsage } from '../../src/flags/flag-usage.js';
import { Usage } from '../../src/usage.js';

const usage = new Usage({ name: 'hostile' });
const hook = usage.openFeatureHook();
let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

const refuse = (): never => {
  throw new Error('refused');
};
const revoked = Proxy.revocable({}, {});
revoked.revoke();
const circular: Record<string, unknown> = {};
circular.self = circular;

const traps: unknown[] = [
  null,
  undefined,
  12n,
  Symbol('s'),
  Number.NaN,
  'x'.repeat(1_000_000),
  'a\nb',
  '\u0000\ud800',
  '__proto__',
  circular,
  revoked.proxy,
  Object.create(null),
  { toString: refuse, toJSON: refuse },
  new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse }),
  new Proxy(() => {}, { apply: refuse, get: refuse }),
];
const hostile: fc.Arbitrary<() => unknown> = fc.oneof(
  fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true }).map((value) => () => value),
  fc.constantFrom(...traps.map((value) => () => value)),
);

const evaluations = () => flagUsage().reduce((sum, { evaluations }) => sum + evaluations, 0);

describe('evaluations, whatever an SDK tells of them', () => {
  it('are counted exactly once, as read or as unreadable, and throw nothing', () => {
    let tries = 0;
    const before = evaluations() + flagLosses().unreadable;
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 10, maxLength: 10 }), (thunks) => {
        const [a, b, c, d, e, f, g, h, i, j] = thunks.map((thunk) => thunk());
        tries += 2;
        expect(hook.finally(a as never, b as never)).toBeUndefined();
        hook.finally(
          { flagKey: c, context: d, providerMetadata: e } as never,
          { value: f, variant: g, reason: h, errorCode: i, flagMetadata: j, errorMessage: a } as never,
        );
        usage.startWorkflow('hostile', { userId: a, variants: b, abandonAfterSeconds: c } as never).complete();
      }),
      { numRuns: 2000 },
    );
    expect(evaluations() + flagLosses().unreadable - before).toBe(tries);
    for (const { attributes } of telemetry.logs()) {
      for (const value of Object.values(attributes)) expect(String(value).length).toBeLessThanOrEqual(4096);
    }
  }, 60_000);

  it('change nothing that they were given', () => {
    const hookContext = Object.freeze({ flagKey: 'frozen', context: Object.freeze({ targetingKey: 'u' }) });
    const details = Object.freeze({ value: Object.freeze({ limit: 3 }), flagMetadata: Object.freeze({}) });
    hook.finally(hookContext, details);
    expect(telemetry.logs()[0]?.attributes['feature_flag.result.value']).toBe('{"limit":3}');
    expect(Object.isFrozen(hook)).toBe(true);
  });

  it('of flags and variants that are made up cost bounded memory, and are all in the total', () => {
    const before = evaluations();
    for (let flag = 0; flag < 1000; flag++) {
      hook.finally({ flagKey: `made up ${flag}` }, { value: true, variant: 'on' });
      hook.finally({ flagKey: 'many variants' }, { value: true, variant: `variant ${flag}` });
    }
    const found = flagUsage();
    expect(found.length).toBeLessThanOrEqual(201);
    expect(Math.max(...found.map(({ variants }) => variants.length))).toBeLessThanOrEqual(21);
    expect(evaluations() - before).toBe(2000);
    expect(flagLosses().variants).toBeGreaterThan(1700);
  });
});
