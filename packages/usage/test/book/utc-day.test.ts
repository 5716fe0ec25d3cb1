import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfText, dayText, isoTime, utcDay } from '../../src/book/utc-day.js';

describe('a day', () => {
  it.each([
    ['1970-01-01T00:00:00.000Z', 0, '1970-01-01'],
    ['2026-11-24T23:59:59.999Z', 20_781, '2026-11-24'],
    ['2026-11-25T00:00:00.000Z', 20_782, '2026-11-25'],
    // the nights in which Europe's clocks change
    ['2026-03-29T00:30:00.000Z', 20_541, '2026-03-29'],
    ['2026-10-25T01:30:00.000Z', 20_751, '2026-10-25'],
    ['2024-02-29T12:00:00.000Z', 19_782, '2024-02-29'],
    ['1969-12-31T23:59:59.999Z', -1, '1969-12-31'],
  ])('of %s is %i, %s', (time, day, text) => {
    expect(utcDay(Date.parse(time))).toBe(day);
    expect(dayText(day)).toBe(text);
    expect(dayOfText(text)).toBe(day);
  });

  it('and its text are the same thing', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 100_000 }), (day) => dayOfText(dayText(day)) === day));
  });

  it.each(['', '2026-02-30', '2026-13-01', '26-01-01', '2026-01-01T00:00:00Z', ' 2026-01-01', '2026-1-1'])(
    '`%s` is none',
    (text) => expect(dayOfText(text)).toBeUndefined(),
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300, -1e300])(
    'of a clock that says %s is the first one',
    (millis) => {
      expect(utcDay(millis)).toBe(0);
      expect(isoTime(millis)).toBe('1970-01-01T00:00:00.000Z');
    },
  );
});
