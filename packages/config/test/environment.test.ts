import { describe, expect, it } from 'vitest';
import { environmentNames, type MonitoringConfig } from '../src/index.js';
import { failure, load } from './load.js';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
type Read = (config: MonitoringConfig) => unknown;
const server =
  (read: (server: Exclude<MonitoringConfig['server'], false>) => unknown): Read =>
  ({ server: given }) =>
    given === false ? false : read(given);

/** Every variable: its text, what else must be set, where it is to be seen, as what. */
const cases: [name: string, text: string, read: Read, expected: unknown, others?: Record<string, string>][] = [
  ['OTEL_SDK_DISABLED', 'true', (c) => c.enabled, false],
  ['OTEL_SERVICE_NAME', ' shop ', (c) => c.service.name, 'shop'],
  [
    'OTEL_RESOURCE_ATTRIBUTES',
    'service.name=a%20b,deployment.environment.name=prod',
    (c) => [c.service.name, c.environment],
    ['a b', 'prod'],
  ],
  ['OTEL_LOG_LEVEL', 'DEBUG', (c) => c.logLevel, 'debug'],
  ['OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN', 'logs/dup', (c) => c.exceptionSignal, 'logs/dup'],
  ['OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS', 'GET,PROPFIND', (c) => c.http.knownMethods, ['GET', 'PROPFIND']],
  ['OTEL_PROPAGATORS', 'baggage,b3multi,baggage,B3', (c) => c.propagators, ['baggage', 'b3multi', 'b3']],
  [
    'OTEL_NODE_ENABLED_INSTRUMENTATIONS',
    'http, @opentelemetry/instrumentation-pg,pg',
    (c) => c.instrumentations.enabled,
    ['http', 'pg'],
  ],
  [
    'OTEL_NODE_DISABLED_INSTRUMENTATIONS',
    '@fastify/otel,bullmq-otel,dns',
    (c) => c.instrumentations.disabled,
    ['fastify', 'bullmq', 'dns'],
  ],
  ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', '100', (c) => c.limits.attributeValueLength, 100],
  ['OTEL_ATTRIBUTE_COUNT_LIMIT', '10', (c) => c.limits.attributeCount, 10],
  ['OTEL_SPAN_EVENT_COUNT_LIMIT', '11', (c) => c.limits.eventsPerSpan, 11],
  ['OTEL_SPAN_LINK_COUNT_LIMIT', '12', (c) => c.limits.linksPerSpan, 12],
  ['OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT', '13', (c) => c.limits.attributesPerEvent, 13],
  ['OTEL_LINK_ATTRIBUTE_COUNT_LIMIT', '14', (c) => c.limits.attributesPerLink, 14],
  ['OTEL_EXPORTER_PROMETHEUS_HOST', '0.0.0.0', server((s) => s.host), '0.0.0.0'],
  ['OTEL_EXPORTER_PROMETHEUS_PORT', '0', server((s) => s.port), 0],
  ['OTEL_MONITOR_ALLOWED_HOSTS', 'shop,shop.internal', server((s) => s.allowedHosts), ['shop', 'shop.internal']],
  ['OTEL_MONITOR_TOKEN_VIEWER', 'v', server((s) => s.tokens.viewer), 'v'],
  ['OTEL_MONITOR_TOKEN_OPERATOR', 'o', server((s) => s.tokens.operator), 'o'],
  ['OTEL_MONITOR_TOKEN_ADMIN', 'a', server((s) => s.tokens.admin), 'a'],
  ['OTEL_MONITOR_TOKEN_VIEWER_FILE', 'token.txt', server((s) => s.tokens.viewer), 'from-a-file'],
  ['OTEL_MONITOR_TOKEN_OPERATOR_FILE', 'token.txt', server((s) => s.tokens.operator), 'from-a-file'],
  ['OTEL_MONITOR_TOKEN_ADMIN_FILE', 'token.txt', server((s) => s.tokens.admin), 'from-a-file'],
  ['OTEL_MONITOR_CONFIG', 'settings.json', (c) => c.environment, 'from-a-file'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://h:1', (c) => c.otlp.logs?.endpoint, 'http://h:1/v1/logs'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'a=b%20c,d=e=f', (c) => c.otlp.traces?.headers, { a: 'b c', d: 'e=f' }, endpoint],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '500', (c) => c.otlp.metrics?.timeoutMillis, 500, endpoint],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'gzip', (c) => c.otlp.logs?.compression, 'gzip', endpoint],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json', (c) => c.otlp.logs?.protocol, 'http/json', endpoint],
  ...(['traces', 'metrics', 'logs'] as const).flatMap((signal): typeof cases => {
    const prefix = `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_`;
    return [
      [`${prefix}ENDPOINT`, 'http://own:1/x', (c) => c.otlp[signal]?.endpoint, 'http://own:1/x'],
      [
        `${prefix}HEADERS`,
        'own=1',
        (c) => c.otlp[signal]?.headers,
        { own: '1' },
        { ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'all=1' },
      ],
      [
        `${prefix}TIMEOUT`,
        '501',
        (c) => c.otlp[signal]?.timeoutMillis,
        501,
        { ...endpoint, OTEL_EXPORTER_OTLP_TIMEOUT: '1' },
      ],
      [
        `${prefix}COMPRESSION`,
        'none',
        (c) => c.otlp[signal]?.compression,
        'none',
        { ...endpoint, OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' },
      ],
      [
        `${prefix}PROTOCOL`,
        'http/protobuf',
        (c) => c.otlp[signal]?.protocol,
        'http/protobuf',
        { ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
      ],
    ];
  }),
  [
    'OTEL_TRACES_EXPORTER',
    'none',
    (c) => [c.otlp.traces, c.otlp.logs?.endpoint],
    [undefined, 'http://collector:4318/v1/logs'],
    endpoint,
  ],
  ['OTEL_METRICS_EXPORTER', 'prometheus', (c) => [c.otlp.metrics, c.prometheus.enabled], [undefined, true], endpoint],
  ['OTEL_LOGS_EXPORTER', 'none', (c) => c.otlp.logs, undefined, endpoint],
  [
    'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE',
    'LowMemory',
    (c) => c.otlp.metrics?.temporalityPreference,
    'lowmemory',
    endpoint,
  ],
  [
    'OTEL_TRACES_SAMPLER',
    'always_off',
    (c) => c.sampling,
    { performanceSampleRate: 0, errorSampleRate: 1, parentBased: false },
  ],
  [
    'OTEL_TRACES_SAMPLER_ARG',
    '0.25',
    (c) => c.sampling,
    { performanceSampleRate: 0.25, errorSampleRate: 1, parentBased: true },
    { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio' },
  ],
  ...(['spans', 'logs'] as const).flatMap((queue): typeof cases => {
    const prefix = queue === 'spans' ? 'OTEL_BSP' : 'OTEL_BLRP';
    return [
      [`${prefix}_SCHEDULE_DELAY`, '0', (c) => c.batch[queue].scheduledDelayMillis, 0],
      [`${prefix}_EXPORT_TIMEOUT`, '7', (c) => c.batch[queue].exportTimeoutMillis, 7],
      [`${prefix}_MAX_QUEUE_SIZE`, '4096', (c) => c.batch[queue].maxQueueSize, 4096],
      [`${prefix}_MAX_EXPORT_BATCH_SIZE`, '9', (c) => c.batch[queue].maxExportBatchSize, 9],
    ];
  }),
  ['OTEL_METRIC_EXPORT_INTERVAL', '5000', (c) => c.metricExportIntervalMillis, 5000],
  ['OTEL_METRICS_EXEMPLAR_FILTER', 'ALWAYS_OFF', (c) => c.metrics.exemplarFilter, 'always_off'],
  ['OTEL_METRIC_EXPORT_TIMEOUT', '400', (c) => c.metricExportTimeoutMillis, 400],
  ['OTEL_MONITOR_ERROR_MAX_GROUPS', '50', (c) => c.errorTracking.maxGroups, 50],
  ['OTEL_MONITOR_ERROR_SAMPLES_PER_GROUP', '0', (c) => c.errorTracking.samplesPerGroup, 0],
  ['OTEL_MONITOR_ERROR_BREADCRUMBS', '100', (c) => c.errorTracking.breadcrumbs, 100],
  ['OTEL_MONITOR_ERROR_SOURCE_MAPS', 'off', (c) => c.errorTracking.sourceMaps, false],
  ['OTEL_MONITOR_ERROR_UNHANDLED_REJECTIONS', 'true', (c) => c.errorTracking.captureUnhandledRejections, true],
  ['OTEL_MONITOR_USAGE_ENABLED', 'false', (c) => c.usage.enabled, false],
  ['OTEL_MONITOR_USAGE_RETENTION_DAYS', '31', (c) => c.usage.retentionDays, 31],
  ['OTEL_MONITOR_STATE_ENABLED', 'no', (c) => c.state.enabled, false],
  ['OTEL_MONITOR_STATE_DIRECTORY', '/var/lib/shop', (c) => c.state.directory, '/var/lib/shop'],
  ['OTEL_MONITOR_STATE_FLUSH_INTERVAL', '500', (c) => c.state.flushIntervalMillis, 500],
  ['OTEL_MONITOR_REDACTION_MODE', 'allow_list', (c) => c.redaction.mode, 'allow_list'],
  ['OTEL_MONITOR_REDACTION_ALLOWED_ATTRIBUTES', 'a, b.*', (c) => c.redaction.allowedAttributes, ['a', 'b.*']],
  ['OTEL_MONITOR_REDACTION_EXTRA_KEYS', 'employee', (c) => c.redaction.extraKeys, ['employee']],
  ['OTEL_MONITOR_REDACTION_IP_ADDRESSES', 'on', (c) => c.redaction.ipAddresses, true],
  ['OTEL_MONITOR_USER_HASH_KEY', '0123456789abcdef', (c) => c.redaction.userHashKey, '0123456789abcdef'],
  ['OTEL_MONITOR_USER_HASH_KEY_FILE', 'key.txt', (c) => c.redaction.userHashKey, 'a-key-from-a-file'],
  [
    'METRICS_COLLECTION_ENABLED',
    'false',
    (c) => [c.metrics.enabled, c.host.enabled, c.prometheus.enabled, c.otlp.metrics],
    [false, false, false, undefined],
    endpoint,
  ],
  ['ENABLE_METRICS_COLLECTION', '0', (c) => c.metrics.enabled, false],
  ['METRICS_COLLECTION_INTERVAL', '30', (c) => c.metricExportIntervalMillis, 30_000],
  ['ERROR_TRACKING_ENABLED', 'false', (c) => c.errorTracking.enabled, false],
  ['PERFORMANCE_DASHBOARD_ENABLED', 'false', (c) => c.dashboard.enabled, false],
  ['HEALTH_MONITORING_ENABLED', 'no', (c) => c.health.enabled, false],
  ['PROMETHEUS_EXPORT_ENABLED', 'off', (c) => c.prometheus.enabled, false],
  ['ALERT_COOLDOWN_MINUTES', '15', (c) => c.alerts, { cooldownMinutes: 15 }],
  ['ALERT_WEBHOOK_URL', 'https://hook', (c) => c.alerts, { webhookUrl: 'https://hook' }],
  ['ALERT_SLACK_CHANNEL', '#sizewise-alerts', (c) => c.alerts, { slackChannel: '#sizewise-alerts' }],
  ['METRICS_RETENTION_HOURS', '24', (c) => c.retention.metricsHours, 24],
  ['METRICS_RETENTION_MINUTES', '90', (c) => c.retention.metricsHours, 1.5],
  ['ERROR_RETENTION_HOURS', '25', (c) => c.retention.errorHours, 25],
  ['HEALTH_RETENTION_HOURS', '26', (c) => c.retention.healthHours, 26],
];
const files: Record<string, string> = {
  'token.txt': 'from-a-file\n',
  'key.txt': 'a-key-from-a-file\n',
  'settings.json': '{"environment":"from-a-file"}',
};
const readFile = (path: string) => files[path.split(/[\\/]/).at(-1) as string] ?? '';

describe('environment', () => {
  it.each(cases)('%s=%s', (name, text, read, expected, others = {}) => {
    expect(read(load({ env: { ...others, [name]: text }, readFile }).config)).toEqual(expected);
    // without it, it is not so: the case can fail
    if (name !== 'OTEL_METRICS_EXPORTER') {
      expect(read(load({ env: others, readFile }).config)).not.toEqual(expected);
    }
  });

  it('has a case for every name that is read, and none besides', () => {
    expect(cases.map(([name]) => name).sort()).toEqual([...environmentNames].sort());
  });

  it('accepts the variables of systems/2 as they stand', () => {
    const env = {
      METRICS_COLLECTION_ENABLED: 'true',
      METRICS_COLLECTION_INTERVAL: '30',
      ERROR_TRACKING_ENABLED: 'true',
      PERFORMANCE_DASHBOARD_ENABLED: 'true',
      HEALTH_MONITORING_ENABLED: 'true',
      ALERT_COOLDOWN_MINUTES: '15',
      ALERT_WEBHOOK_URL: '',
      ALERT_SLACK_CHANNEL: '#sizewise-alerts',
      METRICS_RETENTION_HOURS: '168',
      ERROR_RETENTION_HOURS: '168',
      HEALTH_RETENTION_HOURS: '168',
    };
    const { config, warnings } = load({ env });
    expect(config.alerts).toEqual({ cooldownMinutes: 15, slackChannel: '#sizewise-alerts' });
    expect(warnings).toEqual([
      'alerts are configured but not evaluated by this version',
      'retention of metrics and health results is configured but not applied by this version',
      'the web dashboard is configured but not served by this version',
    ]);
  });

  it.each([
    ['always_on', undefined, 1, false],
    ['always_off', '0.5', 0, false],
    ['traceidratio', undefined, 1, false],
    ['traceidratio', '0.5', 0.5, false],
    ['parentbased_always_on', undefined, 1, true],
    ['parentbased_always_off', undefined, 0, true],
    ['parentbased_traceidratio', '0.01', 0.01, true],
  ])('sampler %s with %s', (name, argument, performanceSampleRate, parentBased) => {
    const env = { OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: argument };
    expect(load({ env }).config.sampling).toEqual({ performanceSampleRate, parentBased, errorSampleRate: 1 });
  });

  it.each([
    [
      { OTEL_MONITOR_TOKEN_VEIWER: 'x' },
      'unknown environment variable OTEL_MONITOR_TOKEN_VEIWER, did you mean OTEL_MONITOR_TOKEN_VIEWER?',
    ],
    [
      { OTEL_MONITOR_SOMETHING_ELSE_ENTIRELY: 'x' },
      'unknown environment variable OTEL_MONITOR_SOMETHING_ELSE_ENTIRELY',
    ],
    [{ OTEL_TRACES_SAMPLER_ARG: '0.5' }, 'OTEL_TRACES_SAMPLER_ARG is ignored, since OTEL_TRACES_SAMPLER is not set'],
    [{ OTEL_SDK_DISABLED: 'maybe' }, 'OTEL_SDK_DISABLED is neither true nor false and taken as false'],
    [
      { OTEL_RESOURCE_ATTRIBUTES: 'a=1,b,c=%zz,d=2' },
      'OTEL_RESOURCE_ATTRIBUTES has 2 of its parts not as key=value in percent-encoding, left out',
    ],
    [{ OTEL_PROPAGATORS: 'tracecontext,jaeger' }, 'propagator jaeger is not supported by this version and left out'],
    [
      { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'pg,mongod' },
      'unknown instrumentation mongod in instrumentations.disabled, did you mean mongodb?',
    ],
    [
      { OTEL_TRACES_EXPORTER: 'console' },
      'OTEL_TRACES_EXPORTER asks for the console, which is not supported: nothing is printed; "otlp" sends traces to a Collector',
    ],
    [
      { OTEL_LOGS_EXPORTER: 'otlp' },
      'OTEL_LOGS_EXPORTER asks for otlp but no endpoint is set, so no logs are pushed: set OTEL_EXPORTER_OTLP_ENDPOINT, as in http://localhost:4318',
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h:4317' },
      'the OTLP endpoint has port 4317, which is usually gRPC; OTLP over HTTP is usually on port 4318',
    ],
    [
      { OTEL_METRIC_EXPORT_INTERVAL: '1000', OTEL_METRIC_EXPORT_TIMEOUT: '2000' },
      'metricExportTimeoutMillis 2000 (environment OTEL_METRIC_EXPORT_TIMEOUT) is above metricExportIntervalMillis 1000, which is used instead',
    ],
    [
      { OTEL_BSP_MAX_QUEUE_SIZE: '10', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '20' },
      'batch.spans.maxExportBatchSize 20 (environment OTEL_BSP_MAX_EXPORT_BATCH_SIZE) is above batch.spans.maxQueueSize 10, which is used instead',
    ],
  ])('warns: %j', (env: Record<string, string>, warning) => {
    expect(load({ env }).warnings).toEqual([warning]);
  });

  it.each([
    [
      { OTEL_EXPORTER_PROMETHEUS_PORT: 'abc' },
      'server.port: found "abc", expected a whole number from 0 to 65535 (environment OTEL_EXPORTER_PROMETHEUS_PORT)',
    ],
    [
      { OTEL_EXPORTER_PROMETHEUS_PORT: '1.5' },
      'server.port: found "1.5", expected a whole number from 0 to 65535 (environment OTEL_EXPORTER_PROMETHEUS_PORT)',
    ],
    [
      { METRICS_COLLECTION_INTERVAL: '-3' },
      'metricExportIntervalMillis: found "-3", expected a number of seconds from 0.001 to 2147483 (environment METRICS_COLLECTION_INTERVAL)',
    ],
    [
      { OTEL_METRIC_EXPORT_INTERVAL: '3000000000' },
      'metricExportIntervalMillis: found "3000000000", expected a whole number of milliseconds from 1 to 2147483647 (environment OTEL_METRIC_EXPORT_INTERVAL)',
    ],
    [
      { METRICS_RETENTION_MINUTES: 'x' },
      'retention.metricsHours: found "x", expected a number of minutes from 0 to 52560000 (environment METRICS_RETENTION_MINUTES)',
    ],
    [
      { ERROR_TRACKING_ENABLED: 'maybe' },
      'errorTracking.enabled: found "maybe", expected true or false (environment ERROR_TRACKING_ENABLED)',
    ],
    [
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'otlp.protocol: found "grpc", expected one of "http/json", "http/protobuf": gRPC is not supported, send to the HTTP port of the Collector (4318) (environment OTEL_EXPORTER_OTLP_PROTOCOL)',
    ],
    [
      { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'collector:4318' },
      'otlp.traces.endpoint: found "collector:4318", expected an address that begins with http:// or https:// (environment OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)',
    ],
    [
      { OTEL_EXPORTER_OTLP_HEADERS: 'api-key' },
      'OTEL_EXPORTER_OTLP_HEADERS: found [redacted], expected headers as name=value,name=value in percent-encoding (environment OTEL_EXPORTER_OTLP_HEADERS)',
    ],
    [
      { OTEL_TRACES_SAMPLER: 'jaeger_remote' },
      'OTEL_TRACES_SAMPLER: found "jaeger_remote", expected one of "always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio" (environment OTEL_TRACES_SAMPLER)',
    ],
    [
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' },
      'sampling.performanceSampleRate: found "2", expected a number from 0 to 1 (environment OTEL_TRACES_SAMPLER_ARG)',
    ],
    [
      { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'deltas' },
      'otlp.metrics.temporalityPreference: found "deltas", expected one of "cumulative", "delta", "lowmemory" (environment OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE)',
    ],
    [
      { OTEL_METRICS_EXEMPLAR_FILTER: 'sometimes' },
      'metrics.exemplarFilter: found "sometimes", expected one of "trace_based", "always_on", "always_off" (environment OTEL_METRICS_EXEMPLAR_FILTER)',
    ],
    [
      { OTEL_METRICS_EXPORTER: 'statsd' },
      'OTEL_METRICS_EXPORTER: found "statsd", expected "otlp", "none", "console", "prometheus", or several but "none" with commas between (environment OTEL_METRICS_EXPORTER)',
    ],
    [
      { OTEL_MONITOR_STATE_FLUSH_INTERVAL: '5' },
      'state.flushIntervalMillis: found "5", expected a whole number of milliseconds from 100 to 3600000 (environment OTEL_MONITOR_STATE_FLUSH_INTERVAL)',
    ],
    [
      { OTEL_MONITOR_USER_HASH_KEY: 'short' },
      'redaction.userHashKey: found [redacted], expected a key of 16 to 4096 printable ASCII characters without spaces (environment OTEL_MONITOR_USER_HASH_KEY)',
    ],
    [
      { OTEL_MONITOR_TOKEN_ADMIN: 'two words' },
      'server.tokens.admin: found [redacted], expected a token of 1 to 4096 printable ASCII characters without spaces (environment OTEL_MONITOR_TOKEN_ADMIN)',
    ],
  ])('refuses: %j', (env: Record<string, string>, line) => {
    expect(failure(() => load({ env })).message).toBe(`the monitoring configuration cannot be used:\n  ${line}`);
  });

  it('tells a token file that cannot be read, and one that is empty', () => {
    const missing = () => {
      throw Object.assign(new Error('/secret/place'), { code: 'ENOENT' });
    };
    const env = { OTEL_MONITOR_TOKEN_VIEWER_FILE: 'viewer.txt' };
    expect(failure(() => load({ env, readFile: missing })).problems).toEqual([
      {
        path: 'OTEL_MONITOR_TOKEN_VIEWER_FILE',
        found: '"viewer.txt", no readable file (ENOENT)',
        expected: 'the path of a file with a token in it',
        source: 'environment OTEL_MONITOR_TOKEN_VIEWER_FILE',
      },
    ]);
    expect(failure(() => load({ env, readFile: () => '\n' })).problems).toEqual([
      {
        path: 'server.tokens.viewer',
        found: '"viewer.txt"',
        expected: 'the path of a file with a token in it',
        source: 'environment OTEL_MONITOR_TOKEN_VIEWER_FILE',
      },
    ]);
  });

  it('tells a key file that is empty as one of a key', () => {
    const env = { OTEL_MONITOR_USER_HASH_KEY_FILE: 'k' };
    expect(failure(() => load({ env, readFile: () => '\n' })).problems).toEqual([
      {
        path: 'redaction.userHashKey',
        found: '"k"',
        expected: 'the path of a file with a key in it',
        source: 'environment OTEL_MONITOR_USER_HASH_KEY_FILE',
      },
    ]);
  });

  it('lets the token itself win over one in a file', () => {
    const env = { OTEL_MONITOR_TOKEN_VIEWER: 'direct', OTEL_MONITOR_TOKEN_VIEWER_FILE: 'token.txt' };
    expect(load({ env, readFile }).config.server).toMatchObject({ tokens: { viewer: 'direct' } });
  });
});
