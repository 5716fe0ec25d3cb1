/** Days are counted from 1970-01-01 in UTC, where each has as many milliseconds: no summer time, no leap seconds. */
export const DAY_MILLIS = 86_400_000;
/** The last day that a Date can hold. */
const LAST_DAY = 100_000_000;

/** The day of a time; 0 where the time is none. */
export function utcDay(millis: number): number {
  const day = Math.floor(millis / DAY_MILLIS);
  return Math.abs(day) <= LAST_DAY ? day : 0;
}

/** `2026-11-24`. */
export function dayText(day: number): string {
  return isoTime(day * DAY_MILLIS).replace(/T.*/, '');
}

/** The day of a text; undefined when there is no such day. */
export function dayOfText(text: string): number | undefined {
  const millis = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(millis)) return undefined;
  const day = utcDay(millis);
  return dayText(day) === text ? day : undefined;
}

/** ISO 8601 in UTC; the epoch where the time is none. */
export function isoTime(millis: number): string {
  return new Date(Math.abs(millis) <= LAST_DAY * DAY_MILLIS ? millis : 0).toISOString();
}
