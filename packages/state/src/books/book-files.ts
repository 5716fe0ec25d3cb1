import { nodeCrypto } from '@otel-monitor/runtime';

/**
 * A book is what one process has written of one state: snapshots with growing numbers, with each the journal of what has
 * changed since, and what was written last when the process ended at once.
 */
const BOOK = /^[\da-f]{16}$/;
const NUMBERED = /^(\d{1,9})\.(snapshot|journal)$/;

/** Longest file that is read: more is never written. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

export const LAST_FILE = 'last';
export const UNFINISHED_SNAPSHOT = 'snapshot.tmp';

export const snapshotFile = (number: number): string => `${number}.snapshot`;
export const journalFile = (number: number): string => `${number}.journal`;

/** A name that no other book has. */
export function newBookId(): string {
  return nodeCrypto().randomBytes(8).toString('hex');
}

export function isBookId(name: string): boolean {
  return BOOK.test(name);
}

/** The numbers of the snapshots and journals among the names of a book's files, the latest first. */
export function generations(names: readonly string[]): number[] {
  const numbers = names.map((name) => Number(NUMBERED.exec(name)?.[1] ?? 0)).filter((number) => number > 0);
  return [...new Set(numbers)].sort((a, b) => b - a);
}
