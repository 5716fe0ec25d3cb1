const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}';
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? ';
const TIME = '(?:,? \\d{1,2}:\\d{2}(?::\\d{2})?(?: ?[AP]M)?)?';
const ZONE = '(?: (?:GMT|UTC|Z)(?:[+-]\\d{2}:?\\d{2})?(?: \\([A-Za-z ]{1,48}\\))?)?';
/** `Tue Nov 24 2026 12:00:32 GMT+0000 (…)`, `Tue, 24 Nov 2026 12:00:32 GMT`, `November 24, 2026`. */
const DATE = new RegExp(
  `(?:${DAY})?(?:${MONTH} \\d{1,2}(?:, \\d{4}| \\d{4})?|\\d{1,2} ${MONTH}(?: \\d{4})?)${TIME}${ZONE}`,
  'y',
);
const NUMERIC = /\d{4}-\d{2}-\d{2}(?:T| )\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?Z| ?UTC| ?[+-]\d{2}:?\d{2})?/y;

/** Where a date that has spaces in it ends when it begins at `at`; -1 where none does. */
export function dateEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const isDigit = code >= 48 && code <= 57;
  // a name of a month or a day: a capital and a small letter
  if (!isDigit && !(code >= 65 && code <= 87 && text.charCodeAt(at + 1) >= 97)) return -1;
  if (!isDigit) return matchEnd(DATE, text, at);
  if (text.charCodeAt(at + 4) === 45) return matchEnd(NUMERIC, text, at);
  // one or two digits, a space and a capital
  const space = text.charCodeAt(at + 1) === 32 ? at + 1 : at + 2;
  const isDay = text.charCodeAt(space) === 32 && text.charCodeAt(space + 1) >= 65 && text.charCodeAt(space + 1) <= 90;
  return isDay ? matchEnd(DATE, text, at) : -1;
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}
