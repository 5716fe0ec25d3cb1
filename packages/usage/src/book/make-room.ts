import { COARSE_PRECISION } from '../sketch/hyper-log-log.js';
import type { DayCell } from './day-cell.js';
import type { UsageBook } from './usage-book.js';

/**
 * Takes out of a book what is missed least, until it holds no more than `target` bytes: of the oldest days first what packing
 * saves, then the finer registers of sketches, then sketches, then the days of features and releases. Users of the service as a whole, and of
 * today, come last, and lose their finer registers at most.
 *
 * @returns bytes that it holds then
 */
export function makeRoom(book: UsageBook, today: number, bytes: number, target: number): number {
  const cells = [...book.cells()].sort((one, other) => one.day - other.day);
  const isLast = ({ subject, day }: DayCell): boolean => subject.kind === 's' || day === today;
  const first = cells.filter((cell) => !isLast(cell));
  let left = bytes;
  const freeFrom = (some: readonly DayCell[], free: (cell: DayCell) => void): void => {
    for (const cell of some) {
      if (left <= target) return;
      const before = cell.bytes;
      free(cell);
      if (cell.day !== today) cell.pack();
      left -= before - (cell.isGone ? 0 : cell.bytes);
    }
  };
  freeFrom(cells, () => {});
  freeFrom(first, (cell) => coarsen(book, cell));
  freeFrom(first, (cell) => forgetUsers(book, cell));
  freeFrom(first, (cell) => {
    book.dropped.days += 1;
    book.remove(cell);
  });
  freeFrom(cells.filter(isLast), (cell) => coarsen(book, cell));
  return left;
}

function coarsen(book: UsageBook, cell: DayCell): void {
  for (const log of cell.users.logs) {
    // of few users the registers would take more
    if (log.sketch.bytes <= 1 << COARSE_PRECISION) continue;
    log.coarsen(COARSE_PRECISION);
    book.dropped.coarserSketches += 1;
    book.changes.users(cell);
  }
}

function forgetUsers(book: UsageBook, cell: DayCell): void {
  if (cell.users.logs.length === 0) return;
  cell.forgottenUsers = cell.userCount();
  for (const { keyId } of [...cell.users.logs]) {
    book.dropped.forgottenSketches += 1;
    book.changes.forgotten(cell, cell.users.forget(keyId));
  }
  book.changes.everything(cell);
}
