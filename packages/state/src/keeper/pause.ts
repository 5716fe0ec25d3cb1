/** What fails is tried again after this time, then after twice that, up to the longest, in milliseconds. */
const FIRST_MILLIS = 10_000;
const LONGEST_MILLIS = 600_000;

/** How long nothing is tried after it has failed. */
export class Pause {
  #millis = 0;
  #until = 0;

  get isOn(): boolean {
    return performance.now() < this.#until;
  }

  /** The next try may come at once, whatever it comes to. */
  end(): void {
    this.#until = 0;
  }

  wentWell(): void {
    this.#millis = 0;
    this.#until = 0;
  }

  failed(): void {
    this.#millis = Math.min(LONGEST_MILLIS, 2 * this.#millis || FIRST_MILLIS);
    this.#until = performance.now() + this.#millis;
  }
}
