const MINUTE = 60_000;

/** One ring of a row: so many buckets of such a width. */
interface Ring {
  readonly width: number;
  readonly buckets: number;
  /** Where the ring begins in a row. */
  readonly offset: number;
}

/** The last hour, the last 24 hours and the last 7 days. */
const RINGS: readonly [Ring, Ring, Ring] = [
  { width: 5 * MINUTE, buckets: 12, offset: 0 },
  { width: 60 * MINUTE, buckets: 24, offset: 12 },
  { width: 360 * MINUTE, buckets: 28, offset: 36 },
];
const ROW_BUCKETS = 64;
const ROWS_A_PAGE = 64;
/** A bucket that holds this is one of the few whose count does not fit, and stands in a table. */
const ELSEWHERE = 0xffff;

/** The buckets of a row as plain data: for each ring the number of its newest bucket and the counts up to it. */
export type WindowCounts = readonly (readonly [newest: number, counts: readonly number[]])[];

/** The windows' counts, and how much time each of them covers by now, in milliseconds. */
export interface Windows {
  readonly hour: number;
  readonly day: number;
  readonly week: number;
  readonly hourMillis: number;
  readonly dayMillis: number;
  readonly weekMillis: number;
}

class Page {
  readonly counts = new Uint16Array(ROWS_A_PAGE * ROW_BUCKETS);
  /** The number of the newest bucket of each ring, counted from 1970. */
  readonly newest = new Int32Array(ROWS_A_PAGE * RINGS.length);
}

/**
 * Counts over the last hour, day and week, a row for each group. Rows lie in pages of typed arrays, 140 bytes each; a
 * bucket has two bytes, and a place in a table when it counts more than 65,534.
 */
export class CountWindows {
  readonly #pages: Page[] = [];
  readonly #free: number[] = [];
  readonly #large = new Map<number, number>();

  /** A row without counts. Give it back by `release`. */
  newRow(): number {
    if (this.#free.length === 0) {
      const first = this.#pages.length * ROWS_A_PAGE;
      this.#pages.push(new Page());
      for (let row = first + ROWS_A_PAGE - 1; row >= first; row -= 1) this.#free.push(row);
    }
    return this.#free.pop() as number;
  }

  release(row: number): void {
    this.empty(row);
    this.#free.push(row);
  }

  /** Forgets the counts of a row. */
  empty(row: number): void {
    for (const ring of RINGS) this.#clear(row, ring, 0, ring.buckets);
    const first = (row % ROWS_A_PAGE) * RINGS.length;
    this.#page(row).newest.fill(0, first, first + RINGS.length);
  }

  /** Counts `times` at a time, in milliseconds since 1970. What is older than a ring is not in it. */
  add(row: number, at: number, times = 1): void {
    for (let index = 0; index < RINGS.length; index += 1) {
      this.#addTo(row, index, Math.floor(at / (RINGS[index] as Ring).width), times);
    }
  }

  read(row: number, now: number): Windows {
    const [hour, day, week] = RINGS;
    return {
      hour: this.#sum(row, 0, now),
      day: this.#sum(row, 1, now),
      week: this.#sum(row, 2, now),
      hourMillis: covered(hour, now),
      dayMillis: covered(day, now),
      weekMillis: covered(week, now),
    };
  }

  counts(row: number): WindowCounts {
    return RINGS.map((ring, index) => {
      const newest = this.#newest(row, index);
      const counts: number[] = [];
      for (let bucket = Math.max(0, newest - ring.buckets + 1); bucket <= newest; bucket += 1) {
        const count = this.#count(row, ring, bucket);
        // what is before the first error is left out
        if (count > 0 || counts.length > 0) counts.push(count);
      }
      return [newest, counts];
    });
  }

  /** Adds counts of another row, or of another process, each at its own time. */
  join(row: number, given: WindowCounts): void {
    given.forEach(([newest, counts], index) => {
      counts.forEach((count, i) => {
        if (count > 0) this.#addTo(row, index, newest - counts.length + 1 + i, count);
      });
    });
  }

  get memoryBytes(): number {
    return this.#pages.length * ROWS_A_PAGE * (ROW_BUCKETS * 2 + RINGS.length * 4) + this.#large.size * 48;
  }

  #addTo(row: number, index: number, bucket: number, times: number): void {
    const ring = RINGS[index] as Ring;
    const page = this.#page(row);
    const at = (row % ROWS_A_PAGE) * RINGS.length + index;
    const newest = page.newest[at] as number;
    if (bucket > newest) {
      this.#clear(row, ring, newest + 1, Math.min(bucket - newest, ring.buckets));
      page.newest[at] = bucket;
    } else if (bucket <= newest - ring.buckets) return;
    const place = (row % ROWS_A_PAGE) * ROW_BUCKETS + ring.offset + (bucket % ring.buckets);
    const count = page.counts[place] as number;
    if (count + times < ELSEWHERE) {
      page.counts[place] = count + times;
      return;
    }
    const key = row * ROW_BUCKETS + ring.offset + (bucket % ring.buckets);
    this.#large.set(key, (count === ELSEWHERE ? (this.#large.get(key) ?? 0) : count) + times);
    page.counts[place] = ELSEWHERE;
  }

  #sum(row: number, index: number, now: number): number {
    const ring = RINGS[index] as Ring;
    const newest = this.#newest(row, index);
    const present = Math.floor(now / ring.width);
    let sum = 0;
    // a clock that was set back leaves buckets ahead of it: they count as the present one
    const first = Math.max(0, Math.max(present, newest) - ring.buckets + 1);
    for (let bucket = first; bucket <= newest; bucket += 1) sum += this.#count(row, ring, bucket);
    return sum;
  }

  #count(row: number, { offset, buckets }: Ring, bucket: number): number {
    const place = offset + (bucket % buckets);
    const count = this.#page(row).counts[(row % ROWS_A_PAGE) * ROW_BUCKETS + place] as number;
    return count === ELSEWHERE ? (this.#large.get(row * ROW_BUCKETS + place) ?? 0) : count;
  }

  #clear(row: number, ring: Ring, firstBucket: number, buckets: number): void {
    const { counts } = this.#page(row);
    for (let bucket = firstBucket; bucket < firstBucket + buckets; bucket += 1) {
      const place = ring.offset + (bucket % ring.buckets);
      const at = (row % ROWS_A_PAGE) * ROW_BUCKETS + place;
      if (counts[at] === ELSEWHERE) this.#large.delete(row * ROW_BUCKETS + place);
      counts[at] = 0;
    }
  }

  #newest(row: number, index: number): number {
    return this.#page(row).newest[(row % ROWS_A_PAGE) * RINGS.length + index] as number;
  }

  #page(row: number): Page {
    return this.#pages[(row / ROWS_A_PAGE) | 0] as Page;
  }
}

/**
 * Whether data that was read from elsewhere are counts of windows.
 *
 * @param until no bucket begins later, in milliseconds since 1970
 */
export function areWindowCounts(given: unknown, until: number): given is WindowCounts {
  return (
    Array.isArray(given) &&
    given.length === RINGS.length &&
    RINGS.every((ring, index) => isRing(given[index], ring, until))
  );
}

function isRing(given: unknown, { width, buckets }: Ring, until: number): boolean {
  if (!Array.isArray(given)) return false;
  const [newest, counts] = given as unknown[];
  return (
    isWhole(newest) &&
    newest <= until / width &&
    Array.isArray(counts) &&
    counts.length <= Math.min(buckets, newest + 1) &&
    counts.every(isWhole)
  );
}

function isWhole(given: unknown): given is number {
  return Number.isSafeInteger(given) && (given as number) >= 0;
}

/** The present bucket is not full yet. */
function covered({ width, buckets }: Ring, now: number): number {
  return (buckets - 1) * width + (now % width);
}
