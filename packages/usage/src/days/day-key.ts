import { dayOfText, dayText } from '../book/utc-day.js';

const DATE_LENGTH = 10;
const MAX_NAME = 256;

/** Under which key a name's counts of a day are kept: `2026-03-31/import`. */
export function dayKey(day: number, name: string): string {
  return `${dayText(day)}/${name}`;
}

/** Day and name of a key; undefined when it is no such thing. Total on any input. */
export function readDayKey(key: unknown): { readonly day: number; readonly name: string } | undefined {
  if (typeof key !== 'string' || key[DATE_LENGTH] !== '/') return undefined;
  const day = dayOfText(key.slice(0, DATE_LENGTH));
  const name = key.slice(DATE_LENGTH + 1);
  return day === undefined || name === '' || name.length > MAX_NAME ? undefined : { day, name };
}
