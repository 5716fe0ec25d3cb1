import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test } from 'vitest';
import { type RejectingProcess, UnhandledRejections } from '../src/unhandled-rejections.js';

class FakeProcess extends EventEmitter {
  readonly ticks: (() => void)[] = [];

  nextTick(work: () => void): void {
    this.ticks.push(work);
  }

  tick(): void {
    for (const work of this.ticks.splice(0)) work();
  }
}

const EVENT = 'unhandledRejection';
let target: FakeProcess;
let told: unknown[];
let rejections: UnhandledRejections;
beforeEach(() => {
  target = new FakeProcess();
  told = [];
  rejections = new UnhandledRejections((reason) => told.push(reason), target as unknown as RejectingProcess);
});

test('adds no listener, and emits as before', () => {
  const heard: unknown[] = [];
  expect(target.listenerCount(EVENT)).toBe(0);
  expect(target.emit(EVENT, 'torn', 'promise')).toBe(false);
  target.on(EVENT, (...args) => heard.push(args));
  target.on('warning', (...args) => heard.push(args));
  expect(target.emit(EVENT, 'torn', 'promise')).toBe(true);
  expect(target.emit('warning', 1, 2, 3)).toBe(true);
  expect(heard).toEqual([
    ['torn', 'promise'],
    [1, 2, 3],
  ]);
  expect(told).toEqual(['torn', 'torn']);
});

describe('a rejection that nobody listens for', () => {
  test('is told a tick later, when it has not become an uncaught error', () => {
    target.emit(EVENT, 'torn');
    expect(told).toEqual([]);
    target.tick();
    target.tick();
    expect(told).toEqual(['torn']);
  });

  test('is not told where it became one', () => {
    target.emit(EVENT, 'torn');
    rejections.thrown();
    target.tick();
    expect(told).toEqual([]);
  });

  test('is told before the process exits, and before the next one', () => {
    target.emit(EVENT, 'a');
    target.emit(EVENT, 'b');
    expect(told).toEqual(['a']);
    rejections.settle();
    target.tick();
    expect(told).toEqual(['a', 'b']);
  });
});

describe('a rejection that was thrown before Node tells of it (strict)', () => {
  test.each([['text'], [{ tile: 12 }], [null], [undefined]])(
    'is not told again where another object was thrown: %o',
    (reason) => {
      rejections.thrown();
      target.emit(EVENT, reason);
      target.tick();
      expect(told).toEqual([]);
      target.emit(EVENT, 'next');
      target.tick();
      expect(told).toEqual(['next']);
    },
  );

  test('is told where it was thrown itself: whoever counts knows the object', () => {
    const error = new Error('torn');
    rejections.thrown();
    target.emit(EVENT, error);
    target.tick();
    expect(told).toEqual([error]);
  });

  test('may be a proxy that refuses everything', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    rejections.thrown();
    expect(target.emit(EVENT, proxy)).toBe(false);
    expect(told).toEqual([]);
  });
});

test('a listener that throws throws as before, and its rejection is told', () => {
  target.on(EVENT, () => {
    throw new Error('in a listener');
  });
  expect(() => target.emit(EVENT, 'torn')).toThrow('in a listener');
  expect(told).toEqual(['torn']);
});

describe('in the end', () => {
  test('the process is as it was', () => {
    target.emit(EVENT, 'torn');
    rejections.stop();
    expect(Object.hasOwn(target, 'emit')).toBe(false);
    target.emit(EVENT, 'later');
    target.tick();
    expect(told).toEqual(['torn']);
  });

  test('an emit that was its own is put back', () => {
    const own = target.emit;
    const second = new UnhandledRejections(() => {}, target as unknown as RejectingProcess);
    second.stop();
    expect(target.emit).toBe(own);
  });

  test('whoever stands over it goes on, and nothing is told any more', () => {
    const watched = target.emit;
    target.emit = function other(...args) {
      return Reflect.apply(watched, this, args);
    };
    const other = target.emit;
    rejections.stop();
    expect(target.emit).toBe(other);
    expect(target.emit(EVENT, 'torn')).toBe(false);
    target.tick();
    expect(told).toEqual([]);
  });
});
