/** What the process and its machine use, from the last reading; what cannot be told here is left out. */
export interface ResourceReading {
  /** CPU time of the process as a share of all processors that it may use, 0 to 100. */
  readonly cpuPercent?: number;
  /** Physical memory of the process (resident set). */
  readonly memoryBytes?: number;
  /** `memoryBytes` as a share of what the process may use: the limit of its container, else the machine's memory; 0 to 100. */
  readonly memoryPercent?: number;
  /** Threads of the process; Linux only. */
  readonly threads?: number;
  /** Open file descriptors of the process; Linux only. */
  readonly fileDescriptors?: number;
  readonly uptimeSeconds?: number;
  /** 99th percentile of the event loop's delay since the reading before. */
  readonly eventLoopDelayP99Seconds?: number;
  /** Share of time in which the event loop was busy since the reading before, 0 to 1. */
  readonly eventLoopUtilization?: number;
  /** Used bytes of the heap of JavaScript. */
  readonly heapUsedBytes?: number;
  /** Most bytes that heap may have (`--max-old-space-size` and the young generation). */
  readonly heapLimitBytes?: number;
  /** Share of all processors that is not idle, 0 to 100. */
  readonly systemCpuPercent?: number;
  /** Memory of the machine. */
  readonly systemMemoryBytes?: number;
  /** Share of it that is in use, 0 to 100. */
  readonly systemMemoryPercent?: number;
  readonly systemUptimeSeconds?: number;
  /** Used share of the working directory's file system as `df` shows it, 0 to 100; Linux only. */
  readonly diskPercent?: number;
  /** Bytes read from all disks since the machine started; Linux only. */
  readonly diskReadBytes?: number;
  readonly diskWrittenBytes?: number;
  /** Bytes received by all network interfaces but loopback; Linux only. */
  readonly networkReceivedBytes?: number;
  readonly networkTransmittedBytes?: number;
}

/** A reading while it is put together. */
export type MutableResourceReading = { -readonly [K in keyof ResourceReading]: ResourceReading[K] | undefined };
