/** What is further ahead than that is a clock that was set, or a service that nobody used for days. */
const STEP_DAYS = 2;
const CONFIRMED_AFTER_MILLIS = 3_600_000;

/**
 * The day that the age of what is kept is counted from. A clock that is set ahead by mistake must not empty a book of a
 * year: a day that comes too early is believed when the clock has been ahead for an hour.
 */
export class DayWatch {
  #believed: number | undefined;
  #aheadSince: number | undefined;

  /** @param elapsedMillis of a clock that nobody sets */
  believe(day: number, elapsedMillis: number): number {
    if (this.#believed === undefined || day <= this.#believed + STEP_DAYS) {
      this.#believed = day;
      this.#aheadSince = undefined;
      return day;
    }
    this.#aheadSince ??= elapsedMillis;
    if (elapsedMillis - this.#aheadSince < CONFIRMED_AFTER_MILLIS) return this.#believed;
    this.#believed = day;
    this.#aheadSince = undefined;
    return day;
  }
}
