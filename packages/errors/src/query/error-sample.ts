import type { ErrorSeverity } from '@otel-monitor/semconv';

/** What an error was caused by. What is not known is left out. */
export interface ErrorCause {
  /** What it is to the error that holds it: its cause, one of the errors of an AggregateError, or suppressed. */
  readonly relation: 'cause' | 'member' | 'suppressed';
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly causes?: readonly ErrorCause[];
}

/** An operation that ended before an error. */
export interface ErrorBreadcrumb {
  readonly name: string;
  readonly durationSeconds: number;
  /** Left out: it did not fail. */
  readonly errorType?: string;
  /** ISO 8601 in UTC. */
  readonly endedAt: string;
  readonly isSameTrace: boolean;
}

/** One error that is kept as an example of its group. What is not known is left out. */
export interface ErrorSample {
  /** `monitor.error.id` of the error: 32 hexadecimal digits. */
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly severity: ErrorSeverity;
  readonly message: string;
  readonly code?: string;
  readonly operation?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  /** A keyed hash. */
  readonly userHash?: string;
  /** `service.version`. */
  readonly release?: string;
  /** What it was caused by directly, each with causes of its own. */
  readonly causes?: readonly ErrorCause[];
  /** Where it differs from the group's. */
  readonly stack?: string;
  /** The operations that ended before it, the latest at the end. */
  readonly breadcrumbs?: readonly ErrorBreadcrumb[];
}
