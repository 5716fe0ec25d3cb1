/** What the process, its runtime and its machine use; everything is left out that is not measured. */
export interface ResourcesSnapshot {
  readonly process?: ProcessSnapshot;
  readonly system?: SystemSnapshot;
  readonly runtime?: RuntimeSnapshot;
}

export interface ProcessSnapshot {
  readonly uptimeSeconds?: number;
  /** Share of the processors that it may use, 0 to 1. */
  readonly cpuUtilization?: number;
  /** CPU time since the start. */
  readonly cpuSeconds?: number;
  /** Resident memory in bytes. */
  readonly memory?: number;
  /** Resident memory as a share of what it may use, that of its container or machine: 0 to 1. */
  readonly memoryUtilization?: number;
  /** Virtual memory in bytes. */
  readonly virtualMemory?: number;
  readonly threads?: number;
  readonly openFileDescriptors?: number;
  /** Bytes read and written. */
  readonly disk?: { readonly read: number; readonly written: number };
}

export interface SystemSnapshot {
  readonly uptimeSeconds?: number;
  /** Share of all processors, 0 to 1. */
  readonly cpuUtilization?: number;
  /** Memory in bytes. */
  readonly memory?: { readonly used: number; readonly total: number };
  /** File systems in bytes, by mount point. */
  readonly filesystems?: readonly { readonly name: string; readonly used: number; readonly total: number }[];
  /** Bytes read and written. */
  readonly disk?: { readonly read: number; readonly written: number };
  /** Bytes received and transmitted. */
  readonly network?: { readonly received: number; readonly transmitted: number };
}

export interface RuntimeSnapshot {
  /** Between the last two readings. */
  readonly eventLoopDelaySeconds?: EventLoopDelay;
  /** Share of time in which the event loop was busy, 0 to 1. */
  readonly eventLoopUtilization?: number;
  /** The heap of JavaScript in bytes: what is used of what was taken. */
  readonly heap?: { readonly used: number; readonly size: number };
  /** Garbage collections since the start. */
  readonly garbageCollection?: { readonly count: number; readonly totalSeconds: number };
}

export interface EventLoopDelay {
  readonly mean?: number;
  readonly p50?: number;
  readonly p90?: number;
  readonly p99?: number;
  readonly max?: number;
}
