import type { DayCell } from './day-cell.js';
import { makeRoom } from './make-room.js';
import type { UsageBook } from './usage-book.js';

/** Bytes of all days together, about. */
export const MAX_BYTES = 8_000_000;
/** So much is freed at once, so that it need not be done often. */
const FREED_SHARE = 0.1;

/** The days that are asked for again and again, two months and the day before, are not packed without need. */
const OPEN_DAYS = 57;

/** How many bytes a book holds: what it grew by is added up, and counted anew each day and where it matters. */
export class BookSize {
  #bytes = 0;
  #checkAt: number;

  constructor(
    private readonly book: UsageBook,
    private readonly max: number = MAX_BYTES,
  ) {
    this.#checkAt = max;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @param today the day that uses are counted on: it is neither packed nor taken out */
  grew(bytes: number, today: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#checkAt) this.recount(today);
  }

  /** Packs a day that is seldom asked for. */
  packOld(cell: DayCell, today: number): void {
    if (Math.abs(today - cell.day) > OPEN_DAYS) cell.pack();
  }

  recount(today: number): void {
    let bytes = 0;
    for (const cell of this.book.cells()) {
      this.packOld(cell, today);
      bytes += cell.bytes;
    }
    const freed = this.max * FREED_SHARE;
    if (bytes > this.max) bytes = makeRoom(this.book, today, bytes, this.max - freed);
    this.#bytes = bytes;
    // where nothing could be freed it is not tried at each call
    this.#checkAt = bytes > this.max ? bytes + freed : this.max;
  }
}
