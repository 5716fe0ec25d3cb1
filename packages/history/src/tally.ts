import { OTHER } from './snapshot.js';

/** Most names that one tally tells apart. */
const MAX_NAMES = 100;

/** Numbers added up by name; beyond the cap under `_OTHER`. */
export class Tally {
  readonly #numbers = new Map<string, number>();

  add(name: string, value: number): void {
    const known = this.#numbers.has(name) || this.#numbers.size < MAX_NAMES;
    const key = known ? name : OTHER;
    this.#numbers.set(key, (this.#numbers.get(key) ?? 0) + value);
  }

  /** As plain data; a name such as `__proto__` is a key like any other. */
  toRecord(): Record<string, number> {
    return Object.fromEntries(this.#numbers);
  }
}
