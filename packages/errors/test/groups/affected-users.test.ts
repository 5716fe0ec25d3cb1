import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AffectedUsers, areUserCounts } from '../../src/groups/affected-users.js';
import { madeUser } from '../made-occurrence.js';

function usersOf(from: number, to: number): AffectedUsers {
  const users = new AffectedUsers();
  for (let user = from; user < to; user += 1) users.add(madeUser(user));
  return users;
}

describe('users affected', () => {
  it('are exact up to 16, however often each comes', () => {
    for (let count = 0; count <= 16; count += 1) {
      const users = usersOf(0, count);
      for (let user = 0; user < count; user += 1) users.add(madeUser(user));
      expect(users.size).toBe(count);
      expect(users.isEstimated).toBe(false);
    }
  });

  it.each([17, 50, 128, 300, 1000, 10_000, 100_000])('%i of them are told to within 3 standard errors', (count) => {
    let squares = 0;
    const runs = count > 20_000 ? 3 : 20;
    for (let run = 0; run < runs; run += 1) {
      const { size, isEstimated } = usersOf(run * 1_000_000, run * 1_000_000 + count);
      expect(isEstimated).toBe(true);
      const deviation = (size - count) / count;
      expect(Math.abs(deviation)).toBeLessThan(0.28);
      squares += deviation ** 2;
    }
    expect(Math.sqrt(squares / runs)).toBeLessThan(0.15);
  });

  it('joined are what all of them together are', () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(count, count, count, (from, some, others) => {
        const joined = usersOf(0, some);
        joined.join(JSON.parse(JSON.stringify(usersOf(from, from + others).counts())));
        const all = usersOf(0, some);
        for (let user = from; user < from + others; user += 1) all.add(madeUser(user));
        expect(joined.size).toBe(all.size);
        expect(joined.isEstimated || joined.size <= 16).toBe(true);
      }),
    );
  });

  it.each([
    [undefined],
    [null],
    [{}],
    [{ users: [1.5] }],
    [{ users: [-1] }],
    [{ users: ['1'] }],
    [{ users: Array(17).fill(1) }],
    [{ users: [2 ** 53] }],
    [{ registers: [] }],
    [{ registers: Array(128).fill(64) }],
    [{ registers: Array(128).fill(null) }],
    [{ registers: Array(100_000).fill(1) }],
  ])('are not made of %j', (given) => {
    expect(areUserCounts(given)).toBe(false);
  });
});
