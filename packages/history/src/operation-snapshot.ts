/** One operation, by name; its dimensions are added up. */
export interface OperationSnapshot {
  readonly name: string;
  /** Those that have ended. */
  readonly count: number;
  readonly failures: number;
  /** 0 to 1; left out while none has ended. */
  readonly successRate?: number;
  /** Started and not ended. */
  readonly active: number;
  /** Ended per second, over the last minute. */
  readonly ratePerSecond: number;
  /** Ended per second, over the last five minutes. */
  readonly ratePerSecondOver5Minutes: number;
  /** Of all that have ended since the start; left out while none has. */
  readonly durationSeconds?: Distribution;
  /** Failures by error.type. */
  readonly errorsByType: Readonly<Record<string, number>>;
  /** Change of the used heap in bytes, where it is measured. */
  readonly memoryDelta?: Distribution;
}

/**
 * A histogram in a few numbers. Percentiles are interpolated within the buckets as by Prometheus's
 * `histogram_quantile`, the last bucket up to the largest value recorded; none lies beyond the smallest and largest
 * value. They are as exact as the buckets are narrow. Left out where the buckets are not known.
 */
export interface Distribution {
  readonly mean: number;
  readonly p50?: number;
  readonly p75?: number;
  readonly p90?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly min?: number;
  readonly max?: number;
}
