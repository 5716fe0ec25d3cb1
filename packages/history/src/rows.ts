import { OTHER } from './snapshot.js';

/** Rows by name in the order they came; beyond the cap, all share the row `_OTHER`, so that totals stay right. */
export class Rows<R> {
  readonly #rows = new Map<string, R>();

  constructor(
    private readonly cap: number,
    private readonly create: (name: string) => R,
  ) {}

  row(name: string): R {
    const known = this.#rows.get(name);
    if (known !== undefined) return known;
    if (this.#rows.size >= this.cap && name !== OTHER) return this.row(OTHER);
    const made = this.create(name);
    this.#rows.set(name, made);
    return made;
  }

  get all(): ReadonlyMap<string, R> {
    return this.#rows;
  }
}
