/** Keeps the `capacity` values that were used last. */
export class LruCache<Value> {
  // A Map remembers the order of insertion: the first key is the one unused for longest.
  readonly #values = new Map<string, Value>();
  readonly #capacity: number;
  #evictions = 0;

  /** @throws RangeError when the capacity is not a whole number of at least 1 */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`capacity ${capacity}, expected at least 1`);
    this.#capacity = capacity;
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#capacity) return;
    for (const oldest of this.#values.keys()) {
      this.#values.delete(oldest);
      this.#evictions += 1;
      return;
    }
  }

  get size(): number {
    return this.#values.size;
  }

  /** Values that had to make room since the beginning. */
  get evictions(): number {
    return this.#evictions;
  }
}
