import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areWindowCounts, CountWindows } from '../../src/groups/count-windows.js';
import { DAY, HOUR, MINUTE, START } from '../made-occurrence.js';

/** Bucket widths and how many of them a window has. */
const RINGS = [
  [5 * MINUTE, 12],
  [HOUR, 24],
  [6 * HOUR, 28],
] as const;

/** What the windows count, told by the plain list of all that happened. */
function expected(times: readonly number[], now: number): number[] {
  return RINGS.map(([width, buckets]) => {
    const newest = Math.floor(now / width);
    return times.filter((at) => Math.floor(at / width) > newest - buckets).length;
  });
}

function read(windows: CountWindows, row: number, now: number): number[] {
  const { hour, day, week } = windows.read(row, now);
  return [hour, day, week];
}

describe('counts over the last hour, day and week', () => {
  it('are those of the plain list of what happened, whatever the distances', () => {
    const gap = fc.oneof(fc.integer({ min: 0, max: 10 * MINUTE }), fc.integer({ min: 0, max: 3 * DAY }));
    fc.assert(
      fc.property(fc.array(gap, { maxLength: 60 }), gap, (gaps, rest) => {
        const windows = new CountWindows();
        const row = windows.newRow();
        const times: number[] = [];
        let now = START;
        for (const millis of gaps) {
          now += millis;
          times.push(now);
          windows.add(row, now);
        }
        expect(read(windows, row, now + rest)).toEqual(expected(times, now + rest));
      }),
    );
  });

  it('come out the same when two rows are joined as when all was counted in one', () => {
    const moment = fc.integer({ min: 0, max: 8 * DAY });
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 30 }), fc.array(moment, { maxLength: 30 }), (some, others) => {
        const windows = new CountWindows();
        const [a, b, both] = [windows.newRow(), windows.newRow(), windows.newRow()];
        for (const at of some.sort((x, y) => x - y)) windows.add(a, START + at);
        for (const at of others.sort((x, y) => x - y)) windows.add(b, START + at);
        for (const at of [...some, ...others].sort((x, y) => x - y)) windows.add(both, START + at);
        const kept = JSON.parse(JSON.stringify(windows.counts(b)));
        expect(areWindowCounts(kept, START + 8 * DAY)).toBe(true);
        windows.join(a, kept);
        expect(read(windows, a, START + 8 * DAY)).toEqual(read(windows, both, START + 8 * DAY));
      }),
    );
  });

  it('hold a storm: a bucket counts further than two bytes', () => {
    const windows = new CountWindows();
    const row = windows.newRow();
    for (let i = 0; i < 70_000; i += 1) windows.add(row, START);
    windows.add(row, START, 5_000_000_000);
    expect(read(windows, row, START)).toEqual([5_000_070_000, 5_000_070_000, 5_000_070_000]);
    const copy = windows.newRow();
    windows.join(copy, windows.counts(row));
    expect(read(windows, copy, START)).toEqual([5_000_070_000, 5_000_070_000, 5_000_070_000]);
    expect(read(windows, row, START + 8 * DAY)).toEqual([0, 0, 0]);
    windows.add(row, START + 8 * DAY);
    expect(read(windows, row, START + 8 * DAY)).toEqual([1, 1, 1]);
  });

  it('of a row that was given back are forgotten, and rows do not touch each other', () => {
    const windows = new CountWindows();
    const rows = Array.from({ length: 200 }, () => windows.newRow());
    expect(new Set(rows).size).toBe(200);
    rows.forEach((row, index) => {
      windows.add(row, START, index + 1);
    });
    rows.forEach((row, index) => {
      expect(windows.read(row, START).hour).toBe(index + 1);
    });
    windows.release(rows[7] as number);
    expect(windows.newRow()).toBe(rows[7]);
    expect(windows.read(rows[7] as number, START).week).toBe(0);
  });

  it('take what a clock that was set back brings as the past, and lose nothing that is newer', () => {
    const windows = new CountWindows();
    const row = windows.newRow();
    windows.add(row, START + HOUR);
    windows.add(row, START);
    expect(windows.read(row, START).day).toBe(2);
    windows.add(row, START - 8 * DAY);
    expect(windows.read(row, START).week).toBe(2);
  });

  it.each([
    [undefined],
    [[]],
    [[[1, []]]],
    [
      [
        [1, [1]],
        [1, [1]],
        [-1, [1]],
      ],
    ],
    [
      [
        [1, [-1]],
        [1, [1]],
        [1, [1]],
      ],
    ],
    [
      [
        [1, ['1']],
        [1, [1]],
        [1, [1]],
      ],
    ],
    [
      [
        [Number.MAX_SAFE_INTEGER, []],
        [1, []],
        [1, []],
      ],
    ],
    [
      [
        [100, Array(13).fill(1)],
        [100, []],
        [100, []],
      ],
    ],
    [
      [
        [2, [1, 1, 1, 1]],
        [1, []],
        [1, []],
      ],
    ],
  ])('are not made of %j', (given) => {
    expect(areWindowCounts(given, START)).toBe(false);
  });
});
