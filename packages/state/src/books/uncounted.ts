import type { StateEntry } from '@otel-monitor/runtime';
import type { ReadBook } from './read-book.js';

/** What is to be restored of one book. */
export interface Uncounted {
  readonly id: string;
  readonly version: number;
  readonly entries: readonly StateEntry[];
}

/**
 * What is to be restored of several books, each count once: a process that takes up what others left has it in its own book
 * soon, and theirs are deleted only after that.
 *
 * @param known books whose content this process has in memory already
 */
export function uncounted(books: readonly ReadBook[], known: ReadonlySet<string>): Uncounted[] {
  const whole = new Set([...known, ...books.flatMap(({ includes }) => [...includes])]);
  return books
    .filter(({ id, version }) => version !== undefined && !whole.has(id))
    .map((book) => {
      const covering = books.filter(({ id, includesOfEntries }) => id !== book.id && includesOfEntries.has(book.id));
      const isCovered = (key: string) => covering.some(({ entries }) => entries.has(key));
      const entries = [...book.entries].filter(([key, value]) => value !== undefined && !isCovered(key));
      return { id: book.id, version: book.version as number, entries };
    });
}
