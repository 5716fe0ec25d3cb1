const FIRST_CAPACITY = 16;

/**
 * Counts by bucket over a range of indexes that moves and grows with what is recorded. When the range would be wider
 * than `maxSize`, two neighbours become one, as often as it takes, and the scale falls by one each time.
 */
export class ExponentialBuckets {
  /** Index of the first bucket that has counted. */
  offset = 0;
  /** Buckets in use, from `offset` on. */
  size = 0;
  #counts = new Float64Array(0);

  constructor(readonly maxSize: number) {}

  /** By how much the scale must fall so that `first` to `last` fit in; 0: they fit. */
  excess(first: number, last: number = first): number {
    let low = this.size === 0 ? first : Math.min(first, this.offset);
    let high = this.size === 0 ? last : Math.max(last, this.offset + this.size - 1);
    let change = 0;
    while (high - low >= this.maxSize) {
      low >>= 1;
      high >>= 1;
      change += 1;
    }
    return change;
  }

  /** Counts one measurement, or `count` of them; false, and nothing is done, when the range does not hold `index`. */
  increment(index: number, count = 1): boolean {
    const at = index - this.offset;
    if (at < 0 || at >= this.size) return false;
    this.#counts[at]! += count;
    return true;
  }

  /** Makes one bucket of 2^change neighbours; allocates nothing. */
  downscale(change: number): void {
    if (this.size === 0) return;
    const counts = this.#counts;
    const { offset, size } = this;
    this.offset = offset >> change;
    this.size = ((offset + size - 1) >> change) - this.offset + 1;
    for (let from = 0; from < size; from += 1) {
      const to = ((offset + from) >> change) - this.offset;
      if (to === from) continue;
      counts[to]! += counts[from]!;
      counts[from] = 0;
    }
  }

  toArray(): number[] {
    return Array.from(this.#counts.subarray(0, this.size));
  }

  clear(): void {
    this.offset = 0;
    this.size = 0;
    this.#counts.fill(0);
  }

  get memoryBytes(): number {
    return this.#counts.byteLength;
  }

  /** Makes the range hold `index`, which must fit; allocates only when the array is too short. */
  extendTo(index: number): void {
    if (this.size === 0) this.offset = index;
    const low = Math.min(index, this.offset);
    const size = Math.max(index + 1, this.offset + this.size) - low;
    if (size > this.#counts.length) {
      const longer = new Float64Array(Math.min(this.maxSize, Math.max(2 * size, FIRST_CAPACITY)));
      longer.set(this.#counts);
      this.#counts = longer;
    }
    const shift = this.offset - low;
    if (shift > 0) {
      this.#counts.copyWithin(shift, 0, this.size);
      this.#counts.fill(0, 0, Math.min(shift, this.size));
    }
    this.offset = low;
    this.size = size;
  }
}
