const MAX_KEPT = 1000;
/** A longer name is cleaned and bound anew at each call, so that what is kept stays small. */
const MAX_KEPT_NAME = 256;

/**
 * What was made for a name, or for a pair of names, kept for the next call with the same ones. Beyond the bound it is
 * made at each call, and the store's overflow series takes the measurements.
 */
export class KeptByName<Names extends [unknown, unknown?], T> {
  readonly #kept = new Map<string, T>();

  constructor(private readonly make: (...names: Names) => T) {}

  get(...names: Names): T {
    const key = keyOf(names);
    if (key === undefined) return this.make(...names);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const made = this.make(...names);
    if (this.#kept.size < MAX_KEPT) this.#kept.set(key, made);
    return made;
  }
}

function keyOf(names: readonly unknown[]): string | undefined {
  const [first, second] = names;
  if (typeof first !== 'string' || first.length > MAX_KEPT_NAME) return undefined;
  if (names.length < 2) return first;
  if (typeof second !== 'string' || second.length > MAX_KEPT_NAME) return undefined;
  // the length keeps ('ab', 'c') apart from ('a', 'bc')
  return `${first.length}:${first}${second}`;
}
