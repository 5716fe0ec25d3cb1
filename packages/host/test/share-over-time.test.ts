import { expect, it } from 'vitest';
import { ShareOverTime } from '../src/metrics/share-over-time.js';

it('gives nothing at the first reading and then the shares of each stretch', () => {
  const shares = new ShareOverTime<'user' | 'idle'>(0.5);
  expect(shares.next(10, { user: 4, idle: 6 })).toBeUndefined();
  expect(shares.next(20, { user: 5, idle: 15 })).toEqual({ user: 0.1, idle: 0.9 });
  expect(shares.next(24, { user: 8, idle: 16 })).toEqual({ user: 0.75, idle: 0.25 });
});

it('keeps the last shares while too little time has passed, and loses nothing of it', () => {
  const shares = new ShareOverTime<'user'>(1, { at: 0, counters: { user: 0 } });
  expect(shares.next(10, { user: 5 })).toEqual({ user: 0.5 });
  expect(shares.next(10.9, { user: 5.9 })).toEqual({ user: 0.5 });
  expect(shares.next(12, { user: 6 })).toEqual({ user: 0.5 });
  expect(shares.next(14, { user: 6 })).toEqual({ user: 0 });
});

it('stays between nothing and all when a counter goes back or runs ahead, and bears a mode that comes and goes', () => {
  const shares = new ShareOverTime<'user' | 'idle' | 'steal'>(0.5, { at: 0, counters: { user: 0, idle: 5 } });
  expect(shares.next(1, { user: 1.5, idle: 4, steal: 3 })).toEqual({ user: 1, idle: 0 });
  expect(shares.next(2, { user: 1.5 })).toEqual({ user: 0 });
});
