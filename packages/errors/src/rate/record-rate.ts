const SECOND = 1000;

/** So many at once, then so many a second. */
interface Rate {
  readonly burst: number;
  readonly millisEach: number;
}

const OF_A_GROUP: Rate = { burst: 100, millisEach: SECOND / 10 };
const OF_ALL: Rate = { burst: 1000, millisEach: SECOND / 100 };
/** First errors of groups do not compete with the others; they are bounded too, for whoever makes groups up. */
const OF_FIRSTS: Rate = { burst: 10_000, millisEach: SECOND / 100 };

/** What of a group is asked and kept. */
export interface RecordedGroup {
  readonly count: number;
  /** When the group's places would all be free again, in milliseconds since 1970. */
  recordsFrom: number;
  heldBack: number;
}

/**
 * How many errors may be written as span event or log record. A rate is one time: when all its places are free again if
 * nothing more comes (generic cell rate algorithm, ITU-T I.371); each record puts it off.
 */
export class RecordRate {
  /** Errors that were written. */
  written = 0;
  /** Errors that were not, because too many were. */
  heldBack = 0;
  /** Errors that were not, because lots were drawn. */
  sampledOut = 0;
  #allFrom = 0;
  #firstsFrom = 0;

  /** Whether the next error of a group would be written. */
  hasRoom(group: RecordedGroup, at: number): boolean {
    // a clock that was set back must not stop records for as long: no time is further ahead than all places together
    if (group.recordsFrom > furthest(at, OF_A_GROUP)) group.recordsFrom = furthest(at, OF_A_GROUP);
    if (this.#allFrom > furthest(at, OF_ALL)) this.#allFrom = furthest(at, OF_ALL);
    return isFree(group.recordsFrom, at, OF_A_GROUP) && isFree(this.#allFrom, at, OF_ALL);
  }

  /**
   * Whether an error of a group may be written, which it then must be; counted either way.
   *
   * @returns how many errors of the group were held back since the last that was written; undefined: this one is too
   */
  admit(group: RecordedGroup, at: number): number | undefined {
    if (this.#firstsFrom > furthest(at, OF_FIRSTS)) this.#firstsFrom = furthest(at, OF_FIRSTS);
    const isFirst = group.count === 1 && isFree(this.#firstsFrom, at, OF_FIRSTS);
    if (!this.hasRoom(group, at) && !isFirst) {
      this.leaveOut(group, true);
      return undefined;
    }
    group.recordsFrom = after(group.recordsFrom, at, OF_A_GROUP);
    if (isFirst) this.#firstsFrom = after(this.#firstsFrom, at, OF_FIRSTS);
    else this.#allFrom = after(this.#allFrom, at, OF_ALL);
    const repeats = group.heldBack;
    group.heldBack = 0;
    this.written += 1;
    return repeats;
  }

  /**
   * An error of a group is not written.
   *
   * @param isWanted false: because lots were drawn
   */
  leaveOut(group: RecordedGroup, isWanted: boolean): void {
    if (isWanted) {
      group.heldBack += 1;
      this.heldBack += 1;
    } else this.sampledOut += 1;
  }

  /** Forgets everything: for tests. */
  clear(): void {
    this.written = 0;
    this.heldBack = 0;
    this.sampledOut = 0;
    this.#allFrom = 0;
    this.#firstsFrom = 0;
  }
}

function isFree(from: number, at: number, { burst, millisEach }: Rate): boolean {
  return Math.max(from, at) <= at + (burst - 1) * millisEach;
}

function after(from: number, at: number, { millisEach }: Rate): number {
  return Math.max(from, at) + millisEach;
}

/** When all places are free again where none is now. */
function furthest(at: number, { burst, millisEach }: Rate): number {
  return at + burst * millisEach;
}
