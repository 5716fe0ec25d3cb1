/** One parameter of a query. */
export interface QueryField<Value> {
  /** What it takes, for who gave it something else. */
  readonly expected: string;
  /** Undefined: it is not what is expected. */
  read(text: string): Value | undefined;
}

const MAX_TEXT = 256;
/** A date, or a date and a time with or without its zone (ISO 8601), as `Date.parse` reads it. */
const ISO_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** One of a few words. */
export function oneOf<Word extends string>(words: readonly Word[]): QueryField<Word> {
  return {
    expected: `one of ${words.join(', ')}`,
    read: (text) => (words.includes(text as Word) ? (text as Word) : undefined),
  };
}

/** Text, as names are. */
export const text: QueryField<string> = {
  expected: `text of at most ${MAX_TEXT} characters`,
  read: (given) => (given.length <= MAX_TEXT ? given : undefined),
};

/** A time: ISO 8601, or milliseconds since 1970. As milliseconds. */
export const time: QueryField<number> = {
  expected: 'a time: ISO 8601, as 2026-11-24T12:00:00Z, or milliseconds since 1970',
  read: (given) => {
    const millis = /^\d{1,15}$/.test(given) ? Number(given) : ISO_TIME.test(given) ? Date.parse(given) : Number.NaN;
    return Number.isNaN(millis) ? undefined : millis;
  },
};

/** A whole number. */
export function wholeNumber(least: number, most: number): QueryField<number> {
  return {
    expected: `a whole number from ${least} to ${most}`,
    read: (given) => {
      const number = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
      return number >= least && number <= most ? number : undefined;
    },
  };
}
