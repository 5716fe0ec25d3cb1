const NONE: Buffer = Buffer.alloc(0);

/**
 * The bytes of a page under way. Whoever writes asks `room` first, writes into `bytes` from `length` on and sets `length`
 * anew. Bytes instead of strings, because joined strings look cheap only until the socket wants them in one piece.
 */
export class Slab {
  bytes: Buffer = NONE;
  /** Bytes that were written. */
  length = 0;

  /** @param next asked for a buffer when something is to be written and not before */
  constructor(private readonly next: () => Buffer) {}

  /** How many bytes can be written. */
  get room(): number {
    if (this.bytes === NONE) this.bytes = this.next();
    return this.bytes.length - this.length;
  }

  /** What was written, which is the caller's from now on; writing goes on in another buffer. */
  take(): Buffer {
    const written = this.bytes.subarray(0, this.length);
    this.bytes = NONE;
    this.length = 0;
    return written;
  }

  /** A buffer for this once, in place of an empty one that cannot hold even one line. */
  enlarge(bytes: number): void {
    this.bytes = Buffer.allocUnsafeSlow(bytes);
    this.length = 0;
  }

  write(text: string): void {
    this.length += this.bytes.write(text, this.length);
  }
}
