import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { currentOperation } from '@otel-monitor/operations';
import { redirectReports } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeError } from '../../src/description/described-error.js';
import { Errors } from '../../src/errors.js';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const errors = new Errors({ name: 'spritepal' }, currentOperation);
let telemetry: Telemetry;
let reports: string[];
let restore: () => void;
beforeEach(() => {
  telemetry = recordTelemetry();
  reports = [];
  restore = redirectReports((line) => reports.push(line));
});
afterEach(() => {
  restore();
  telemetry.stop();
});

const FIELDS = [
  'name',
  'message',
  'stack',
  'code',
  'cause',
  'errors',
  'error',
  'suppressed',
  'syscall',
  'errno',
  'path',
];
const LONG = 'x'.repeat(5_000_000);

const thrower = (): never => {
  throw new Error('a getter that throws');
};

const UNCONVERTIBLE = { toString: thrower, valueOf: thrower, [Symbol.toPrimitive]: thrower, toJSON: thrower };

/** An object that throws whatever is done to it. */
function refusing(target: object): object {
  return new Proxy(target, new Proxy({}, { get: () => thrower }));
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

type Make = () => unknown;

/** Makes what a field may hold; `inner` makes further errors. Made late, since the generator looks into what it generates. */
const value = (inner: fc.Arbitrary<Make>): fc.Arbitrary<Make> =>
  fc.oneof(
    fc
      .anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true })
      .map((anything) => () => anything),
    fc
      .constantFrom<unknown>(LONG, '\n    at f (a.js:1:1)'.repeat(1000), '\ud800', 10n ** 100_000n, Number.NaN, -0)
      .map((constant) => () => constant),
    fc
      .constantFrom<unknown>(undefined, null, Symbol('s'), thrower, class {}, Object.create(null), UNCONVERTIBLE)
      .map((constant) => () => constant),
    inner,
    fc.array(inner, { maxLength: 3 }).map((makes) => () => makes.map((make) => make())),
    fc.nat(40).map((length) => () => Array.from({ length }, (_, index) => new Error(String(index)))),
  );

const NO_MORE = fc.constant<Make>(() => new Error('inmost'));

/** Makes an error that is hostile, with others in it. */
function hostileError(depth: number): fc.Arbitrary<Make> {
  return fc
    .record({
      make: fc.constantFrom<() => object>(
        () => new Error('torn'),
        () => new RangeError(LONG),
        () => new AggregateError([1, 2], 'all'),
        () => ({}),
        () => Object.create(null),
        () => () => {},
        () => new DOMException('x', 'AbortError'),
        () => runInNewContext('new TypeError("other realm")'),
        () => structuredClone(new Error('cloned')),
      ),
      fields: fc.dictionary(fc.constantFrom(...FIELDS), value(depth === 0 ? NO_MORE : hostileError(depth - 1)), {
        maxKeys: 5,
      }),
      throwing: fc.subarray(FIELDS, { maxLength: 4 }),
      circular: fc.subarray(['cause', 'errors', 'message', 'error']),
      finish: fc.constantFrom<(error: object) => unknown>(
        (error) => error,
        (error) => error,
        Object.freeze,
        (error) => new Proxy(error, {}),
        refusing,
        revoked,
        (error) => Object.setPrototypeOf(error, null),
      ),
    })
    .map(({ make, fields, throwing, circular, finish }) => () => {
      const error = make();
      for (const [key, makeValue] of Object.entries(fields)) define(error, key, { value: makeValue() });
      for (const key of circular) define(error, key, { value: key === 'errors' ? [error, error] : error });
      for (const key of throwing) define(error, key, { get: thrower });
      return finish(error);
    });
}

const hostile = hostileError(2);

function define(error: object, key: string, descriptor: PropertyDescriptor): void {
  try {
    Reflect.defineProperty(error, key, { configurable: true, enumerable: true, ...descriptor });
  } catch {
    // the engine writes the stack as text first, which may fail as well
  }
}

/** The sizes of all that was told. */
function bound(attributes: Record<string, unknown>): number {
  return JSON.stringify(attributes).length;
}

describe('whatever is thrown', () => {
  it('an id comes back, nothing is thrown, and the record is bounded', () => {
    fc.assert(
      fc.property(hostile, (make) => {
        telemetry.reset();
        const error = make();
        const id = errors.capture(error);
        expect(id).toMatch(/^[0-9a-f]{32}$/);
        expect(errors.capture(error)).toBe(id);
        const logs = telemetry.logs();
        expect(logs).toHaveLength(1);
        expect(bound(logs[0]?.attributes ?? {})).toBeLessThan(64_000);
        expect(logs[0]?.attributes['monitor.error.id']).toBe(id);
      }),
      { numRuns: 100 },
    );
    expect(reports).toEqual([]);
  });

  it('it is told in words that are text', () => {
    fc.assert(
      fc.property(hostile, (make) => {
        const told = describeError(make());
        for (const word of [told.errorType, told.exceptionType, told.message]) expect(typeof word).toBe('string');
        expect(told.exceptionType.length).toBeLessThanOrEqual(256);
        expect(told.message.length).toBeLessThanOrEqual(2048);
        expect((told.code ?? '').length).toBeLessThanOrEqual(64);
      }),
      { numRuns: 100 },
    );
  });
});

describe('an error of slow traps', () => {
  /** A proxy that counts what is asked of it, and gives itself or `answer` for everything. */
  function counting(answer: (key: string | symbol, self: object) => unknown): { proxy: object; count: () => number } {
    let count = 0;
    const handler: ProxyHandler<object> = {
      get: (_target, key) => {
        count += 1;
        return answer(key, proxy);
      },
      has: () => {
        count += 1;
        return true;
      },
      ownKeys: () => {
        count += 1;
        return Array.from({ length: 1000 }, (_, index) => `key${index}`);
      },
      getOwnPropertyDescriptor: () => {
        count += 1;
        return { configurable: true, enumerable: true, value: 1 };
      },
    };
    const proxy: object = new Proxy({}, handler);
    return { proxy, count: () => count };
  }

  it('is asked few times', () => {
    const { proxy, count } = counting(() => undefined);
    errors.capture(proxy);
    expect(count()).toBeLessThan(50);
  });

  it('that gives itself for everything is, too', () => {
    const { proxy, count } = counting((_key, self) => self);
    errors.capture(proxy);
    expect(count()).toBeLessThan(100);
  });

  it('that gives another one for everything has a bound', () => {
    let total = 0;
    const endless = (): object =>
      new Proxy(new Error('x'), {
        get: (_target, key) => {
          total += 1;
          return key === 'errors' ? Array.from({ length: 20 }, endless) : key === 'message' ? 'x' : endless();
        },
      });
    errors.capture(endless());
    expect(total).toBeLessThan(2500);
  });
});

describe('an error with a message of 5 MB', () => {
  it('is not held by its description', () => {
    const held: unknown[] = [];
    const heapUsed = () => {
      collectGarbage();
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const describeOne = (index: number) => {
      const error = new Error(`${index} ${'m'.repeat(2_000_000)}`.padEnd(2_000_100 + index, 'n'), {
        cause: `${index} ${'c'.repeat(1_000_000)}`.padEnd(1_000_100 + index, 'd'),
      });
      Object.assign(error, { name: `N${index}${'n'.repeat(1_000_000)}`.padEnd(1_000_100 + index, 'o') });
      held.push(describeError(error));
    };
    describeOne(0);
    const before = heapUsed();
    for (let index = 1; index <= 20; index += 1) describeOne(index);
    // 20 of them have 80 MB of text
    expect(heapUsed() - before).toBeLessThan(8_000_000);
    expect(held).toHaveLength(21);
  });
});
