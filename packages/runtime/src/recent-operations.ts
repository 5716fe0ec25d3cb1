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

/** A power of two, so that a slot is found without a division. */
const SLOTS = 256;

/**
 * The operations of the process that ended last, in slots that are written over: one costs two stores of text and six of
 * numbers, and nothing is held but names.
 */
export class RecentOperations {
  #count = 0;
  readonly #names = new Array<string>(SLOTS).fill('');
  readonly #errorTypes = new Array<string | undefined>(SLOTS).fill(undefined);
  readonly #starts = new Float64Array(SLOTS);
  readonly #ends = new Float64Array(SLOTS);
  readonly #areClean = new Uint8Array(SLOTS);
  readonly #trace2 = new Int32Array(SLOTS);
  readonly #trace3 = new Int32Array(SLOTS);

  /**
   * Notes an operation that ends.
   *
   * @param name of at most 256 UTF-16 units
   * @param isClean false: secrets are taken out of the name when it is told
   * @param startMillis a reading of `performance.now()`, as `endMillis`
   * @param traceId2 the third 32-bit word of its trace id, signed; 0 where there is none
   * @param traceId3 the last word
   */
  add(
    name: string,
    isClean: boolean,
    errorType: string | undefined,
    startMillis: number,
    endMillis: number,
    traceId2: number,
    traceId3: number,
  ): void {
    const slot = this.#count & (SLOTS - 1);
    this.#count += 1;
    this.#names[slot] = name;
    this.#areClean[slot] = isClean ? 1 : 0;
    this.#errorTypes[slot] = errorType;
    this.#starts[slot] = startMillis;
    this.#ends[slot] = endMillis;
    this.#trace2[slot] = traceId2;
    this.#trace3[slot] = traceId3;
  }

  /**
   * The last operations, the latest at the end: those of the trace first, and the process's others as far as there is room.
   *
   * @param limit most of them; at most 256 are there
   * @param traceId 32 hexadecimal digits; undefined: of no trace in particular
   */
  last(limit: number, traceId: string | undefined): RecentOperation[] {
    const room = Math.min(limit, SLOTS, this.#count);
    if (!(room > 0)) return [];
    const trace2 = traceId === undefined ? 0 : hexWord(traceId, 16);
    const trace3 = traceId === undefined ? 0 : hexWord(traceId, 24);
    const hasTrace = (trace2 | trace3) !== 0;
    const isSame = (slot: number) => hasTrace && this.#trace3[slot] === trace3 && this.#trace2[slot] === trace2;
    const chosen: number[] = [];
    // the latest first, twice: those of the trace, then the others
    for (const wanted of [true, false]) {
      for (let back = 1; back <= Math.min(SLOTS, this.#count) && chosen.length < room; back += 1) {
        const slot = (this.#count - back) & (SLOTS - 1);
        if (isSame(slot) === wanted) chosen.push(this.#count - back);
      }
    }
    const epochMillis = Date.now() - performance.now();
    return chosen
      .sort((one, other) => one - other)
      .map((index) => this.#told(index & (SLOTS - 1), isSame, epochMillis));
  }

  #told(slot: number, isSame: (slot: number) => boolean, epochMillis: number): RecentOperation {
    const end = this.#ends[slot] as number;
    const name = this.#names[slot] as string;
    return {
      name: this.#areClean[slot] === 1 ? name : cleanName(name),
      durationSeconds: Math.max(0, end - (this.#starts[slot] as number)) / 1000,
      errorType: this.#errorTypes[slot],
      endedAt: Math.round(epochMillis + end),
      isSameTrace: isSame(slot),
    };
  }
}

/** The one record of the process. */
export const recentOperations: RecentOperations = processWide('recent-operations', () => new RecentOperations());
