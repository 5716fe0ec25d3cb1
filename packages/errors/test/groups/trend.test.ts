import { describe, expect, it } from 'vitest';
import { CountWindows } from '../../src/groups/count-windows.js';
import { trendOf } from '../../src/groups/trend.js';
import { DAY, HOUR, MINUTE, START } from '../made-occurrence.js';

/** So many errors an hour, evenly, over hours that end so many hours before now. */
type Phase = readonly [errorsAnHour: number, fromHoursAgo: number, untilHoursAgo: number];

const NOW = START + 10 * DAY;

function trend(phases: readonly Phase[], regressedAt?: number): string {
  const windows = new CountWindows();
  const row = windows.newRow();
  let firstSeen = Number.POSITIVE_INFINITY;
  let lastSeen = 0;
  for (const [errorsAnHour, from, until] of phases) {
    const errors = Math.round(errorsAnHour * (from - until));
    for (let i = 0; i < errors; i += 1) {
      const at = Math.floor(NOW - from * HOUR + ((i + 0.5) / errors) * (from - until) * HOUR);
      windows.add(row, at);
      firstSeen = Math.min(firstSeen, at);
      lastSeen = Math.max(lastSeen, at);
    }
  }
  return trendOf({ firstSeen, lastSeen, regressedAt, windows: windows.read(row, NOW) }, NOW);
}

describe('the trend of a group', () => {
  it.each<[string, string, Phase[]]>([
    ['new', 'first seen 59 minutes ago, however many', [[1000, 59 / 60, 0]]],
    [
      'rising',
      'an hour after the first, ten times as many',
      [
        [20, 3, 1],
        [200, 1, 0],
      ],
    ],
    [
      'steady',
      'one error, then two',
      [
        [1, 2, 1],
        [2, 1, 0],
      ],
    ],
    [
      'steady',
      'one an hour for a day, then two',
      [
        [1, 24, 1],
        [2, 1, 0],
      ],
    ],
    [
      'steady',
      'one an hour for a day, then five',
      [
        [1, 24, 1],
        [5, 1, 0],
      ],
    ],
    [
      'rising',
      'one an hour for a day, then eight',
      [
        [1, 24, 1],
        [8, 1, 0],
      ],
    ],
    [
      'steady',
      '20 an hour for a day, then 30',
      [
        [20, 24, 1],
        [30, 1, 0],
      ],
    ],
    [
      'rising',
      '25 an hour for a day, then 60',
      [
        [25, 24, 1],
        [60, 1, 0],
      ],
    ],
    [
      'steady',
      '1000 an hour for a week, then 1500: sure, but no doubling',
      [
        [1000, 168, 1],
        [1500, 1, 0],
      ],
    ],
    ['steady', 'the same for a week', [[10, 168, 0]]],
    [
      'rising',
      'two a day for a week, then 20 in a day, none of them in the last hour',
      [
        [1 / 12, 168, 24],
        [20 / 22, 23, 1],
      ],
    ],
    [
      'falling',
      '40 an hour for a day, then 10',
      [
        [40, 24, 1],
        [10, 1, 0],
      ],
    ],
    [
      'steady',
      '40 an hour for a day, then 30',
      [
        [40, 24, 1],
        [30, 1, 0],
      ],
    ],
    [
      'falling',
      '20 a day for a week, then 2 in a day',
      [
        [20 / 24, 168, 24],
        [2 / 22, 23, 1],
      ],
    ],
    ['falling', 'one error, 25 hours ago', [[1, 26, 25]]],
    ['steady', 'one error, two hours ago', [[1, 2.5, 1.5]]],
    ['falling', 'nothing for a day after a thousand', [[1000, 26, 25]]],
  ])('is %s: %s', (expected, _, phases) => {
    expect(trend(phases)).toBe(expected);
  });

  it('is regressed for 24 hours, whatever else is true', () => {
    const phases: Phase[] = [[10, 168, 0]];
    expect(trend(phases, NOW)).toBe('regressed');
    expect(trend(phases, NOW - DAY + 1)).toBe('regressed');
    expect(trend(phases, NOW - DAY)).toBe('steady');
    expect(trend([[1000, 0.5, 0]], NOW - 10 * MINUTE)).toBe('regressed');
  });

  it('of counts that only chance moves is steady in all but a few cases', () => {
    // a generator of its own, so that the test is the same each time
    let seed = 1;
    const random = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    };
    let moved = 0;
    for (let run = 0; run < 400; run += 1) {
      const windows = new CountWindows();
      const row = windows.newRow();
      let at = NOW - 7 * DAY;
      for (;;) {
        // exponential distances: on average four an hour
        at += (-Math.log(1 - random()) * HOUR) / 4;
        if (at > NOW) break;
        windows.add(row, Math.floor(at));
      }
      const read = windows.read(row, NOW);
      const told = trendOf({ firstSeen: NOW - 7 * DAY, lastSeen: NOW, regressedAt: undefined, windows: read }, NOW);
      if (told !== 'steady') moved += 1;
    }
    // two tests, two sides, three standard deviations: 0.5 % at most
    expect(moved).toBeLessThanOrEqual(4);
  });
});
