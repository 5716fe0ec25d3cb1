import type { ErrorSeverity } from '@otel-monitor/semconv';
import type { HealthSnapshot } from './health-snapshot.js';
import type { OperationSnapshot } from './operation-snapshot.js';
import type { ResourcesSnapshot } from './resources-snapshot.js';
import type { CacheSnapshot, UsageSnapshot } from './usage-snapshot.js';

/**
 * The name under which a table's rows are added up that have no name of their own: the overflow series of a metric, and
 * what comes after the most rows that a table may have.
 */
export const OTHER = '_OTHER';

/**
 * What a service has recorded since it started, at one moment: plain data, which survives JSON unchanged. Times are
 * ISO 8601 in UTC, durations seconds, sizes bytes; other fields carry their unit. A field that is not known is left out.
 */
export interface Snapshot {
  readonly time: string;
  readonly service: ServiceSnapshot;
  /** In the order of their first use. */
  readonly operations: readonly OperationSnapshot[];
  readonly errors: ErrorsSnapshot;
  readonly usage: UsageSnapshot;
  readonly caches: readonly CacheSnapshot[];
  readonly health: HealthSnapshot;
  readonly resources: ResourcesSnapshot;
  /** The values of custom collectors, by collector and key. */
  readonly custom: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly series: SeriesSnapshot;
}

/** Who the snapshot is of (semantic conventions, Service). */
export interface ServiceSnapshot {
  readonly name: string;
  readonly version?: string | undefined;
  readonly namespace?: string | undefined;
  readonly instanceId?: string | undefined;
  readonly environment?: string | undefined;
}

/** Errors, each counted once, in the innermost operation that saw it. */
export interface ErrorsSnapshot {
  readonly total: number;
  /** Over the last minute. */
  readonly ratePerMinute: number;
  /** Over the last five minutes. */
  readonly ratePerMinuteOver5Minutes: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly bySeverity: Readonly<Partial<Record<ErrorSeverity | typeof OTHER, number>>>;
  /** Errors outside of operations are not among these. */
  readonly byOperation: Readonly<Record<string, number>>;
}

/** What the cap on series has cost. */
export interface SeriesSnapshot {
  /** Metrics whose cap was reached, with the measurements that went to their overflow series. */
  readonly overflow: readonly { readonly metric: string; readonly measurements: number }[];
}
