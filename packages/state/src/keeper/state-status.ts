/** What the monitor's status says of what outlives the process. */
export interface StateStatus {
  /**
   * `off`: not wanted. `waiting`: not opened yet. `open`: written to. `unavailable`: the place cannot be used, memory goes on.
   * `lost`: another process took the slot while this one stood still; what it has stays in memory.
   */
  readonly state: 'off' | 'waiting' | 'open' | 'unavailable' | 'lost';
  /** The folder of the service. */
  readonly directory?: string;
  /** Number of this process among those of the service on this machine. */
  readonly slot?: number;
  /** ISO 8601, UTC; of the last write that had all, or found nothing to write. */
  readonly lastFlushAt?: string;
  /** Bytes of this process's files. */
  readonly bytes: number;
  /** Writes that went well. */
  readonly flushes: number;
  /** Writes that failed; what they had is in the next one. */
  readonly failedFlushes: number;
  /** Entries of earlier processes: in use again, too old, or not understood. */
  readonly restored: { readonly restored: number; readonly expired: number; readonly refused: number };
  /** Entries that were not written since there was no room or no time, or since they were no data. */
  readonly leftOut: number;
  /** What went wrong, each once, at most 20. */
  readonly problems: readonly string[];
}

/** The status of a process that keeps nothing. */
export const NOTHING_KEPT: StateStatus = {
  state: 'off',
  bytes: 0,
  flushes: 0,
  failedFlushes: 0,
  restored: { restored: 0, expired: 0, refused: 0 },
  leftOut: 0,
  problems: [],
};
