import type { RecentOperation } from '@otel-monitor/runtime';
import type { ErrorSeverity } from '@otel-monitor/semconv';
import type { DescribedError } from '../description/described-error.js';
import type { Fingerprint } from '../fingerprint/fingerprint.js';

/** One error that happened, as its group takes it. */
export interface Occurrence {
  readonly id: string;
  readonly fingerprint: Fingerprint;
  readonly error: DescribedError;
  readonly severity: ErrorSeverity;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly operationName: string | undefined;
  /** 32 hexadecimal digits; undefined where there is no trace. */
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  /** A keyed hash. */
  readonly userHash: string | undefined;
  /** The operations that ended before it, the latest at the end; asked only where they are kept. */
  readonly breadcrumbs?: () => readonly RecentOperation[];
}
