const MAX_KEPT = 1000;
/** A longer name is cleaned and bound anew at each call, so that what is kept stays small. */
const MAX_KEPT_NAME = 256;
/** Stands for the second name where there is none. */
const ALONE = Symbol('alone');

/**
 * What was made for a name, or for a pair of names, kept for the next call with the same ones. Beyond the bound it is
 * made at each call, and the store's overflow series takes the measurements. Pairs are looked up one name after the other:
 * one text made of both would have to be hashed at each call.
 */
export class KeptByName<Names extends [unknown, unknown?], T> {
  readonly #kept = new Map<unknown, Map<unknown, T>>();
  #count = 0;

  constructor(private readonly make: (...names: Names) => T) {}

  get(...names: Names): T {
    const first: unknown = names[0];
    const second: unknown = names.length < 2 ? ALONE : names[1];
    const known = this.#kept.get(first)?.get(second);
    if (known !== undefined) return known;
    const made = this.make(...names);
    if (this.#count < MAX_KEPT && isKept(first) && (second === ALONE || isKept(second))) {
      this.#count += 1;
      const ofFirst = this.#kept.get(first);
      if (ofFirst === undefined) this.#kept.set(first, new Map([[second, made]]));
      else ofFirst.set(second, made);
    }
    return made;
  }
}

function isKept(name: unknown): boolean {
  return typeof name === 'string' && name.length <= MAX_KEPT_NAME;
}
