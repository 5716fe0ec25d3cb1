/** Most bytes of all files that one process keeps. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What the files of one process take, and what found no room. */
export class DiskBudget {
  #used = 0;
  /** Entries that were not written since there was no room, or since they were no data. */
  leftOut = 0;

  constructor(readonly most: number = MOST_BYTES) {}

  get used(): number {
    return this.#used;
  }

  get left(): number {
    return Math.max(0, this.most - this.#used);
  }

  add(bytes: number): void {
    this.#used += bytes;
  }

  remove(bytes: number): void {
    this.#used -= bytes;
  }
}
