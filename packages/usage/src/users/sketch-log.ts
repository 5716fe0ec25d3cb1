import { HyperLogLog } from '../sketch/hyper-log-log.js';
import { codesText, sketchOfText, sketchText } from '../sketch/sketch-text.js';

/** More codes than that are not kept apart: the whole sketch is not much longer. */
const MAX_UNWRITTEN = 256;
const CHARACTERS_OF_A_CODE = 5;
/** Of an empty one. */
const BYTES = 450;
const PACKED_BYTES = 250;

/** A part of a sketch as it is written: number 0 is the whole, the others hold what came after it. */
export type SketchPart = readonly [number: number, text: string | undefined];

/**
 * A sketch, and what of it has not been written yet. Writing 4,096 registers whenever one of them rises would fill a disk:
 * what changed is written as a part of its own, until the parts are longer than the whole. Then the whole is written anew
 * and the parts are gone.
 */
export class SketchLog {
  /** As text when it is packed. */
  #sketch: HyperLogLog | string = new HyperLogLog();
  /** Codes that are not written; undefined: all of the sketch is to be written. */
  #unwritten: number[] | undefined;
  #parts = 0;
  #partLength = 0;
  #wholeLength = 0;

  /** @param keyId of the key that the users' ids were hashed with */
  constructor(readonly keyId: string) {}

  get bytes(): number {
    return typeof this.#sketch === 'string' ? PACKED_BYTES + this.#sketch.length : BYTES + this.#sketch.bytes;
  }

  /** To be read only: where it is packed it is a copy. */
  get sketch(): HyperLogLog {
    return typeof this.#sketch === 'string' ? unpacked(this.#sketch) : this.#sketch;
  }

  /** Holds it as text until it changes. */
  pack(): void {
    if (typeof this.#sketch !== 'string') this.#sketch = sketchText(this.#sketch);
  }

  /** Adds a user; gives whether that changed anything. */
  add(code: number): boolean {
    if (!this.#unpacked().add(code)) return false;
    if (this.#unwritten !== undefined && this.#unwritten.push(code) > MAX_UNWRITTEN) this.#unwritten = undefined;
    return true;
  }

  coarsen(precision: number): void {
    const sketch = this.#unpacked();
    if (precision >= sketch.precision) return;
    sketch.coarsen(precision);
    this.#unwritten = undefined;
  }

  /** Adds a part that another process wrote. */
  restore(number: number, part: HyperLogLog): void {
    this.#unpacked().merge(part);
    // part numbers of two processes may be the same: all of them are to go when the whole is written
    this.#parts = Math.max(this.#parts, number);
    this.#unwritten = undefined;
  }

  /** The whole as it is now. */
  whole(): SketchPart {
    return [0, typeof this.#sketch === 'string' ? this.#sketch : sketchText(this.#sketch)];
  }

  /** What has to be written so that all is written; what is given with undefined is gone. */
  takeParts(): SketchPart[] {
    const codes = this.#unwritten;
    if (codes?.length === 0) return [];
    const length = (codes?.length ?? 0) * CHARACTERS_OF_A_CODE;
    if (codes === undefined || this.#partLength + length > this.#wholeLength) return this.#takeWhole();
    this.#unwritten = [];
    this.#parts += 1;
    this.#partLength += length;
    return [[this.#parts, codesText(onePerPlace(codes))]];
  }

  /** All parts that there are on disk, as gone. */
  goneParts(): SketchPart[] {
    return Array.from({ length: this.#parts + 1 }, (_, number) => [number, undefined]);
  }

  #unpacked(): HyperLogLog {
    if (typeof this.#sketch === 'string') this.#sketch = unpacked(this.#sketch);
    return this.#sketch;
  }

  #takeWhole(): SketchPart[] {
    const whole = this.whole();
    const [, ...gone] = this.goneParts();
    this.#unwritten = [];
    this.#parts = 0;
    this.#partLength = 0;
    this.#wholeLength = whole[1]?.length ?? 0;
    return [whole, ...gone];
  }
}

function unpacked(text: string): HyperLogLog {
  return sketchOfText(text) ?? new HyperLogLog();
}

/** In ascending order, the highest rank of each place. */
function onePerPlace(codes: readonly number[]): ArrayLike<number> {
  const few = new HyperLogLog();
  for (const code of codes) few.add(code);
  return few.codes ?? [];
}
