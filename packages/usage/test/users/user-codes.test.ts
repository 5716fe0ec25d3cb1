import { hexWord, runtimeState, userHash } from '@otel-monitor/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { isUserCode, placeOf, userCode } from '../../src/sketch/user-code.js';
import { UserCodes } from '../../src/users/user-codes.js';

afterEach(() => {
  runtimeState.userHashKey = undefined;
});

const codesUnder = (key: string | undefined, replaced: (keyId: string, by: string) => void = () => {}) => {
  runtimeState.userHashKey = key;
  const codes = new UserCodes(replaced);
  return { codes, keyId: codes.keyId };
};

describe('the code of a user', () => {
  it('is the same in every process under one key, and another under another', () => {
    const [one, again] = [codesUnder('k1'), codesUnder('k1')];
    expect([again.keyId, again.codes.of('u1')]).toEqual([one.keyId, one.codes.of('u1')]);
    const other = codesUnder('k2');
    expect(other.keyId).not.toBe(one.keyId);
    expect(placeOf(other.codes.of('u1'))).not.toBe(placeOf(one.codes.of('u1')));
  });

  it('does not come of `user.hash`, which leaves the process', () => {
    const { codes } = codesUnder('k1');
    const hash = userHash('u1');
    expect(codes.of('u1')).not.toBe(userCode(hexWord(hash, 0), hexWord(hash, 8)));
    expect(hash).not.toContain(codes.keyId);
  });

  it('is the same when it was forgotten in between', () => {
    const { codes } = codesUnder('k1');
    const before = codes.of('u1');
    for (let user = 0; user < 10_000; user += 1) expect(isUserCode(codes.of(`other ${user}`))).toBe(true);
    expect(codes.of('u1')).toBe(before);
  });

  it('of many users is spread evenly', () => {
    const { codes } = codesUnder('k1');
    const counts = new Array<number>(16).fill(0);
    for (let user = 0; user < 16_000; user += 1) counts[placeOf(codes.of(`u${user}`)) >>> 16]! += 1;
    // 1,000 each; 6 standard deviations
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(190);
  });
});

describe('a key that comes later', () => {
  it('is told of once, where it takes the place of the own one', () => {
    const told: string[][] = [];
    const { codes, keyId } = codesUnder(undefined, (...names) => told.push(names));
    expect([codes.isProcessKey, codes.ownKeyId]).toEqual([true, keyId]);
    codes.of('u1');
    runtimeState.userHashKey = 'k1';
    const later = codes.keyId;
    codes.settle();
    expect(told).toEqual([[keyId, later]]);
    expect([codes.isProcessKey, codes.ownKeyId]).toEqual([false, keyId]);
    runtimeState.userHashKey = 'k2';
    codes.settle();
    expect(told).toHaveLength(1);
  });

  it('is not asked for while nobody was counted', () => {
    const codes = new UserCodes(() => {
      throw new Error('nothing was replaced');
    });
    codes.settle();
    expect(codes.ownKeyId).toBeUndefined();
  });
});
