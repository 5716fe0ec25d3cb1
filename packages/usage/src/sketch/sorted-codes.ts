import { placeOf } from './user-code.js';

const FIRST_SIZE = 4;

/** Few users, told apart by 2^20 places: their codes in ascending order, one for each place. */
export class SortedCodes {
  #codes = new Uint32Array(FIRST_SIZE);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#codes.byteLength;
  }

  /** In ascending order. */
  values(): Uint32Array {
    return this.#codes.subarray(0, this.#count);
  }

  /** Gives whether anything changed. */
  add(code: number): boolean {
    const index = this.#indexOf(placeOf(code));
    const known = index < this.#count ? (this.#codes[index] as number) : -1;
    if (known >= 0 && placeOf(known) === placeOf(code)) {
      // of the same place: the higher number is the higher rank
      if (known >= code) return false;
      this.#codes[index] = code;
      return true;
    }
    this.#makeRoom();
    this.#codes.copyWithin(index + 1, index, this.#count);
    this.#codes[index] = code;
    this.#count += 1;
    return true;
  }

  /** Where the first code of this place or a later one is. */
  #indexOf(place: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (placeOf(this.#codes[middle] as number) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #makeRoom(): void {
    if (this.#count < this.#codes.length) return;
    const longer = new Uint32Array(this.#codes.length * 2);
    longer.set(this.#codes);
    this.#codes = longer;
  }
}
