import { currentOperation, Operations } from '@otel-monitor/operations';
import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Errors } from '../../src/errors.js';
import { errorQuery } from '../../src/query/error-query.js';
import { madeUser } from '../made-occurrence.js';

const scope = { name: 'spritepal' };
const errors = new Errors(scope, currentOperation);
const operations = new Operations(scope, (error, operation) => errors.operationFailed(error, operation));

let telemetry: Telemetry;
let unique = 0;
beforeEach(() => {
  telemetry = recordTelemetry();
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 5), toFake: ['Date'] });
  unique += 1;
});
afterEach(() => {
  vi.useRealTimers();
  telemetry.stop();
});

/** How often the stack of errors of this test was asked for. */
let stacksRead = 0;

/** An error as the engine makes it, whose stack is told once it is asked for. */
function storming(message = `torn ${unique}`, place = 'load', extra: object = {}): Error {
  const error = new RangeError(message);
  Object.defineProperty(error, 'stack', {
    get() {
      stacksRead += 1;
      return `RangeError: ${message}\n    at ${place} (/app/${place}.js:1:1)`;
    },
  });
  return Object.assign(error, extra);
}

const counted = async () => {
  const points = await telemetry.metric('monitor.errors');
  return points.reduce((sum, point) => sum + ('value' in point ? point.value : Number.NaN), 0);
};

describe('a storm of equal errors', () => {
  it('counts exactly, is written in part, and reads few stacks', async () => {
    stacksRead = 0;
    for (let i = 0; i < 10_000; i += 1) {
      if (i % 10 === 9) vi.advanceTimersByTime(1);
      errors.capture(storming());
    }
    expect(await counted()).toBe(10_000);
    const [group, ...others] = errorQuery.groups();
    expect(others).toEqual([]);
    expect(group).toMatchObject({ count: 10_000, errorType: 'RangeError', trend: 'new' });
    // a second: 100 at once and ten more; each is read, and of the others one in 16
    expect(telemetry.logs()).toHaveLength(110);
    expect(stacksRead).toBeGreaterThanOrEqual(110 + Math.floor((10_000 - 110) / 16) - 8);
    expect(stacksRead).toBeLessThanOrEqual(110 + Math.ceil((10_000 - 110) / 16) + 16);
    expect(errorQuery.summary().records).toEqual({ written: 110, heldBack: 9890, sampledOut: 0 });
  });

  it('tells with each record how many were held back before it', () => {
    const told = () => telemetry.logs().map(({ attributes }) => attributes['monitor.error.repeats']);
    for (let i = 0; i < 105; i += 1) errors.capture(storming());
    expect(told()).toEqual(new Array(100).fill(undefined));
    vi.advanceTimersByTime(100);
    errors.capture(storming());
    expect(told().at(-1)).toBe(5);
    vi.advanceTimersByTime(100);
    errors.capture(storming());
    expect(told().at(-1)).toBeUndefined();
  });

  it('puts the ids of every error on its span, written or not', () => {
    const ids: string[] = [];
    for (let i = 0; i < 300; i += 1) {
      operations.run('load', undefined, () => {
        ids.push(errors.capture(storming()));
      });
    }
    const spans = telemetry.spans();
    expect(spans.map(({ attributes }) => attributes['monitor.error.id'])).toEqual(ids);
    expect(new Set(ids).size).toBe(300);
    const groupId = errorQuery.groups()[0]?.id;
    expect(groupId).toMatch(/^[0-9a-f]{16}$/);
    for (const { attributes } of spans) expect(attributes['monitor.error.group.id']).toBe(groupId);
    expect(spans.filter(({ events }) => events.length > 0)).toHaveLength(100);
  });

  it('of one object captured again and again is one error', async () => {
    const error = storming();
    const id = errors.capture(error);
    for (let i = 0; i < 1000; i += 1) expect(errors.capture(error)).toBe(id);
    expect(await counted()).toBe(1);
  });

  it('counts the users of errors whose stack is not read', () => {
    for (let i = 0; i < 200; i += 1) errors.capture(storming(), { userId: madeUser(i % 10) });
    expect(errorQuery.groups()[0]).toMatchObject({ count: 200, users: 10 });
  });

  it('is sampled without a change of any count', async () => {
    runtimeState.errors.sampleRate = 0;
    for (let i = 0; i < 1000; i += 1) errors.capture(storming());
    expect(telemetry.logs()).toEqual([]);
    expect(await counted()).toBe(1000);
    expect(errorQuery.groups()[0]?.count).toBe(1000);
    expect(errorQuery.summary().records).toEqual({ written: 0, heldBack: 0, sampledOut: 1000 });
  });
});

describe('errors are told apart', () => {
  beforeEach(() => {
    // a storm: from now on the words are known, and nothing is to be written
    runtimeState.errors.sampleRate = 0;
  });

  const counts = () => errorQuery.groups({ sort: 'count' }).map(({ count }) => count);

  it('from the same words at another place, with at most 15 late', async () => {
    for (let i = 0; i < 1000; i += 1) errors.capture(storming());
    for (let i = 0; i < 500; i += 1) errors.capture(storming(undefined, 'store'));
    const [first = 0, second = 0, ...others] = counts();
    expect(others).toEqual([]);
    expect(first + second).toBe(1500);
    expect(first - 1000).toBeGreaterThanOrEqual(0);
    expect(first - 1000).toBeLessThanOrEqual(15);
    expect(await counted()).toBe(1500);
  });

  it('from two places that take turns, exactly', () => {
    for (let i = 0; i < 1000; i += 1) errors.capture(storming(undefined, i % 2 === 0 ? 'load' : 'store'));
    expect(counts()).toEqual([500, 500]);
  });

  it.each<[string, () => unknown]>([
    ['another message', () => storming('another', 'other')],
    ['another code', () => storming(undefined, 'other', { code: 'E_TORN' })],
    ['a cause', () => storming(undefined, 'other', { cause: new Error('why') })],
    ['another name', () => storming(undefined, 'other', { name: 'TileError' })],
  ])('with %s the first is read at once', (_, other) => {
    for (let i = 0; i < 100; i += 1) errors.capture(storming());
    stacksRead = 0;
    errors.capture(other());
    expect(stacksRead).toBe(1);
    expect(counts()).toEqual([100, 1]);
  });

  it('with another cause, severity or operation the first is read at once', () => {
    const caused = (message: string) => storming(undefined, 'load', { cause: new Error(message) });
    for (let i = 0; i < 100; i += 1) errors.capture(caused('why'));
    stacksRead = 0;
    errors.capture(caused('why not'));
    errors.capture(caused('why'), { severity: 'warning' });
    errors.capture(caused('why'), { operation: 'load' });
    expect(stacksRead).toBe(3);
  });

  it('by a hook, each of them', () => {
    let asked = 0;
    runtimeState.errors.fingerprint = () => {
      asked += 1;
      return undefined;
    };
    stacksRead = 0;
    for (let i = 0; i < 100; i += 1) errors.capture(storming());
    expect(stacksRead).toBe(100);
    expect(asked).toBe(100);
  });

  it('where an AggregateError is, or an error whose words cannot be read, each of them is read', () => {
    const aggregate = () => Object.assign(storming(), { errors: [new Error('one')] });
    const hostile = () =>
      Object.defineProperty(storming(), 'code', {
        get() {
          throw new Error('no');
        },
      });
    const deep = () => {
      const error = storming();
      return Object.assign(error, { cause: error });
    };
    for (const make of [aggregate, hostile, deep]) {
      stacksRead = 0;
      for (let i = 0; i < 50; i += 1) expect(errors.capture(make())).toMatch(/^[0-9a-f]{32}$/);
      expect(stacksRead).toBeGreaterThanOrEqual(50);
    }
  });
});

it('words are bounded: of ten thousand different messages the memory is that of 256', () => {
  runtimeState.errors.sampleRate = 0;
  const large = 'x'.repeat(1000);
  // known words that are pushed out are read anew
  for (let i = 0; i < 100; i += 1) errors.capture(storming());
  for (let i = 0; i < 10_000; i += 1) errors.capture(storming(`${large}${i}`));
  stacksRead = 0;
  for (let i = 0; i < 16; i += 1) errors.capture(storming());
  expect(stacksRead).toBe(16);
});

it('a storm that begins after errors with ten thousand messages of their own is known one error later', () => {
  runtimeState.errors.sampleRate = 0;
  for (let i = 0; i < 10_000; i += 1) errors.capture(storming(`tile ${i} out of range`));
  stacksRead = 0;
  for (let i = 0; i < 17; i += 1) errors.capture(storming());
  expect(stacksRead).toBe(17);
  for (let i = 0; i < 160; i += 1) errors.capture(storming());
  expect(stacksRead).toBe(27);
});
