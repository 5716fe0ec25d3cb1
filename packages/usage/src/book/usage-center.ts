import { type DurableState, processWide } from '@otel-monitor/runtime';
import { UsageQuery } from '../query/usage-query.js';
import { UsageBook } from './usage-book.js';
import { BookState } from './usage-state.js';

/** What there is once in a process: all of it made by one copy of this package, whichever comes first. */
export interface UsageCenter {
  readonly book: UsageBook;
  readonly state: DurableState;
  readonly query: UsageQuery;
}

/** Beginnings are made by the first call: to be imported costs nothing. */
export function usageCenter(): UsageCenter {
  return processWide('usage.1', () => {
    const book = new UsageBook();
    return { book, state: new BookState(book), query: new UsageQuery(book) };
  });
}

/** What of the use of features outlives the process; to be kept by whoever has a place for it. */
export function usageState(): DurableState {
  return usageCenter().state;
}

/** What can be asked of the use of the service: the same for every monitor of the process. */
export function usageQuery(): UsageQuery {
  return usageCenter().query;
}
