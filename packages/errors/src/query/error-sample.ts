import type { ErrorSeverity } from '@otel-monitor/semconv';

/** What an error was caused by. */
export interface ErrorCause {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
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
  /** The nearest first. */
  readonly causes?: readonly ErrorCause[];
  /** Where it differs from the group's. */
  readonly stack?: string;
  /** The operations that ended before it, the last first. */
  readonly breadcrumbs?: unknown;
}
