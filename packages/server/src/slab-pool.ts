/** About a hundred histograms: a fraction of a millisecond to fill, one call to the socket to send. */
const SLAB_BYTES = 262_144;
/** A page under way has one in the socket and none beside; more are for pages at the same time. */
const MAX_FREE = 2;

/** Buffers that pages are written into, used again once their bytes are with the system. */
export class SlabPool {
  readonly #free: Buffer[] = [];

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(SLAB_BYTES);
  }

  /** Gives back the buffer of a chunk, which nobody may read any more. */
  give(chunk: Buffer): void {
    // a chunk with a line that no slab could hold stands in a buffer of its own
    if (chunk.buffer.byteLength !== SLAB_BYTES || this.#free.length >= MAX_FREE) return;
    this.#free.push(Buffer.from(chunk.buffer));
  }
}
