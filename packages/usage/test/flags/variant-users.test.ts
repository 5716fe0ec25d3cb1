import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VariantUsers } from '../../src/flags/variant-users.js';
import { userCode } from '../../src/sketch/user-code.js';

const codeOf = (user: number) => {
  const hash = createHash('sha256').update(`user ${user}`).digest();
  return userCode(hash.readUInt32BE(0), hash.readUInt32BE(4));
};
const usersOf = (ids: readonly number[], key = 'k') => {
  const users = new VariantUsers();
  for (const id of ids) users.add(key, codeOf(id));
  return users;
};
const range = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

describe('the users of a variant', () => {
  it('are told exactly while they are few, and within three standard errors when they are many', () => {
    expect([0, 1, 100, 128].map((count) => usersOf(range(count)).count())).toEqual([0, 1, 100, 128]);
    for (const count of [1000, 20_000]) {
      expect(Math.abs(usersOf(range(count)).count() / count - 1)).toBeLessThan(3 * 0.046);
    }
  });

  it('count once, in whatever order they come and sketches are merged', () => {
    const ids = fc.array(fc.nat(200));
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const merged = usersOf(b);
        merged.merge(usersOf(a));
        expect(merged.toValue()).toEqual(usersOf([...a, ...b]).toValue());
      }),
    );
  });

  it('come back from their text, which is never longer than 650 characters', () => {
    for (const count of [0, 3, 128, 129, 5000]) {
      const users = usersOf(range(count));
      const value = JSON.parse(JSON.stringify(users.toValue()));
      expect(VariantUsers.read(value)?.toValue()).toEqual(users.toValue());
      expect(JSON.stringify(value).length).toBeLessThan(665);
    }
  });

  it('are not read from anything else', () => {
    const [[, text] = []] = usersOf([1]).toValue();
    for (const value of [null, [1], [['k']], [['k', 'x']], [[7, text]], [['x'.repeat(65), text]]]) {
      expect(VariantUsers.read(value)).toBeUndefined();
    }
    fc.assert(fc.property(fc.jsonValue(), (value) => void VariantUsers.read(value)));
  });

  it('of two keys are not mixed; with a fifth key the one of the fewest users goes', () => {
    const users = new VariantUsers();
    for (const [key, count] of [
      ['a', 10],
      ['b', 3],
      ['c', 10],
      ['d', 10],
      ['e', 10],
    ] as const) {
      users.merge(usersOf(range(count), key));
    }
    expect([[...users.sketches.keys()].join(''), users.count()]).toEqual(['acde', 40]);
  });
});
