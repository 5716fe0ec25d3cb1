import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { markSeen, seenId } from '../src/seen-errors.js';

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe('an error that was counted', () => {
  it.each<[string, unknown]>([
    ['an error', new Error('x')],
    ['a frozen one', Object.freeze(new Error('x'))],
    ['a sealed object without a prototype', Object.seal(Object.create(null))],
    ['a revoked proxy', revoked()],
    ['a proxy whose traps throw', new Proxy({}, { get: fail, has: fail, getPrototypeOf: fail, defineProperty: fail })],
    ['a function', () => undefined],
    ['an error of another realm', runInNewContext('new Error("x")')],
  ])('is known again: %s', (_, error) => {
    expect(seenId(error)).toBeUndefined();
    markSeen(error, 'first');
    expect(seenId(error)).toBe('first');
    expect(seenId(new Error('x'))).toBeUndefined();
  });

  it('looks as it did before', () => {
    const error = new Error('x');
    const before = [inspect(error, { showHidden: true }), Reflect.ownKeys(error), structuredClone(error)];
    markSeen(error, 'id');
    expect([inspect(error, { showHidden: true }), Reflect.ownKeys(error), structuredClone(error)]).toEqual(before);
    expect(seenId(structuredClone(error))).toBeUndefined();
    expect(seenId(new Proxy(error, {}))).toBeUndefined();
  });

  it('can be no text and no number', () => {
    for (const value of ['x', 1, undefined, null, Symbol('x'), 1n]) {
      markSeen(value, 'id');
      expect(seenId(value)).toBeUndefined();
    }
  });
});

function fail(): never {
  throw new Error('trap');
}
