import { createHmac } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { initialState, runtimeState } from '../src/state.js';
import { userHash } from '../src/user-hash.js';

afterEach(() => void Object.assign(runtimeState, initialState()));

const hmac = (key: string, userId: string) => createHmac('sha256', key).update(userId).digest('hex').slice(0, 32);

it('a hash is that of the key in force, however often it is asked for', () => {
  runtimeState.userHashKey = 'one';
  expect([userHash('user123'), userHash('user123')]).toEqual([hmac('one', 'user123'), hmac('one', 'user123')]);
  runtimeState.userHashKey = 'two';
  expect(userHash('user123')).toBe(hmac('two', 'user123'));
});

it('more users than are remembered, and ids of any length, have theirs', () => {
  runtimeState.userHashKey = 'one';
  const users = [...Array.from({ length: 1500 }, (_, index) => `user${index}`), 'x'.repeat(100_000), ''];
  for (const round of [1, 2])
    for (const user of users) expect([round, userHash(user)]).toEqual([round, hmac('one', user)]);
});

it('without a key a hash is the same within the process, and another than that of any key', () => {
  const hash = userHash('user123');
  expect(hash).toMatch(/^[0-9a-f]{32}$/);
  expect(userHash('user123')).toBe(hash);
  expect(userHash('user124')).not.toBe(hash);
});
