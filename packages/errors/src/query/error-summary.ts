import type { ErrorSeverity } from '@otel-monitor/semconv';
import type { ErrorTrend } from '../groups/trend.js';
import type { ErrorGroupView, RecentErrors } from './error-group-view.js';

/** Groups that left, and the errors they had counted. */
export interface LeftGroups {
  readonly groups: number;
  readonly errors: number;
}

/** All errors of the process: plain data, which survives JSON unchanged. */
export interface ErrorSummary {
  /** When this was asked, ISO 8601 in UTC. */
  readonly at: string;
  /** Errors counted since the process started, and those of the groups that were restored. */
  readonly errors: number;
  readonly bySeverity: Readonly<Record<ErrorSeverity, number>>;
  /** Errors of the groups that are held by `error.type`, the most frequent first, twenty at most. */
  readonly byType: readonly { readonly errorType: string; readonly count: number }[];
  readonly recent: RecentErrors;
  /** Errors an hour, on average over each window. */
  readonly ratePerHour: RecentErrors;
  readonly groups: {
    readonly held: number;
    /** Most groups that are held (`errorTracking.maxGroups`). */
    readonly limit: number;
    /** By the highest severity of each. */
    readonly bySeverity: Readonly<Record<ErrorSeverity, number>>;
    readonly byTrend: Readonly<Record<ErrorTrend, number>>;
    /** Left to make room. */
    readonly evicted: LeftGroups;
    /** Left because they were not seen for `retention.errorHours`. */
    readonly expired: LeftGroups;
  };
  readonly records: {
    /** Errors that were written as span event or log record. */
    readonly written: number;
    /** Errors that rate control kept from being written; they are counted. */
    readonly heldBack: number;
    /** Errors that `errorTracking.sampleRate` left out; they are counted. */
    readonly sampledOut: number;
  };
  readonly samples: {
    readonly held: number;
    readonly bytes: number;
    /** Left because samples of groups seen later needed the room. */
    readonly evicted: number;
  };
  readonly stacks: {
    readonly bytes: number;
    /** Stacks that were cut because those of groups seen later needed the room. */
    readonly shortened: number;
  };
  /** The ten groups with most errors in the last 24 hours. */
  readonly top: readonly ErrorGroupView[];
}
