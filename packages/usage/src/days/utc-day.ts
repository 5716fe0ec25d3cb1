const DAY_MILLIS = 86_400_000;
const DATE_LENGTH = 10;
const MAX_NAME = 256;
/** 9999-12-31: a date has ten characters. */
const LAST_DAY = 2_932_896;

/** Number of the UTC day that a time lies in, counted from 1970-01-01; 0 for what is no time. */
export function dayOf(millis: number): number {
  const day = Math.floor(millis / DAY_MILLIS);
  return day >= 0 && day <= LAST_DAY ? day : 0;
}

/** Under which key a name's counts of a day are kept: `2026-03-31/import`. */
export function dayKey(day: number, name: string): string {
  return `${dateOf(day)}/${name}`;
}

/** The date of a day, ISO 8601. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MILLIS).toISOString().slice(0, DATE_LENGTH);
}

/** Day and name of a key; undefined when it is no such thing. */
export function readDayKey(key: unknown): { readonly day: number; readonly name: string } | undefined {
  if (typeof key !== 'string' || key[DATE_LENGTH] !== '/') return undefined;
  const date = key.slice(0, DATE_LENGTH);
  const name = key.slice(DATE_LENGTH + 1);
  const millis = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(date) : Number.NaN;
  if (!(millis >= 0) || name === '' || name.length > MAX_NAME) return undefined;
  return { day: dayOf(millis), name };
}
