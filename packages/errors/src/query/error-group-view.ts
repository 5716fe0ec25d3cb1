import type { ErrorSeverity } from '@otel-monitor/semconv';
import type { OperationCount } from '../groups/frequent-operations.js';
import type { ErrorTrend } from '../groups/trend.js';
import type { ErrorSample } from './error-sample.js';

/** A figure for the last hour, the last 24 hours and the last 7 days. */
export interface RecentErrors {
  readonly lastHour: number;
  readonly lastDay: number;
  readonly lastWeek: number;
}

/** A group of errors: plain data, which survives JSON unchanged. What is not known is left out. */
export interface ErrorGroupView {
  /** `monitor.error.group.id`: 16 hexadecimal digits. */
  readonly id: string;
  /** The type, and the message without what differs from error to error. */
  readonly title: string;
  /** Where in the application it happened. */
  readonly culprit?: string;
  /** `error.type`. */
  readonly errorType: string;
  /** The class name as it is. */
  readonly exceptionType: string;
  readonly code?: string;
  /** The highest that was seen. */
  readonly severity: ErrorSeverity;
  /** Errors of each severity. */
  readonly severities: Readonly<Record<ErrorSeverity, number>>;
  readonly count: number;
  /** Users affected; those of errors without one are not among them. */
  readonly users: number;
  /** False: `users` is exact. True: its standard error is 9 %. */
  readonly usersEstimated: boolean;
  /** ISO 8601 in UTC. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** `service.version` when it was first and last seen. */
  readonly firstRelease?: string;
  readonly lastRelease?: string;
  readonly trend: ErrorTrend;
  /** Errors in the windows. */
  readonly recent: RecentErrors;
  /** Errors an hour, on average over each window. */
  readonly ratePerHour: RecentErrors;
  /** The most frequent first, eight at most. */
  readonly operations: readonly OperationCount[];
  /** When it was said to be mended; left out when it never was, or came back. */
  readonly resolvedAt?: string;
  /** When it came back the last time. */
  readonly regressedAt?: string;
}

/** A group whole. */
export interface ErrorGroupDetails extends ErrorGroupView {
  /** The stack trace of the error that the group began with, without type and message; left out where there was none. */
  readonly stack?: string;
  /** The first, some between, and the last. */
  readonly samples: readonly ErrorSample[];
  /** Ids that the group had before. */
  readonly aliases: readonly string[];
}
