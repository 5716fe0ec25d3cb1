import { UsageBook } from '../../src/book/usage-book.js';
import { BookState } from '../../src/book/usage-state.js';
import { DAY_MILLIS } from '../../src/book/utc-day.js';
import { UsageQuery } from '../../src/query/usage-query.js';

export const START: number = Date.parse('2026-11-24T10:00:00Z');

/** A book with a clock that tests set. */
export interface ClockedBook {
  readonly book: UsageBook;
  readonly query: UsageQuery;
  readonly state: BookState;
  /** Sets the clock to so many days after the start. */
  onDay(days: number): void;
  /** A use. */
  use(feature: string, userId?: unknown, action?: string, isFailure?: boolean, seconds?: number): void;
}

export function clockedBook(startMillis: number = START): ClockedBook {
  let now = startMillis;
  let elapsed = 0;
  const book = new UsageBook(
    () => now,
    () => elapsed,
  );
  return {
    book,
    query: new UsageQuery(book),
    state: new BookState(book),
    onDay: (days) => {
      elapsed += Math.max(0, startMillis + days * DAY_MILLIS - now);
      now = startMillis + days * DAY_MILLIS;
    },
    use: (feature, userId, action = 'used', isFailure = false, seconds) =>
      book.action(feature, action).count(isFailure, seconds, userId),
  };
}
