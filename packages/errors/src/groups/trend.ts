import type { Windows } from './count-windows.js';

/** How a group develops. */
export const ERROR_TRENDS = ['new', 'rising', 'steady', 'falling', 'regressed'] as const;
export type ErrorTrend = (typeof ERROR_TRENDS)[number];

const HOUR = 3_600_000;
/** A group is new for an hour, and regressed for a day. */
const NEW_MILLIS = HOUR;
const REGRESSED_MILLIS = 24 * HOUR;
/** A group that was not seen for so long is falling, however few errors it ever had. */
const SILENCE_MILLIS = 24 * HOUR;
/** Fewer errors than this in a window are no rise. */
const LEAST = 5;
/** A change is at least a doubling or a halving … */
const FACTOR = 2;
/** … and so many standard deviations. */
const DEVIATIONS = 3;

/** What a group's trend is told by. Times in milliseconds since 1970. */
export interface TrendInput {
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** When it came back; undefined when it never did. */
  readonly regressedAt: number | undefined;
  readonly windows: Windows;
}

/**
 * The trend of a group: the first that is true of regressed (came back within 24 hours), new (first seen within the
 * hour), falling (not seen for 24 hours); then rising or falling by the last hour against the 23 before it, or else by the
 * last day against the six before it; else steady.
 */
export function trendOf({ firstSeen, lastSeen, regressedAt, windows }: TrendInput, now: number): ErrorTrend {
  if (regressedAt !== undefined && now - regressedAt < REGRESSED_MILLIS) return 'regressed';
  const life = now - firstSeen;
  if (life < NEW_MILLIS) return 'new';
  if (now - lastSeen >= SILENCE_MILLIS) return 'falling';
  const { hour, day, week, hourMillis, dayMillis, weekMillis } = windows;
  return (
    change(hour, hourMillis, day - hour, Math.min(dayMillis, life) - hourMillis) ??
    change(day, dayMillis, week - day, Math.min(weekMillis, life) - dayMillis) ??
    'steady'
  );
}

/**
 * How a count in a window compares with the count in the time before it. Square roots of counts have a variance of 1/4
 * whatever they count (Anscombe 1948), so that their difference tells how likely chance is.
 */
function change(count: number, millis: number, before: number, beforeMillis: number): ErrorTrend | undefined {
  if (beforeMillis <= 0) return undefined;
  const share = millis / beforeMillis;
  const expected = Math.max(0, before) * share;
  const deviations =
    (2 * (Math.sqrt(count + 0.375) - Math.sqrt((Math.max(0, before) + 0.375) * share))) / Math.sqrt(1 + share);
  if (count >= LEAST && count >= FACTOR * expected && deviations >= DEVIATIONS) return 'rising';
  if (count * FACTOR <= expected && deviations <= -DEVIATIONS) return 'falling';
  return undefined;
}
