import { hexWord } from '@otel-monitor/runtime';

/** Users that are told apart exactly. */
const EXACT = 16;
const REGISTERS = 128;
const REGISTER_BITS = 7;
/** HyperLogLog's constant for 128 registers (Flajolet et al. 2007, figure 3). */
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);
/** Of the hash's 64 bits 53 are kept in one number; two users of one group are the same with a chance of 2^-53. */
const LOW_BITS = 21;
const MAX_USER = 2 ** 53;
const MAX_RANK = 64;

/** Users as plain data: some, each as a number, or the registers of a sketch. */
export type UserCounts = { readonly users: readonly number[] } | { readonly registers: readonly number[] };

/**
 * How many users a group affected: exact up to 16, then by HyperLogLog with 128 registers, whose standard error is
 * 1.04 / sqrt(128) = 9 % (less below some 300, where empty registers are counted instead).
 */
export class AffectedUsers {
  #users: number[] | undefined;
  #registers: Uint8Array | undefined;

  /** @param hash the user as 32 hexadecimal digits, evenly spread: a keyed hash */
  add(hash: string): void {
    this.#add((hexWord(hash, 0) >>> 0) * 2 ** LOW_BITS + (hexWord(hash, 8) >>> (32 - LOW_BITS)));
  }

  get size(): number {
    const registers = this.#registers;
    if (registers === undefined) return this.#users?.length ?? 0;
    let sum = 0;
    let empty = 0;
    for (const rank of registers) {
      sum += 2 ** -rank;
      if (rank === 0) empty += 1;
    }
    const estimate = (ALPHA * REGISTERS * REGISTERS) / sum;
    const isSmall = estimate <= 2.5 * REGISTERS && empty > 0;
    return Math.max(EXACT + 1, Math.round(isSmall ? REGISTERS * Math.log(REGISTERS / empty) : estimate));
  }

  get isEstimated(): boolean {
    return this.#registers !== undefined;
  }

  counts(): UserCounts {
    return this.#registers === undefined ? { users: this.#users ?? [] } : { registers: [...this.#registers] };
  }

  /** Adds users of the same group elsewhere: who is in both counts once. */
  join(given: UserCounts): void {
    if ('users' in given) {
      for (const user of given.users) this.#add(user);
      return;
    }
    const registers = this.#sketch();
    given.registers.forEach((rank, index) => {
      if (index < REGISTERS && rank > (registers[index] as number)) registers[index] = rank;
    });
  }

  #add(user: number): void {
    if (this.#registers === undefined) {
      const users = this.#users ?? [];
      if (users.includes(user)) return;
      if (users.length < EXACT) {
        // a joined list has just the room that it needs, and most groups have few users
        this.#users = users.concat(user);
        return;
      }
    }
    register(this.#sketch(), user);
  }

  #sketch(): Uint8Array {
    if (this.#registers === undefined) {
      this.#registers = new Uint8Array(REGISTERS);
      for (const user of this.#users ?? []) register(this.#registers, user);
      this.#users = undefined;
    }
    return this.#registers;
  }
}

/** Whether data that was read from elsewhere are users. */
export function areUserCounts(given: unknown): given is UserCounts {
  if (typeof given !== 'object' || given === null) return false;
  const { users, registers } = given as { users?: unknown; registers?: unknown };
  if (Array.isArray(users)) return users.length <= EXACT && users.every((user) => isWhole(user, MAX_USER));
  return (
    Array.isArray(registers) && registers.length === REGISTERS && registers.every((rank) => isWhole(rank, MAX_RANK))
  );
}

function register(registers: Uint8Array, user: number): void {
  const high = Math.floor(user / 2 ** LOW_BITS);
  const low = user % 2 ** LOW_BITS;
  const index = low & (REGISTERS - 1);
  const leading = Math.clz32(high);
  const rank =
    1 + (leading < 32 ? leading : 32 + Math.min(LOW_BITS - REGISTER_BITS, Math.clz32(low << (32 - LOW_BITS))));
  if (rank > (registers[index] as number)) registers[index] = rank;
}

function isWhole(value: unknown, limit: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < limit;
}
