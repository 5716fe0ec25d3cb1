/** How much counters of seconds have grown since the reading before, as shares of the time that has passed. */
export class ShareOverTime<K extends string> {
  #before: { readonly at: number; readonly counters: Readonly<Partial<Record<K, number>>> } | undefined;
  #shares: Partial<Record<K, number>> | undefined;

  /**
   * @param minSeconds what must have passed at least: the grain of the counters decides it
   * @param start what the counters were at `at`, when that is known before the first reading
   */
  constructor(
    private readonly minSeconds: number,
    start?: { at: number; counters: Readonly<Partial<Record<K, number>>> },
  ) {
    this.#before = start;
  }

  /**
   * The shares of the stretch that ended with this reading. Undefined at the first; those of the stretch before while too
   * little time has passed.
   *
   * @param at seconds of processor time that have passed, of all processors together
   */
  next(at: number, counters: Readonly<Partial<Record<K, number>>>): Readonly<Partial<Record<K, number>>> | undefined {
    const before = this.#before;
    if (before === undefined) {
      this.#before = { at, counters };
      return undefined;
    }
    const elapsed = at - before.at;
    if (elapsed < this.minSeconds) return this.#shares;
    this.#before = { at, counters };
    const shares: Partial<Record<K, number>> = {};
    for (const key of Object.keys(counters) as K[]) {
      const now = counters[key];
      const then = before.counters[key];
      if (now === undefined || then === undefined) continue;
      // counters of idle time may go back a little; more time than has passed is rounding
      shares[key] = Math.min(1, Math.max(0, (now - then) / elapsed));
    }
    this.#shares = shares;
    return shares;
  }
}
