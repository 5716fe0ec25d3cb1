/**
 * The configuration after everything was read, checked, merged and defaulted. It is frozen; nothing is undefined but
 * what says so.
 */
export interface MonitoringConfig {
  /** False: nothing is recorded, nothing is started; context still passes through. */
  readonly enabled: boolean;
  readonly service: ServiceConfig;
  /** `deployment.environment.name`. */
  readonly environment: string | undefined;
  /** Further resource attributes; those that have a place in `service` and `environment` are only there. */
  readonly resourceAttributes: Readonly<Record<string, string>>;
  /** The HTTP server, or false for none. */
  readonly server: false | ServerConfig;
  /** Whether `/metrics` is served; the other pages of the server do not depend on it. */
  readonly prometheus: { readonly enabled: boolean };
  /** Where each signal is pushed to; undefined: nowhere. */
  readonly otlp: Readonly<Record<Exclude<OtlpSignal, 'metrics'>, OtlpTarget | undefined>> & {
    readonly metrics: MetricsTarget | undefined;
  };
  readonly sampling: SamplingConfig;
  readonly limits: LimitsConfig;
  readonly batch: { readonly spans: BatchConfig; readonly logs: BatchConfig };
  /** False: no metric is scraped or pushed and no host metric is read. */
  readonly metrics: { readonly enabled: boolean; readonly exemplarFilter: ExemplarFilter };
  /** Time between two pushes of metrics, in milliseconds. */
  readonly metricExportIntervalMillis: number;
  /** Longest time of one push of metrics, in milliseconds; never above the interval. */
  readonly metricExportTimeoutMillis: number;
  readonly health: { readonly enabled: boolean; readonly intervalMillis: number; readonly timeoutSeconds: number };
  /** Host and process metrics. */
  readonly host: { readonly enabled: boolean };
  readonly http: HttpConfig;
  /** Workers of `node:cluster` and worker threads, added up on the page of their primary. */
  readonly cluster: {
    readonly enabled: boolean;
    /** How long a page waits for workers, in milliseconds. */
    readonly deadlineMillis: number;
  };
  /** How long measured host metrics are used again, in seconds. */
  readonly cacheDurationSeconds: number;
  /** True: every operation measures its heap delta (wrong under concurrency). */
  readonly measureMemory: boolean;
  readonly propagators: readonly PropagatorName[];
  /** How much of the SDK's own diagnostics is printed. */
  readonly logLevel: LogLevel;
  /** How an exception is written: as span event, as log record, or as both. */
  readonly exceptionSignal: 'events' | 'logs' | 'logs/dup';
  /** True: uncaught errors and unhandled rejections are recorded; the process still dies of them. */
  readonly captureUncaught: boolean;
  /** True: SIGTERM and SIGINT flush before the process dies. */
  readonly signals: boolean;
  /** Deadline of a shutdown, in milliseconds. */
  readonly shutdownTimeoutMillis: number;
  /** Libraries that are looked into without code. */
  readonly instrumentations: InstrumentationsConfig;
  readonly redaction: RedactionConfig;
  readonly errorTracking: ErrorTrackingConfig;
  readonly usage: UsageConfig;
  readonly state: StateConfig;
  readonly dashboard: { readonly enabled: boolean };
  readonly retention: RetentionConfig;
  /** As given, shape checked; undefined when not given. Nothing evaluates it yet. */
  readonly alerts: AlertsConfig | undefined;
  /** As given, shape checked; undefined when not given. Nothing writes files yet. */
  readonly export: ExportConfig | undefined;
  /** As given, shape checked; undefined when not given. Nothing evaluates them yet. */
  readonly thresholds: Readonly<Record<string, ThresholdConfig>> | undefined;
}

export interface ServiceConfig {
  readonly name: string;
  readonly version: string | undefined;
  readonly namespace: string | undefined;
  readonly instanceId: string | undefined;
}

export interface ServerConfig {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** `none`: no request needs a token, on any address. */
  readonly auth: 'token' | 'none';
  readonly tokens: Readonly<Record<ServerRole, string | undefined>>;
  /** Names, beside the server's own address, that the Host header may have. */
  readonly allowedHosts: readonly string[];
}

export type ServerRole = 'viewer' | 'operator' | 'admin';

export type OtlpSignal = 'traces' | 'metrics' | 'logs';

export type OtlpProtocol = 'http/json' | 'http/protobuf';

/** The target of one signal, resolved by the OTLP exporter specification. */
export interface OtlpTarget {
  /** The whole address, `/v1/traces` and the like included. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMillis: number;
  readonly compression: 'none' | 'gzip';
  readonly protocol: OtlpProtocol;
}

/** Which sums and histograms are pushed as what is new since the last push (`lowmemory`: those that need no state). */
export type TemporalityPreference = 'cumulative' | 'delta' | 'lowmemory';

/** The target of metrics. */
export interface MetricsTarget extends OtlpTarget {
  readonly temporalityPreference: TemporalityPreference;
}

/** `always_on` is taken as `trace_based`: an exemplar without a span tells nothing here. */
export type ExemplarFilter = 'trace_based' | 'always_on' | 'always_off';

export interface SamplingConfig {
  /** Share of traces that are recorded, 0 to 1. */
  readonly performanceSampleRate: number;
  /** Share of errors, 0 to 1, that are written as span event or log record; counts are never sampled. */
  readonly errorSampleRate: number;
  /** True: a trace that began elsewhere keeps the decision that was made there. */
  readonly parentBased: boolean;
}

export interface LimitsConfig {
  /** Series of one metric in the life of the process; beyond it one overflow series. */
  readonly seriesPerMetric: number;
  /** Longest attribute value, in UTF-16 units. */
  readonly attributeValueLength: number;
  /** Most attributes of one span or log record. */
  readonly attributeCount: number;
  readonly eventsPerSpan: number;
  readonly linksPerSpan: number;
  readonly attributesPerEvent: number;
  readonly attributesPerLink: number;
}

export interface BatchConfig {
  readonly scheduledDelayMillis: number;
  readonly exportTimeoutMillis: number;
  readonly maxQueueSize: number;
  /** Never above the size of the queue. */
  readonly maxExportBatchSize: number;
}

export type PropagatorName = 'tracecontext' | 'baggage' | 'b3' | 'b3multi';

export type LogLevel = 'none' | 'error' | 'warn' | 'info' | 'debug' | 'verbose' | 'all';

/** Short names: `express`, `pg`; `http` and `undici` are our own. */
export interface InstrumentationsConfig {
  /** Only these; undefined: all that are installed. */
  readonly enabled: readonly string[] | undefined;
  /** None of these, even where `enabled` has them. */
  readonly disabled: readonly string[];
  /** What the constructor of each is given, by short name. */
  readonly options: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface RedactionConfig {
  readonly enabled: boolean;
  /** `allow_list`: the values of attributes that are neither listed nor structural are replaced as well. */
  readonly mode: 'rules' | 'allow_list';
  /** What may leave in that mode: exact names, or beginnings that end with `*`. */
  readonly allowedAttributes: readonly string[];
  readonly extraKeys: readonly string[];
  readonly allowKeys: readonly string[];
  readonly extraPatterns: readonly (string | CustomRuleConfig)[];
  /** True: IP addresses are taken out as well. */
  readonly ipAddresses: boolean;
  readonly replacement: string;
  /** True: `user.id` leaves as it is; else only its hash. */
  readonly allowUserId: boolean;
  /** Key of `user.hash`, a secret; undefined: a random one that is kept with the state of the service. */
  readonly userHashKey: string | undefined;
}

/** A rule of the user: a pattern in all text, a pattern in some attributes, or the whole value of some attributes. */
export interface CustomRuleConfig {
  readonly name: string;
  readonly pattern?: string | undefined;
  readonly replacement?: string | undefined;
  readonly keys?: readonly string[] | undefined;
}

/** Errors and their groups. */
export interface ErrorTrackingConfig {
  readonly enabled: boolean;
  /** Most groups that are kept; the least recently seen one leaves, and is counted. */
  readonly maxGroups: number;
  /** Most sample errors that are kept of one group. */
  readonly samplesPerGroup: number;
  /** Most operations before an error that are told with it. */
  readonly breadcrumbs: number;
  /** True: frames of compiled files are told, and grouped, by their sources where a source map is found. */
  readonly sourceMaps: boolean;
  /** True: rejections that nobody handles are recorded; what Node does about them stays as it is. */
  readonly captureUnhandledRejections: boolean;
  readonly fingerprint: FingerprintHook | undefined;
}

/**
 * What keeps errors together instead of the built-in rules; undefined or an empty text from it: those. `error` is what was
 * thrown; from `input` secrets are taken out. What it throws is reported once, and the built-in rules hold.
 */
export type FingerprintHook = (
  error: unknown,
  input: {
    readonly errorType: string;
    readonly message: string;
    readonly stack: string | undefined;
    readonly operationName: string | undefined;
  },
) => string | undefined;

/** Features, workflows and caches. */
export interface UsageConfig {
  readonly enabled: boolean;
  /** How long what was used on a day is kept, in days. */
  readonly retentionDays: number;
}

/** What outlives the process. */
export interface StateConfig {
  /** False: nothing is read from files or written to them. */
  readonly enabled: boolean;
  /** Folder that the service's own folder is made in; undefined: the state directory of the system or the user. */
  readonly directory: string | undefined;
  /** Time between two writes of what has changed, in milliseconds. */
  readonly flushIntervalMillis: number;
}

export interface RetentionConfig {
  readonly metricsHours: number;
  readonly errorHours: number;
  readonly healthHours: number;
}

export interface AlertsConfig {
  readonly enabled?: boolean;
  readonly channels?: readonly string[];
  readonly cooldownMinutes?: number;
  readonly webhookUrl?: string;
  readonly slackChannel?: string;
  readonly rules?: readonly AlertRuleConfig[];
}

export interface AlertRuleConfig {
  readonly name: string;
  readonly condition: string;
  readonly severity?: 'info' | 'warning' | 'error' | 'critical';
  readonly cooldownMinutes?: number;
}

export interface ExportConfig {
  readonly enabled?: boolean;
  readonly path?: string;
  readonly format?: string;
  readonly rotation?: { readonly enabled?: boolean; readonly maxFiles?: number; readonly maxSizeMb?: number };
}

export interface ThresholdConfig {
  readonly warning?: number;
  readonly critical?: number;
}

/** HTTP requests, in and out. */
export interface HttpConfig {
  /** Whether the requests of every server and client of the process are recorded. */
  readonly enabled: boolean;
  /** Paths that leave neither span nor metric; one that ends with `*` stands for all that begin so. */
  readonly ignoredPaths: readonly string[];
  /** Whether answers carry `Server-Timing: traceparent;desc="…"`. */
  readonly serverTiming: boolean;
  /** Whether the sizes of bodies are recorded. */
  readonly bodySizes: boolean;
  /** Whether the last requests to other services are kept for looking at. */
  readonly enableDetailedLogging: boolean;
  /** How many of them. */
  readonly maxRecordedRequests: number;
  /** Methods that may be `http.request.method`; any other is `_OTHER`. */
  readonly knownMethods: readonly string[];
}
