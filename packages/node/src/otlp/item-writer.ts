import { NO_SLAB, type Slab, Slabs } from './slabs.js';

/** Where an item stands that was written. */
export interface WrittenItem {
  readonly slab: Slab;
  readonly start: number;
  readonly end: number;
}

/** Text up to this length is written character by character: cheaper than the way into native code. */
const SHORT_TEXT = 64;
/** Most bytes of a UTF-16 unit in UTF-8. */
const UTF8_BYTES = 3;
/** Most bytes of a length before a message, and of any varint of 32 bits. */
const VARINT_BYTES = 5;

/**
 * Writes items one after the other into memory that is used again once they have left: text, or the wire format of
 * protobuf (Protocol Buffers, "Encoding"). Whoever writes must call `room` before the methods that say so.
 */
export class ItemWriter {
  readonly #slabs = new Slabs();
  #slab = NO_SLAB;
  #bytes: Buffer = NO_SLAB.bytes;
  #start = 0;
  #at = 0;

  /**
   * Lets `write` write one item. What it throws passes through, and the item is gone without a trace.
   *
   * @param into where to tell where it stands
   */
  item<T>(
    write: (writer: ItemWriter, value: T) => void,
    value: T,
    into: { -readonly [Key in keyof WrittenItem]: WrittenItem[Key] } = { slab: NO_SLAB, start: 0, end: 0 },
  ): WrittenItem {
    this.#start = this.#at;
    try {
      write(this, value);
    } catch (error) {
      this.#at = this.#start;
      throw error;
    }
    const slab = this.#slab;
    slab.live += 1;
    into.slab = slab;
    into.start = this.#start;
    into.end = this.#at;
    return into;
  }

  /** Takes an item's memory back, between items: it has left, or was given up. */
  release({ slab }: WrittenItem): void {
    slab.live -= 1;
    if (slab.live > 0) return;
    if (slab !== this.#slab) this.#slabs.giveBack(slab);
    else this.#at = 0;
  }

  /** Makes room for `bytes` more. */
  room(bytes: number): void {
    if (this.#at + bytes > this.#bytes.length) this.#move(bytes);
  }

  /** Wants room. */
  byte(value: number): void {
    this.#bytes[this.#at++] = value;
  }

  /** Wants room for 5 bytes. `value` is a whole number from 0 up to 2^32 - 1. */
  varint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#at++] = rest;
  }

  /** Wants room for 4 bytes; the most significant comes first. */
  word(value: number): void {
    const bytes = this.#bytes;
    bytes[this.#at++] = value >>> 24;
    bytes[this.#at++] = value >>> 16;
    bytes[this.#at++] = value >>> 8;
    bytes[this.#at++] = value;
  }

  /** Wants room for 4 bytes; the least significant comes first. */
  fixed32(value: number): void {
    const bytes = this.#bytes;
    bytes[this.#at++] = value;
    bytes[this.#at++] = value >>> 8;
    bytes[this.#at++] = value >>> 16;
    bytes[this.#at++] = value >>> 24;
  }

  /** Wants room for 8 bytes. */
  double(value: number): void {
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
  }

  raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** The text as UTF-8, without a length before it. */
  text(text: string): void {
    this.room(text.length * UTF8_BYTES);
    this.#at += this.#bytes.write(text, this.#at);
  }

  /** A string or bytes field: tag, length, UTF-8. */
  string(tag: number, text: string): void {
    const { length } = text;
    this.room(length * UTF8_BYTES + 1 + VARINT_BYTES);
    if (length <= SHORT_TEXT && this.#shortAscii(tag, text)) return;
    const mark = this.begin(tag);
    this.#at += this.#bytes.write(text, this.#at);
    this.end(mark);
  }

  /** Begins a field with a length before it; what `end` wants to know. */
  begin(tag: number): number {
    this.room(1 + VARINT_BYTES);
    this.#bytes[this.#at++] = tag;
    this.#at += 1;
    // relative to the item, which may move
    return this.#at - this.#start;
  }

  /** Ends the field: what was written since `begin` is its content. */
  end(mark: number): void {
    const content = this.#start + mark;
    const length = this.#at - content;
    if (length > 0x7f) {
      // one byte was left for the length: the content moves by those that are missing
      const extra = length < 1 << 14 ? 1 : length < 1 << 21 ? 2 : length < 1 << 28 ? 3 : 4;
      this.room(extra);
      const from = this.#start + mark;
      this.#bytes.copyWithin(from + extra, from, this.#at);
      const end = this.#at + extra;
      this.#at = from - 1;
      this.varint(length);
      this.#at = end;
      return;
    }
    this.#bytes[content - 1] = length;
  }

  /** False, and nothing written, when a character is none of ASCII. */
  #shortAscii(tag: number, text: string): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    bytes[at++] = tag;
    bytes[at++] = text.length;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return false;
      bytes[at++] = code;
    }
    this.#at = at;
    return true;
  }

  /** Goes on in another slab, with what there is of the present item. */
  #move(bytes: number): void {
    const written = this.#at - this.#start;
    // an item that outgrows a slab shall not do so again at every field
    const next = this.#slabs.take(2 * (written + bytes));
    this.#bytes.copy(next.bytes, 0, this.#start, this.#at);
    const left = this.#slab;
    this.#slab = next;
    this.#bytes = next.bytes;
    this.#start = 0;
    this.#at = written;
    if (left.live === 0) this.#slabs.giveBack(left);
  }
}

let scratch: ItemWriter | undefined;

/** What `write` writes, as bytes of their own: for what is kept, or stands around items. */
export function writtenApart<T>(write: (writer: ItemWriter, value: T) => void, value: T): Uint8Array {
  scratch ??= new ItemWriter();
  const written = scratch.item(write, value);
  const bytes = new Uint8Array(written.end - written.start);
  written.slab.bytes.copy(bytes, 0, written.start, written.end);
  scratch.release(written);
  return bytes;
}
