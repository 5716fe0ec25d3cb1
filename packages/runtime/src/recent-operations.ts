import { cleanName } from './clean-attributes.js';
import { hexWord } from './id-words.js';
import { processWide } from './registry.js';

/** An operation that has ended, as it is told with an error that came later. */
export interface RecentOperation {
  readonly name: string;
  readonly durationSeconds: number;
  /** Undefined: it did not fail. */
  readonly errorType: string | undefined;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
  /** Whether it was of the trace that was asked for. */
  readonly isSameTrace: boolean;
}

/** What the operations of one kind are told by. */
export interface EndedWork {
  /** At most 256 UTF-16 units. */
  readonly label: string;
  /** False: secrets are taken out of the label when it is told. */
  readonly isClean: boolean;
  /** Undefined: it did not fail. */
  readonly errorType?: string | undefined;
}

/** A power of two, so that a slot is found without a division. */
const SLOTS = 256;
/** Numbers of a slot, a power of two as well: when it started, when it ended, the last word of its trace id. */
const WIDTH = 4;
const END = 1;
const TRACE = 2;

/**
 * The operations of the process that ended last, in slots that are written over: one costs four stores and allocates nothing.
 * 32 bits of a trace id are enough to tell the traces of 256 operations apart.
 */
export class RecentOperations {
  #count = 0;
  readonly #works = new Array<EndedWork | undefined>(SLOTS).fill(undefined);
  readonly #numbers = new Float64Array(WIDTH * SLOTS);

  /**
   * Notes an operation that ends.
   *
   * @param work the same object for every operation of a kind; it is held until 256 others have ended
   * @param startMillis a reading of `performance.now()`, as `endMillis`
   * @param traceWord the last 32 bits of its trace id, signed; 0 where there is none
   */
  add(work: EndedWork, startMillis: number, endMillis: number, traceWord: number): void {
    const slot = this.#count & (SLOTS - 1);
    this.#count += 1;
    this.#works[slot] = work;
    const numbers = this.#numbers;
    const first = WIDTH * slot;
    numbers[first] = startMillis;
    numbers[first + END] = endMillis;
    numbers[first + TRACE] = traceWord;
  }

  /**
   * The last operations, the latest at the end: those of the trace first, and the process's others as far as there is room.
   *
   * @param limit most of them; at most 256 are there
   * @param traceId 32 hexadecimal digits; undefined: of no trace in particular
   */
  last(limit: number, traceId: string | undefined): RecentOperation[] {
    const kept = Math.min(SLOTS, this.#count);
    const room = Math.min(limit, kept);
    if (!(room > 0)) return [];
    const traceWord = traceId === undefined ? 0 : hexWord(traceId, 24);
    const chosen: number[] = [];
    // the latest first, twice: those of the trace, then the others
    for (const isWanted of [true, false]) {
      for (let back = 1; back <= kept && chosen.length < room; back += 1) {
        if (this.#isOfTrace(this.#count - back, traceWord) === isWanted) chosen.push(this.#count - back);
      }
    }
    const epochMillis = Date.now() - performance.now();
    return chosen
      .sort((one, other) => one - other)
      .map((index) => this.#told(index, epochMillis, this.#isOfTrace(index, traceWord)));
  }

  #isOfTrace(index: number, traceWord: number): boolean {
    return traceWord !== 0 && this.#numbers[WIDTH * (index & (SLOTS - 1)) + TRACE] === traceWord;
  }

  #told(index: number, epochMillis: number, isSameTrace: boolean): RecentOperation {
    const slot = index & (SLOTS - 1);
    const { label, isClean, errorType } = this.#works[slot] as EndedWork;
    const start = this.#numbers[WIDTH * slot] as number;
    const end = this.#numbers[WIDTH * slot + END] as number;
    return {
      name: isClean ? label : cleanName(label),
      durationSeconds: Math.max(0, end - start) / 1000,
      errorType,
      endedAt: Math.round(epochMillis + end),
      isSameTrace,
    };
  }
}

/** The one record of the process. */
export const recentOperations: RecentOperations = processWide('recent-operations', () => new RecentOperations());
