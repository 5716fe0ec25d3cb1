/** One thing to keep: a key that is never used for another one, and a value that JSON can hold. */
export type StateEntry = readonly [key: string, value: unknown];

/** What came of restoring. */
export interface RestoreResult {
  /** Entries that are in use again. */
  readonly restored: number;
  /** Entries that were too old. */
  readonly expired: number;
  /** Entries that were no such thing: of another version, or damaged. */
  readonly refused: number;
}

/**
 * Something that is to outlive the process. It knows nothing of files: whoever has a place to keep it in (`state`) asks.
 * No method throws, and each value is bounded by who makes it.
 */
export interface DurableState {
  /** Fixed for all releases: a part of the file's name. */
  readonly name: string;
  /** Raised when values change their shape; what an earlier version wrote is given to `restore` with its number. */
  readonly version: number;
  /**
   * All that there is now. It is read bit by bit, with turns of the event loop between: what changes meanwhile may be in it or
   * not, and is in the changes that come after it.
   *
   * @param areKept whether whoever reads them is to be told by `takeChanges` of those that go; default true
   */
  entries(areKept?: boolean): Iterable<StateEntry>;
  /**
   * What has changed since the last call, read to its end at once; the value undefined stands for an entry that is gone. A
   * value is whole, whatever of it has changed: of a large one the difference is written.
   */
  takeChanges(): Iterable<StateEntry>;
  /**
   * Adds what an earlier process kept to what this one has by now. May be called several times, with what several
   * processes left and a part at a time: counts add up, they do not replace each other.
   */
  restore(entries: Iterable<StateEntry>, version: number): RestoreResult;
}

/** What one process tells another of a state, to be shown there and not to be kept: counts of this moment are in it too. */
export type ToldState = Pick<DurableState, 'name' | 'version' | 'entries'>;

/** What adds up what processes have told of the state of its name. */
export type GatheredState = Pick<DurableState, 'name' | 'restore'>;
