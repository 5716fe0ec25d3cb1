/** Room for some three hundred spans. */
const SLAB_BYTES = 64 * 1024;
/** Empty slabs that are kept for the next items; a full queue of spans fills a dozen. */
const MAX_SPARE = 4;

/** A piece of memory that holds items end to end. */
export class Slab {
  /** Items in it that have neither left nor been given up. */
  live = 0;

  constructor(readonly bytes: Buffer) {}
}

/** Where a writer begins: many a process never writes an item. */
export const NO_SLAB = new Slab(Buffer.alloc(0));

/** Gives out slabs, and takes those back that hold nothing any more. */
export class Slabs {
  readonly #spare: Slab[] = [];

  /** A slab with room for at least `bytes`. */
  take(bytes: number): Slab {
    if (bytes > SLAB_BYTES) return new Slab(Buffer.allocUnsafeSlow(bytes));
    return this.#spare.pop() ?? new Slab(Buffer.allocUnsafeSlow(SLAB_BYTES));
  }

  giveBack(slab: Slab): void {
    if (slab.bytes.length === SLAB_BYTES && this.#spare.length < MAX_SPARE) this.#spare.push(slab);
  }
}
