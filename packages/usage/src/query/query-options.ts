import { DAY_MILLIS, utcDay } from '../book/utc-day.js';

/** Four whole weeks: each weekday is as often in one month as in the one before. */
export const MONTH_DAYS = 28;
export const WEEK_DAYS = 7;

/** A whole number from 0 to `max`; the default where it is none. */
export function readCount(given: unknown, fallback: number, max: number): number {
  if (typeof given !== 'number' || Number.isNaN(given)) return fallback;
  return Math.min(max, Math.max(0, Math.floor(given)));
}

/** The first day of a period that ends today; a month where what was given is no time. Never later than today. */
export function readSince(given: unknown, today: number, firstDay: number): number {
  const millis = readMillis(given);
  if (millis === undefined || Number.isNaN(millis)) return today - MONTH_DAYS + 1;
  if (millis >= (today + 1) * DAY_MILLIS) return today;
  return Math.max(firstDay, millis < 0 ? firstDay : utcDay(millis));
}

function readMillis(given: unknown): number | undefined {
  try {
    if (typeof given === 'number') return given;
    if (typeof given === 'string') return given.length > 100 ? undefined : Date.parse(given);
    // a Date of another realm is one too
    if (typeof given === 'object' && given !== null) return Date.prototype.getTime.call(given);
  } catch {
    // no Date
  }
  return undefined;
}
