/** Buckets of a doubling: each is 9.05 % wider than the one before, so that its middle is at most 4.4 % off. */
const BUCKETS_PER_DOUBLING = 8;
/** From a microsecond to eleven days; what is shorter or longer is in the first or last bucket. */
const LOWEST = -160;
const HIGHEST = 160;
const MAX_COUNT = 0xffff_ffff;
/** Of an empty one. */
const BYTES = 200;
/** The middle of a bucket as a share of its upper bound. */
const MIDDLE = 2 / (1 + 2 ** (1 / BUCKETS_PER_DOUBLING));

/** Durations in seconds, from which quantiles can be told; those of several days can be added up. */
export class DurationSketch {
  /** The bucket that the first count is of. */
  #first = 0;
  #counts = new Uint32Array(0);

  /** Of what `toJSON` gave; undefined when it is no such thing. Total on any input. */
  static of(given: unknown): DurationSketch | undefined {
    if (!Array.isArray(given) || given.length > HIGHEST - LOWEST + 2) return undefined;
    const [first, ...counts] = given as unknown[];
    if (!isWhole(first) || first < LOWEST || first + counts.length - 1 > HIGHEST) return undefined;
    if (!counts.every((count) => isWhole(count) && count >= 0 && count <= MAX_COUNT)) return undefined;
    const made = new DurationSketch();
    made.#first = first;
    made.#counts = Uint32Array.from(counts as number[]);
    return made;
  }

  get bytes(): number {
    return BYTES + this.#counts.byteLength;
  }

  /** @param seconds 0 or more, finite */
  add(seconds: number): void {
    const bucket = Math.ceil(Math.log2(seconds) * BUCKETS_PER_DOUBLING);
    this.#add(Math.max(LOWEST, Math.min(HIGHEST, bucket)), 1);
  }

  merge(other: DurationSketch): void {
    const [first, ...counts] = other.toJSON();
    if (first === undefined) return;
    for (let index = 0; index < counts.length; index += 1) {
      if (counts[index] !== 0) this.#add(first + index, counts[index] as number);
    }
  }

  /** Seconds below which a share of all durations lies; undefined when there are none. */
  quantile(share: number): number | undefined {
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) return undefined;
    let left = Math.max(1, Math.ceil(share * total));
    let index = 0;
    for (; index < this.#counts.length; index += 1) {
      left -= this.#counts[index] as number;
      if (left <= 0) break;
    }
    const bucket = this.#first + index;
    return bucket === LOWEST ? 0 : MIDDLE * 2 ** (bucket / BUCKETS_PER_DOUBLING);
  }

  /** The first bucket and the counts from there; empty when there are none. */
  toJSON(): number[] {
    let start = 0;
    let end = this.#counts.length;
    while (start < end && this.#counts[start] === 0) start += 1;
    while (end > start && this.#counts[end - 1] === 0) end -= 1;
    return start === end ? [] : [this.#first + start, ...this.#counts.subarray(start, end)];
  }

  #add(bucket: number, count: number): void {
    let index = bucket - this.#first;
    if (index < 0 || index >= this.#counts.length) {
      this.#makeRoom(bucket);
      index = bucket - this.#first;
    }
    this.#counts[index] = Math.min(MAX_COUNT, (this.#counts[index] as number) + count);
  }

  /** Room for eight more at least, so that neighbours that come next need none. */
  #makeRoom(bucket: number): void {
    const isEmpty = this.#counts.length === 0;
    const first = isEmpty ? bucket - 4 : Math.min(this.#first, bucket - 4);
    const end = isEmpty ? bucket + 5 : Math.max(this.#first + this.#counts.length, bucket + 5);
    const longer = new Uint32Array(end - first);
    longer.set(this.#counts, isEmpty ? 0 : this.#first - first);
    this.#first = first;
    this.#counts = longer;
  }
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}
