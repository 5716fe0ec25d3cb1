import type { DayBook, DayCounts } from './day-book.js';

/** The counts of one name on one day. Whoever holds it may count on it, whatever has become of the day. */
export class DayEntry<T extends DayCounts> {
  /** Runs in progress; known to this process alone. */
  running = 0;
  /** Whoever keeps state has been given this entry. */
  isKeptElsewhere = false;
  #live: T | undefined;
  #resting: string | undefined;
  #isChanged = false;
  #hasLeft = false;

  constructor(
    private readonly book: DayBook<T>,
    readonly day: number,
    readonly name: string,
    readonly key: string,
  ) {}

  /** The counts, to be changed now. */
  open(): T {
    if (!this.#isChanged && !this.#hasLeft) {
      this.#isChanged = true;
      this.book.changed(this);
    }
    this.#live ??= this.#wake();
    return this.#live;
  }

  /** The counts, to be looked at and not changed; `done` is told when nobody looks any more. */
  look<Result>(done: (counts: T) => Result): Result {
    if (this.#live !== undefined) return done(this.#live);
    const counts = this.#resting === undefined ? this.book.create() : this.book.read(this.#resting);
    const result = done(counts);
    counts.release();
    return result;
  }

  /** What JSON can hold of the counts. */
  value(): unknown {
    if (this.#live !== undefined) return this.#live.toValue();
    return this.#resting === undefined ? this.book.create().toValue() : JSON.parse(this.#resting);
  }

  /** Its day is over: text is smaller. */
  rest(): void {
    if (this.#live === undefined) return;
    this.#resting = JSON.stringify(this.#live.toValue());
    this.book.rested(this.#resting.length);
    this.#live.release();
    this.#live = undefined;
  }

  taken(): void {
    this.#isChanged = false;
    this.isKeptElsewhere = true;
  }

  /** It is not in the book any more. */
  leave(): void {
    this.#hasLeft = true;
    this.#live?.release();
    this.#forgetText();
  }

  #wake(): T {
    const text = this.#resting;
    this.#forgetText();
    return text === undefined ? this.book.create() : this.book.read(text);
  }

  #forgetText(): void {
    if (this.#resting !== undefined) this.book.rested(-this.#resting.length);
    this.#resting = undefined;
  }
}
