/**
 * Gives the pieces of long work one turn of the event loop each, in the order that they ask: however many pages are under
 * way, no turn holds more than one piece of one of them.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isScheduled = false;

  /** Resolves in a turn of the caller's own. What runs before the next await is its piece. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // not unrefed: an immediate without a reference waits for whatever else wakes the loop
    setImmediate(() => {
      this.#isScheduled = false;
      this.#waiting.shift()?.();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }
}
