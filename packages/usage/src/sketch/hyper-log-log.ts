import { cardinality, takenPlaces } from './cardinality.js';
import { SortedCodes } from './sorted-codes.js';
import { foldedRank, PLACES, rankOf, registerOf } from './user-code.js';

/** 4,096 registers: a standard error of 1.04 / sqrt(4096), 1.6 %. */
export const FULL_PRECISION = 12;
/** 512 registers: 4.6 %. */
export const COARSE_PRECISION = 9;
/** Beyond it the registers are smaller, on disk at least. */
const MAX_CODES = 768;

/**
 * How many distinct users there were, without who they were. Few users are kept as codes, practically exact; many as the
 * registers of a HyperLogLog. What comes of a union does not depend on the order, nor on how often something is added.
 */
export class HyperLogLog {
  #few: SortedCodes | undefined = new SortedCodes();
  #registers: Uint8Array | undefined;
  #precision = FULL_PRECISION;

  /** Of registers, as far as there are any. */
  static ofRegisters(registers: Uint8Array, precision: number): HyperLogLog {
    const made = new HyperLogLog();
    made.#few = undefined;
    made.#registers = registers;
    made.#precision = precision;
    return made;
  }

  get precision(): number {
    return this.#precision;
  }

  /** The codes in ascending order; undefined when there are registers instead. */
  get codes(): Uint32Array | undefined {
    return this.#few?.values();
  }

  /** One for each of 2^`precision`; undefined when there are codes instead. */
  get registers(): Uint8Array | undefined {
    return this.#registers;
  }

  get bytes(): number {
    return this.#few?.bytes ?? this.#registers?.byteLength ?? 0;
  }

  /** Adds a user by their code; gives whether that changed anything. */
  add(code: number): boolean {
    if (this.#few === undefined) return this.#raise(registerOf(code, this.#precision), rankOf(code, this.#precision));
    const changed = this.#few.add(code);
    if (this.#isTooMany()) this.#toRegisters();
    return changed;
  }

  /** Adds everybody of another sketch, which stays as it is. A coarser one makes this one as coarse. */
  merge(other: HyperLogLog): void {
    const { codes, registers, precision } = other;
    this.coarsen(precision);
    if (codes !== undefined) for (const code of codes) this.add(code);
    if (registers === undefined) return;
    this.#toRegisters();
    this.#raiseAll(registers, precision - this.#precision);
  }

  /** Takes fewer registers, if it has more than 2^`precision`. */
  coarsen(precision: number): void {
    if (precision >= this.#precision) return;
    const bits = this.#precision - precision;
    this.#precision = precision;
    if (this.#isTooMany()) this.#toRegisters();
    else if (this.#registers !== undefined) {
      const before = this.#registers;
      this.#registers = new Uint8Array(1 << precision);
      this.#raiseAll(before, bits);
    }
  }

  /** How many there are, about; 0 or more, never NaN, not rounded. */
  estimate(): number {
    if (this.#few !== undefined) return takenPlaces(this.#few.count, PLACES);
    return cardinality(this.#registers as Uint8Array, this.#precision);
  }

  #isTooMany(): boolean {
    if (this.#few === undefined) return false;
    return this.#few.count > Math.min(MAX_CODES, (1 << this.#precision) / 4);
  }

  #toRegisters(): void {
    if (this.#few === undefined) return;
    const codes = this.#few.values();
    this.#few = undefined;
    this.#registers = new Uint8Array(1 << this.#precision);
    for (const code of codes) this.add(code);
  }

  /** Takes over registers of which there are 2^`bits` times as many as here. */
  #raiseAll(finer: Uint8Array, bits: number): void {
    for (let index = 0; index < finer.length; index += 1) {
      const rank = finer[index] as number;
      if (rank !== 0) this.#raise(index >>> bits, bits === 0 ? rank : foldedRank(index, bits, rank));
    }
  }

  #raise(index: number, rank: number): boolean {
    const registers = this.#registers as Uint8Array;
    if ((registers[index] as number) >= rank) return false;
    registers[index] = rank;
    return true;
  }
}
