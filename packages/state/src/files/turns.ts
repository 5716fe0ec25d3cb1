/** Longest time that work on files keeps the event loop, in milliseconds. */
const TURN_MILLIS = 2;
/** Steps between two looks at the clock. */
const STEPS = 16;

/** Gives the event loop its turn in the middle of long work. */
export class Turns {
  #steps = 0;
  #began = performance.now();

  /** To be awaited after each small step. */
  next(): Promise<void> | undefined {
    this.#steps += 1;
    return this.#steps % STEPS === 0 ? this.soon() : undefined;
  }

  /** To be awaited after a step that may take long. */
  soon(): Promise<void> | undefined {
    if (performance.now() - this.#began < TURN_MILLIS) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#began = performance.now();
        resolve();
      });
    });
  }
}
