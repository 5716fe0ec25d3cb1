import { describe, expect, it } from 'vitest';
import { DayWatch } from '../../src/book/day-watch.js';

const HOUR = 3_600_000;

describe('the day that age is counted from', () => {
  it('is the first one, and the next ones', () => {
    const watch = new DayWatch();
    expect([watch.believe(100, 0), watch.believe(101, 1), watch.believe(103, 2)]).toEqual([100, 101, 103]);
  });

  it('does not follow a clock that is set ahead until it has been there for an hour', () => {
    const watch = new DayWatch();
    watch.believe(100, 0);
    expect(watch.believe(500, 10)).toBe(100);
    expect(watch.believe(500, 10 + HOUR - 1)).toBe(100);
    expect(watch.believe(501, 10 + HOUR)).toBe(501);
  });

  it('forgets that the clock was ahead once it is back', () => {
    const watch = new DayWatch();
    watch.believe(100, 0);
    watch.believe(500, 10);
    expect(watch.believe(100, 20)).toBe(100);
    expect(watch.believe(500, 10 + HOUR)).toBe(100);
  });

  it('follows a clock that is set back', () => {
    const watch = new DayWatch();
    watch.believe(100, 0);
    expect(watch.believe(20, 1)).toBe(20);
  });
});
