import { runtimeState } from '@otel-monitor/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { FlagStore } from '../../src/flags/flag-store.js';

afterEach(() => {
  runtimeState.userHashKey = undefined;
});

const usersOf = (store: FlagStore) => store.book.today('uploader').look((counts) => counts.of('on').users.count());
const evaluate = (store: FlagStore, ...users: unknown[]) => {
  for (const user of users) store.evaluated('uploader', 'on', undefined, user);
};

describe('the users of a flag', () => {
  it('who came before the key was known are counted under it, once', () => {
    const store = new FlagStore();
    evaluate(store, 'u-1', 'u-2', 7, undefined, '', Number.NaN);
    expect(usersOf(store)).toBe(3);
    runtimeState.userHashKey = 'a key that was kept on disk';
    evaluate(store, 'u-1', 'u-3');
    expect(usersOf(store)).toBe(4);
  });

  it('are kept under the key that came after the last evaluation', () => {
    const store = new FlagStore();
    evaluate(store, 'u-1', 'u-2');
    runtimeState.userHashKey = 'a key that was kept on disk';
    const [[, value] = []] = store.book.takeChanges();
    const later = new FlagStore();
    evaluate(later, 'u-2', 'u-3');
    const [[key] = []] = later.book.entries();
    later.book.restore([[key as string, value]], 1);
    expect(usersOf(later)).toBe(3);
  });

  it('are the same for the processes of one key', () => {
    runtimeState.userHashKey = 'a key that was kept on disk';
    const before = new FlagStore();
    evaluate(before, 'u-1', 'u-2');
    const after = new FlagStore();
    evaluate(after, 'u-2', 'u-3');
    const kept = JSON.parse(JSON.stringify([...before.book.entries()]));
    expect(after.book.restore(kept, 1)).toEqual({ restored: 1, expired: 0, refused: 0 });
    expect(usersOf(after)).toBe(3);
  });

  it('are in no entry by their ids', () => {
    const store = new FlagStore();
    evaluate(store, 'somebody@example.com');
    expect(JSON.stringify([...store.book.entries()])).not.toContain('somebody');
  });
});
