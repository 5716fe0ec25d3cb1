import { NUMBER_BYTES, putBytes, putNumber } from './put.js';
import { putLabels, type SeriesLabels } from './series-labels.js';
import type { Slab } from './slab.js';

const behindLabels = Buffer.from('} ');
const NEWLINE = 10;

/** The one line of each counter or gauge of one family. */
export class NumberLine {
  readonly lineCount = 1;
  maxLineBytes = 0;
  readonly #start: Uint8Array;
  #labels: SeriesLabels | undefined;
  #value = 0;

  constructor(name: string) {
    this.#start = Buffer.from(`${name}{`);
  }

  /** Sets what is written next. */
  set(labels: SeriesLabels, value: number): this {
    this.#labels = labels;
    this.#value = value;
    this.maxLineBytes = this.#start.length + labels.bytes + behindLabels.length + NUMBER_BYTES + 1;
    return this;
  }

  write(slab: Slab): void {
    const { bytes } = slab;
    let at = putBytes(bytes, slab.length, this.#start);
    at = putLabels(bytes, at, this.#labels!);
    at = putBytes(bytes, at, behindLabels);
    at = putNumber(bytes, at, this.#value);
    bytes[at] = NEWLINE;
    slab.length = at + 1;
  }
}
