import { heldText } from './held-text.js';

/** Operations that a group remembers. */
const MOST = 8;
const MAX_NAME = 256;

/** How often errors of a group happened in an operation. */
export interface OperationCount {
  readonly name: string;
  readonly count: number;
}

/**
 * The most frequent operations of a group, in bounded memory (space-saving, Metwally et al. 2005): where all eight places
 * are taken, a new one takes that of the rarest, and its count. Counts are exact while there are eight at most; else one
 * is too high by at most what the operation before it had.
 */
export class FrequentOperations {
  #counts: readonly { name: string; count: number }[] = [];

  add(name: string, times = 1): void {
    for (const known of this.#counts) {
      if (known.name === name) {
        known.count += times;
        return;
      }
    }
    if (this.#counts.length < MOST) {
      // a joined list has just the room that it needs, and most groups have one operation
      this.#counts = this.#counts.concat({ name: heldText(name), count: times });
      return;
    }
    const rarest = this.#counts.reduce((least, one) => (one.count < least.count ? one : least));
    rarest.name = heldText(name);
    rarest.count += times;
  }

  has(name: string): boolean {
    return this.#counts.some((known) => known.name === name);
  }

  /** The most frequent first. */
  list(): OperationCount[] {
    return this.#counts.map(({ name, count }) => ({ name, count })).sort((a, b) => b.count - a.count);
  }
}

/** Whether data that was read from elsewhere are operations of a group. */
export function areOperationCounts(given: unknown): given is readonly OperationCount[] {
  return Array.isArray(given) && given.length <= MOST && given.every(isOperationCount);
}

function isOperationCount(given: unknown): boolean {
  const { name, count } = (given ?? {}) as { name?: unknown; count?: unknown };
  return typeof name === 'string' && name.length <= MAX_NAME && Number.isSafeInteger(count) && (count as number) > 0;
}
