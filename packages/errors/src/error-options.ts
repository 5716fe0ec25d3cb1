import type { ErrorSeverity } from '@otel-monitor/semconv';

/** What may be said of an error besides itself. */
export interface ErrorOptions {
  /** The operation it happened in, as its name or itself; left out, the operation that the call is made in. */
  readonly operation?: string | { readonly name: string };
  /** Default `error`. */
  readonly severity?: ErrorSeverity;
  /** Few and bounded: they go on the metric too. */
  readonly dimensions?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Unbounded: they go on the span event and the log record only. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** Leaves as `user.hash`, a keyed hash, unless the configuration allows `user.id`. Never on a metric. */
  readonly userId?: string;
  /** Path of the request, as `url.path`. Never on a metric. */
  readonly endpoint?: string;
  /** Method of the request, as `http.request.method`. Never on a metric. */
  readonly method?: string;
  /**
   * What keeps errors together instead of the built-in fingerprint: errors with the same text are one group. At most 256
   * characters count; left out or empty, the hook of the configuration, or the built-in one.
   */
  readonly fingerprint?: string;
}
