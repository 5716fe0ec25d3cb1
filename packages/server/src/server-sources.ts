import type { HealthSnapshot, Snapshot } from '@otel-monitor/history';
import type { BoundStore, ExpositionProblem, serialize } from '@otel-monitor/prometheus';
import type { ErrorSource } from './error-pages.js';
import type { GatheredPages } from './gathered-pages.js';
import type { UsageSource } from './usage-pages.js';

/** The SDK's `ResourceMetrics`. */
export type CollectedMetrics = Parameters<typeof serialize>[0];

/** Where the endpoints get from what they show. What throws or rejects gives an answer 500 and nothing else. */
export interface ServerSources {
  /** A collection of all metrics; concurrent scrapes share one. Left out: there is no /metrics. */
  metrics?(): Promise<CollectedMetrics>;
  /**
   * Series that are on the page too and that `metrics` leaves out: they are read while the page is written, without a data
   * point for each. `metrics` sees to it that their observed values are of now. Default: none.
   */
  readonly boundSeries?: BoundStore | undefined;
  snapshot(): Snapshot;
  /** The components as they are now; a report of the package health. */
  health(): Promise<HealthSnapshot>;
  /** The groups of errors, for /errors/*. Left out: there are no such pages. */
  readonly errors?: ErrorSource | undefined;
  /** What is used and how it goes, for /usage and what is below. Left out: there are no such pages. */
  readonly usage?: UsageSource | undefined;
  /**
   * Errors and usage of several processes as one, asked for at each of their pages; undefined: there is one process, and its
   * own are shown. Default: the same.
   */
  gathered?(): Promise<GatheredPages | undefined>;
  /** Whether the start is over, for /startupz. */
  isStarted(): boolean;
  /** Whether the service can take work, for /readyz. */
  isReady(): boolean;
  /** The monitor about itself, as JSON. */
  status(): unknown;
  /** Told of a source that failed; default: nobody is. What it throws is swallowed. */
  failed?(path: string, error: unknown): void;
  /**
   * Told after each page of metrics what could not be shown, or not as it came; empty when all is well. What it throws is
   * swallowed.
   */
  scraped?(problems: readonly ExpositionProblem[]): void;
  /** Counts what the pages of metrics cost; `ownCost` of the package runtime is one. Default: nobody counts. */
  readonly cost?: CostMeter | undefined;
}

/** Counts what serving costs the process. */
export interface CostMeter {
  /** Runs `work`, counts its time and passes on what it gives or throws. */
  time<T>(work: () => T): T;
  bytesWritten(bytes: number): void;
}
