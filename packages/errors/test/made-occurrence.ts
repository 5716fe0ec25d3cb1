import type { DescribedError } from '../src/description/described-error.js';
import type { Occurrence } from '../src/groups/occurrence.js';

let made = 0;

/** What a test says of an error; the rest is made up. */
export interface MadeError {
  groupId?: string;
  title?: string;
  message?: string;
  errorType?: string;
  stack?: string | undefined;
  causes?: readonly DescribedError[];
}

/** An error as its group takes it, by default at 2026-01-05T00:00:00Z. */
export function madeOccurrence({
  groupId = 'a000000000000000',
  title = 'tile <number> out of range',
  message = 'tile 12 out of range',
  errorType = 'RangeError',
  stack = '\n    at extract (/app/extract.js:1:1)',
  causes = [],
  ...given
}: MadeError & Partial<Occurrence> = {}): Occurrence {
  made += 1;
  return {
    id: made.toString(16).padStart(32, '0'),
    fingerprint: { groupId, title, culprit: 'extract (extract.js)' },
    error: {
      errorType,
      exceptionType: errorType,
      message,
      code: undefined,
      head: undefined,
      frames: stack === undefined ? undefined : { text: stack, signature: '', culprit: undefined },
      causes,
    },
    severity: 'error',
    at: START,
    operationName: undefined,
    traceId: undefined,
    spanId: undefined,
    userHash: undefined,
    ...given,
  };
}

export const START: number = Date.UTC(2026, 0, 5);
export const MINUTE = 60_000;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;

/** A keyed hash as it might be: 32 hexadecimal digits, evenly spread. */
export function madeUser(number: number): string {
  let digits = '';
  let word = number + 1;
  while (digits.length < 32) {
    word = Math.imul(word ^ (word >>> 16), 0x45d9f3b) + 0x9e3779b9;
    word ^= word >>> 15;
    digits += (word >>> 0).toString(16).padStart(8, '0');
  }
  return digits;
}
