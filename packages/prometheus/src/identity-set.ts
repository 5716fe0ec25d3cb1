/** Another one in each process, so that nobody can choose attributes whose hashes meet. */
const SEED: number = (Math.random() * 2 ** 32) | 0;
const FREE = -1;
/** Room that is made beforehand; filling it is no long work. */
const MOST_EXPECTED = 10_000;

/** A hash of an identity, to be kept beside it (FNV-1a). */
export function hashOf(identity: string): number {
  let hash = SEED;
  for (let index = 0; index < identity.length; index += 1) {
    hash = Math.imul(hash ^ identity.charCodeAt(index), 0x0100_0193);
  }
  // the low bits choose the slot: let the high ones have their say
  return hash ^ (hash >>> 15);
}

/**
 * The identities of a family that were shown. A Set of strings would cost more than half of writing the series: this one
 * takes hashes that were made once, and looks at a string only when two of them are equal.
 */
export class IdentitySet {
  readonly #identities: string[] = [];
  #hashes: Int32Array;
  /** Where the identity of each slot stands. */
  #places: Int32Array;

  /** @param expected about how many there will be; more are no harm */
  constructor(expected = 0) {
    const slots = 2 ** Math.ceil(Math.log2(2 * Math.min(Math.max(expected, 16), MOST_EXPECTED)));
    this.#hashes = new Int32Array(slots);
    this.#places = new Int32Array(slots).fill(FREE);
  }

  /** False when it was there. */
  add(identity: string, hash: number): boolean {
    const mask = this.#places.length - 1;
    let slot = hash & mask;
    for (; this.#places[slot] !== FREE; slot = (slot + 1) & mask) {
      if (this.#hashes[slot] === hash && this.#identities[this.#places[slot]!] === identity) return false;
    }
    this.#places[slot] = this.#identities.length;
    this.#hashes[slot] = hash;
    this.#identities.push(identity);
    if (2 * this.#identities.length > this.#places.length) this.#grow();
    return true;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const places = this.#places;
    const mask = 4 * places.length - 1;
    this.#hashes = new Int32Array(mask + 1);
    this.#places = new Int32Array(mask + 1).fill(FREE);
    for (let old = 0; old < places.length; old += 1) {
      if (places[old] === FREE) continue;
      let slot = hashes[old]! & mask;
      while (this.#places[slot] !== FREE) slot = (slot + 1) & mask;
      this.#places[slot] = places[old]!;
      this.#hashes[slot] = hashes[old]!;
    }
  }
}
