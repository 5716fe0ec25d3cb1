import { writeLabels } from './histogram-lines.js';
import type { SeriesLabels } from './series-labels.js';
import { NUMBER_BYTES, type Slab } from './slab.js';

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
    slab.copy(this.#start);
    writeLabels(slab, this.#labels!);
    slab.copy(behindLabels);
    slab.number(this.#value);
    slab.byte(NEWLINE);
  }
}
