import { metrics } from '@opentelemetry/api';
import {
  JsonMetricsSerializer,
  MetricsExporterMetricsHelper,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import { MeterProvider, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { collectStore, metricStore } from '@otel-monitor/bound-metrics';
import type { TemporalityPreference } from '@otel-monitor/config';
import { noteMeter } from '@otel-monitor/http';
import { runtimeState, withDeadline } from '@otel-monitor/runtime';
import { MetricPush } from './metric-push.js';
import type { OtlpEndpoint } from './otlp-endpoint.js';
import { OtlpExporter } from './otlp-exporter.js';
import type { OwnMetricPipeline } from './own-pipeline.js';
import { pushTemporality } from './push-temporality.js';
import { withCleanScope } from './redaction/clean-scope.js';
import { REDACTED_SERIES } from './redaction/redacted-metrics.js';
import { SharedReader } from './shared-reader.js';

export interface MetricsSettings {
  readonly resource: Resource;
  /** Undefined: nothing is pushed; the reader serves `/metrics` and history. */
  readonly endpoint: OtlpEndpoint | undefined;
  readonly exportIntervalMillis: number;
  /** Of what is pushed; the reader is cumulative always. */
  readonly temporalityPreference: TemporalityPreference;
}

/** Builds and registers the meter provider with its one reader; synchronous. */
export function startMetrics(settings: MetricsSettings): OwnMetricPipeline {
  const { resource, endpoint } = settings;
  const reader = new SharedReader();
  const provider = new MeterProvider({
    resource,
    readers: [reader],
    views: [REDACTED_SERIES],
    sdkMetricsEnabled: true,
  });
  noteMeters(provider);
  metrics.setGlobalMeterProvider(provider);
  // from now on the reader takes the bound series: they must not be mirrored to the API's instruments as well
  runtimeState.metrics = 'own';
  const exporter =
    endpoint === undefined
      ? undefined
      : new OtlpExporter<ResourceMetrics>(
          {
            name: 'metrics',
            componentType: 'otlp_http_metric_exporter',
            serializer: endpoint.protocol === 'http/protobuf' ? ProtobufMetricsSerializer : JsonMetricsSerializer,
            metricsHelper: MetricsExporterMetricsHelper,
          },
          endpoint,
          provider,
        );
  let last: ResourceMetrics = { resource, scopeMetrics: [] };
  let ended = false;
  const collect = async () => {
    if (!ended) last = (await reader.collect()).resourceMetrics;
    return last;
  };
  const temporality = pushTemporality(exporter === undefined ? 'cumulative' : settings.temporalityPreference);
  const prepare = async () => temporality.prepare(await collect());
  const push = exporter === undefined ? undefined : new MetricPush(prepare, exporter, settings.exportIntervalMillis);
  return {
    get isPending() {
      return false;
    },
    get isFailing() {
      return exporter?.isFailing ?? false;
    },
    collect,
    collectSdk: async () => (ended ? { resource, scopeMetrics: [] } : (await reader.collectSdk()).resourceMetrics),
    // collecting the SDK's own instruments takes promises, which an ending process does not run: only the bound series
    takeUnsent: () => {
      // what has left entirely is taken as arrived: nobody is there any more to hear the answer
      if (exporter?.isCurrentSent) push?.underWay?.arrived();
      return exporter?.unsent(temporality.prepare({ resource, scopeMetrics: collectStore(metricStore) }).data);
    },
    forceFlush: async (timeoutMillis) => push?.flush(timeoutMillis),
    shutdown: async (timeoutMillis) => {
      await push?.flush(timeoutMillis);
      push?.stop();
      ended = true;
      temporality.close();
      exporter?.close();
      await withDeadline(provider.shutdown(), timeoutMillis);
      if (metrics.getMeterProvider() === provider) metrics.disable();
    },
    status: () =>
      exporter === undefined
        ? {}
        : {
            endpoint: exporter.address,
            failedExports: exporter.failedExports,
            bytesWritten: exporter.bytesSent,
            ...(exporter.lastError === undefined ? {} : { lastError: exporter.lastError }),
          },
  };
}

/** Instrumentations that measure requests through our provider are told of: ours must not count the same on top. */
function noteMeters(provider: MeterProvider): void {
  const getMeter = withCleanScope(provider.getMeter.bind(provider));
  provider.getMeter = (name, ...more) => {
    noteMeter(name);
    return getMeter(name, ...more);
  };
}
