import type {
  AlertsConfig,
  BatchConfig,
  ErrorTrackingConfig,
  ExemplarFilter,
  ExportConfig,
  HttpConfig,
  InstrumentationsConfig,
  LimitsConfig,
  LogLevel,
  OtlpProtocol,
  RedactionConfig,
  RetentionConfig,
  SamplingConfig,
  ServerRole,
  StateConfig,
  TemporalityPreference,
  ThresholdConfig,
  UsageConfig,
} from './monitoring-config.js';

/** Every key may be left out, or be undefined. */
type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };

/**
 * What `startMonitoring` takes: everything may be left out. A key given here wins over the environment, the
 * environment over the file, the file over the default. docs/configuration.md tells units, defaults and names.
 */
export interface MonitoringOptions {
  /**
   * The configuration file: a path (JSON, or YAML by its ending), or the content of one in the file's form
   * (snake_case, `monitoring` around it or not). Default: the path in `OTEL_MONITOR_CONFIG`.
   */
  readonly config?: string | object | undefined;
  /** False: nothing is recorded. Default true; `OTEL_SDK_DISABLED=true` wins over everything. */
  readonly enabled?: boolean | undefined;
  /** Default name `unknown_service:node`. `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`. */
  readonly service?: Optional<{ name: string; version: string; namespace: string; instanceId: string }> | undefined;
  /** `deployment.environment.name`. */
  readonly environment?: string | undefined;
  /** Further resource attributes. `OTEL_RESOURCE_ATTRIBUTES`. */
  readonly resourceAttributes?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** The HTTP server; false: none. Default 127.0.0.1:9464; port 0: any free one. */
  readonly server?: boolean | ServerOptions | undefined;
  /** Whether `/metrics` is served. Default true. */
  readonly prometheus?: Optional<{ enabled: boolean }> | undefined;
  /** Where signals are pushed to; false: nowhere. Default: nowhere. `OTEL_EXPORTER_OTLP_*`. */
  readonly otlp?: false | OtlpOptions | undefined;
  readonly sampling?: Optional<SamplingConfig> | undefined;
  readonly limits?: Optional<LimitsConfig> | undefined;
  /** The queues of the batch processors. `OTEL_BSP_*`, `OTEL_BLRP_*`. */
  readonly batch?: Optional<{ spans: Optional<BatchConfig>; logs: Optional<BatchConfig> }> | undefined;
  /** False: no metric is scraped or pushed and no host metric is read. Default true. */
  readonly metrics?: Optional<{ enabled: boolean; exemplarFilter: ExemplarFilter }> | undefined;
  /** Default 60,000 ms. `OTEL_METRIC_EXPORT_INTERVAL`. */
  readonly metricExportIntervalMillis?: number | undefined;
  /** Default 30,000 ms, at most the interval. `OTEL_METRIC_EXPORT_TIMEOUT`. */
  readonly metricExportTimeoutMillis?: number | undefined;
  /** Defaults: on, every 60,000 ms, 5 s for one check. */
  readonly health?: Optional<{ enabled: boolean; intervalMillis: number; timeoutSeconds: number }> | undefined;
  /** Host and process metrics. Default on. */
  readonly host?: Optional<{ enabled: boolean }> | undefined;
  /** HTTP requests, in and out. Default on, probes left out. `OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS`. */
  readonly http?: Optional<HttpConfig> | undefined;
  /** How long measured host metrics are used again. Default 5 s. */
  readonly cluster?: Optional<{ enabled: boolean; deadlineMillis: number }> | undefined;
  readonly cacheDurationSeconds?: number | undefined;
  /** Every operation measures its heap delta (wrong under concurrency). Default false. */
  readonly measureMemory?: boolean | undefined;
  /** `tracecontext`, `baggage`, `b3`, `b3multi`, or `none`. Default tracecontext and baggage. `OTEL_PROPAGATORS`. */
  readonly propagators?: readonly string[] | undefined;
  /** How much of the SDK's own diagnostics is printed. Default none. `OTEL_LOG_LEVEL`. */
  readonly logLevel?: LogLevel | undefined;
  /** Default events. `OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN`. */
  readonly exceptionSignal?: 'events' | 'logs' | 'logs/dup' | undefined;
  /** Uncaught errors are recorded; the process still dies of them. Default true. */
  readonly captureUncaught?: boolean | undefined;
  /** SIGTERM and SIGINT flush before the process dies. Default true. */
  readonly signals?: boolean | undefined;
  /** Deadline of a shutdown. Default 5,000 ms. */
  readonly shutdownTimeoutMillis?: number | undefined;
  /**
   * Libraries that `register` looks into, by short names (`express`, `pg`; `http` and `undici` are our own). Default: all
   * that are installed. `OTEL_NODE_ENABLED_INSTRUMENTATIONS`, `OTEL_NODE_DISABLED_INSTRUMENTATIONS`.
   */
  readonly instrumentations?: Optional<InstrumentationsConfig> | undefined;
  readonly redaction?: Optional<RedactionConfig> | undefined;
  /** Errors and their groups; `fingerprint` can be given in code alone. `ERROR_TRACKING_ENABLED`, `OTEL_MONITOR_ERROR_*`. */
  readonly errorTracking?: Optional<ErrorTrackingConfig> | undefined;
  /** Default on, 396 days. `OTEL_MONITOR_USAGE_*`. */
  readonly usage?: Optional<UsageConfig> | undefined;
  /** What outlives the process. Default on, every 10,000 ms. `OTEL_MONITOR_STATE_*`. */
  readonly state?: Optional<StateConfig> | undefined;
  readonly dashboard?: Optional<{ enabled: boolean }> | undefined;
  readonly retention?: Optional<RetentionConfig> | undefined;
  readonly alerts?: AlertsConfig | undefined;
  readonly export?: ExportConfig | undefined;
  readonly thresholds?: Readonly<Record<string, ThresholdConfig>> | undefined;
}

export type ServerOptions = Optional<{
  host: string;
  port: number;
  auth: 'token' | 'none';
  tokens: Optional<Record<ServerRole, string>>;
  allowedHosts: readonly string[];
}>;

/** What can be given for all signals, and again for one. */
export type OtlpSignalOptions = Optional<{
  /** For all signals the base, to which `/v1/traces` and the like are added; for one signal the whole address. */
  endpoint: string;
  /** Those of one signal replace those for all. */
  headers: Readonly<Record<string, string>>;
  timeoutMillis: number;
  compression: 'none' | 'gzip';
  protocol: OtlpProtocol;
}>;

/** `false` for a signal: it is not pushed. */
export type OtlpOptions = OtlpSignalOptions &
  Optional<Record<'traces' | 'logs', false | OtlpSignalOptions>> &
  Optional<{ metrics: false | OtlpMetricsOptions }>;

/** What can be given for metrics. */
export type OtlpMetricsOptions = OtlpSignalOptions &
  Optional<{
    /** `delta`: what is new since the last push. Default cumulative. */
    temporalityPreference: TemporalityPreference;
  }>;
