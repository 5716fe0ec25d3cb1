import { alertsSchema, exportSchema, thresholdsSchema } from './alerts.js';
import { errorTrackingSchema, usageSchema } from './errors-and-usage.js';
import { amount, described, flag, group, list, millis, oneOf, share, table, text, whole } from './fields.js';
import { instrumentationsSchema } from './instrumentations.js';
import { otlpSchema } from './otlp.js';
import { redactionSchema } from './redaction.js';
import { Scalar } from './schema.js';
import { serverSchema } from './server.js';
import { stateSchema } from './state.js';

const MAX_HOURS = 876_000;
const MAX_SECONDS = 2_147_483;
const MAX_COUNT = 1_000_000;

const hours = (what: string) => described(`How long ${what} are kept, in hours.`, amount(0, MAX_HOURS, 'hours'));
const count = (description: string, least = 0) => described(description, whole(least, MAX_COUNT));
const switchFor = (description: string) => group({ enabled: described(description, flag()) });

const batch = () =>
  group({
    scheduledDelayMillis: described('Time between two exports, in milliseconds.', millis(0)),
    exportTimeoutMillis: described('Longest time of one export, in milliseconds.', millis()),
    maxQueueSize: count('Most that wait; what comes when the queue is full is dropped and counted.', 1),
    maxExportBatchSize: count('Most in one export; at most the size of the queue.', 1),
  });

const resourceValue = new Scalar<string | number | boolean>(
  'text, a number, true or false',
  (value) => ['string', 'boolean'].includes(typeof value) || Number.isFinite(value),
  { type: ['string', 'number', 'boolean'] },
);

/** Names that other systems' files use, and the key that each stands for. */
export const aliases = {
  healthCheckIntervalMs: ['health.intervalMillis'],
  retentionHours: ['retention.metricsHours', 'retention.errorHours', 'retention.healthHours'],
  exportFormat: ['export.format'],
  cacheDuration: ['cacheDurationSeconds'],
} as const;

/**
 * Everything that can be configured, in the camelCase of code; all of it may be left out. The file has the same keys in
 * snake_case.
 */
export const settingsSchema = group({
  enabled: described('Record anything at all.', flag()),
  service: described(
    'What this service is.',
    group({
      name: described('service.name', text()),
      version: described('service.version', text()),
      namespace: described('service.namespace', text()),
      instanceId: described('service.instance.id', text()),
    }),
  ),
  environment: described('deployment.environment.name', text()),
  resourceAttributes: described('Further attributes of the resource.', table(resourceValue)),
  server: described('The HTTP server; false: none.', serverSchema),
  prometheus: described('The page /metrics.', switchFor('Serve /metrics.')),
  otlp: described('Where signals are pushed to; false, or no endpoint: nowhere.', otlpSchema),
  sampling: described(
    'What share is recorded.',
    group({
      performanceSampleRate: described('Share of traces, 0 to 1.', share()),
      errorSampleRate: described('Share of errors, 0 to 1, that are written out; counts are never sampled.', share()),
      parentBased: described('A trace that began elsewhere keeps the decision that was made there.', flag()),
    }),
  ),
  limits: described(
    'Bounds on what is kept.',
    group({
      seriesPerMetric: count('Series of one metric in the life of the process.', 1),
      attributeValueLength: described('Longest attribute value, in UTF-16 units.', whole(1, 1_048_576)),
      attributeCount: count('Most attributes of one span or log record.'),
      eventsPerSpan: count('Most events of one span.'),
      linksPerSpan: count('Most links of one span.'),
      attributesPerEvent: count('Most attributes of one event.'),
      attributesPerLink: count('Most attributes of one link.'),
    }),
  ),
  batch: described(
    'The queues before export.',
    group({ spans: described('The queue of spans.', batch()), logs: described('The queue of log records.', batch()) }),
  ),
  metrics: described(
    'Metrics of any kind.',
    group({
      enabled: described('Scrape and push metrics and read host metrics.', flag()),
      exemplarFilter: described(
        'Whether histograms keep the last sampled span of each bucket.',
        oneOf('trace_based', 'always_on', 'always_off'),
      ),
    }),
  ),
  metricExportIntervalMillis: described('Time between two pushes of metrics, in milliseconds.', millis()),
  metricExportTimeoutMillis: described('Longest time of one push of metrics, in milliseconds.', millis()),
  health: described(
    'Health checks.',
    group({
      enabled: described('Run health checks.', flag()),
      intervalMillis: described('Time between two runs of a check, in milliseconds.', millis()),
      timeoutSeconds: described('Longest time of one check, in seconds.', amount(0.001, MAX_SECONDS, 'seconds')),
    }),
  ),
  host: described('Host and process metrics.', switchFor('Read host and process metrics.')),
  http: described(
    'HTTP requests, in and out.',
    group({
      enabled: described('Record the requests of every server and client of the process.', flag()),
      ignoredPaths: described(
        'Paths that leave neither span nor metric; one that ends with * is a beginning.',
        list('paths', text('a path')),
      ),
      serverTiming: described('Say the trace to the client, in Server-Timing.', flag()),
      bodySizes: described('Record the sizes of bodies.', flag()),
      enableDetailedLogging: described('Keep the last requests to other services for looking at.', flag()),
      maxRecordedRequests: count('How many of them are kept.'),
      knownMethods: described(
        'Methods that may stand on metrics; any other is _OTHER.',
        list('methods', text('a method')),
      ),
    }),
  ),
  cluster: described(
    'Workers of node:cluster and worker threads.',
    group({
      enabled: described('Add up what workers record on the page of their primary.', flag()),
      deadlineMillis: described('How long a page waits for workers, in milliseconds.', millis()),
    }),
  ),
  cacheDurationSeconds: described(
    'How long host metrics are used again, in seconds.',
    amount(0, MAX_SECONDS, 'seconds'),
  ),
  measureMemory: described('Measure the heap delta of every operation.', flag()),
  propagators: described(
    'How context passes between processes.',
    list('propagators', oneOf('tracecontext', 'baggage', 'none', 'b3', 'b3multi', 'jaeger', 'ottrace', 'xray')),
  ),
  logLevel: described(
    "How much of the SDK's own diagnostics is printed.",
    oneOf('none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'),
  ),
  exceptionSignal: described('How an exception is written.', oneOf('events', 'logs', 'logs/dup')),
  captureUncaught: described('Record uncaught errors and unhandled rejections.', flag()),
  signals: described('Flush on SIGTERM and SIGINT.', flag()),
  shutdownTimeoutMillis: described('Deadline of a shutdown, in milliseconds.', millis()),
  instrumentations: described('Libraries that are looked into without code.', instrumentationsSchema),
  redaction: described('The privacy policy.', redactionSchema),
  errorTracking: described('Errors.', errorTrackingSchema),
  usage: described('Usage of features, workflows and caches.', usageSchema),
  state: described('What outlives the process.', stateSchema),
  dashboard: described('The web dashboard.', switchFor('Serve the web dashboard.')),
  retention: described(
    'How long history is kept.',
    group({ metricsHours: hours('metrics'), errorHours: hours('errors'), healthHours: hours('health results') }),
  ),
  alerts: described('Alert rules.', alertsSchema),
  export: described('Export to files.', exportSchema),
  thresholds: described('Thresholds by the name of a measurement.', thresholdsSchema),

  healthCheckIntervalMs: described('The same as health.interval_millis.', millis()),
  retentionHours: hours('metrics, errors and health results'),
  exportFormat: described('The same as export.format.', text('the name of a format')),
  cacheDuration: described('The same as cache_duration_seconds.', amount(0, MAX_SECONDS, 'seconds')),
});
