import { metrics } from '@opentelemetry/api';
import { defaultResource, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { type RegisteredSignals, resourceAttributes } from '@otel-monitor/attach';
import type { BatchConfig, MonitoringConfig, OtlpTarget } from '@otel-monitor/config';
import { boundMeterProvider } from './bound-meter-provider.js';
import { startLogs } from './logs-pipeline.js';
import { startMetrics } from './metrics-pipeline.js';
import type { OwnMetricPipeline, OwnPipeline } from './own-pipeline.js';
import { createPropagator } from './propagator.js';
import { startTraces } from './traces-pipeline.js';

/** The pipelines that were built; one that is missing belongs to whoever registered that signal before. */
export interface OwnPipelines {
  readonly traces?: OwnPipeline;
  readonly metrics?: OwnMetricPipeline;
  readonly logs?: OwnPipeline;
}

/** Builds and registers what `registered` does not have yet, and nothing twice. Synchronous: it works under `--import`. */
export function startPipelines(config: MonitoringConfig, registered: RegisteredSignals): OwnPipelines {
  const resource = createResource(config);
  const { limits, otlp, batch } = config;
  const ownMetrics =
    registered.metrics || !config.metrics.enabled
      ? undefined
      : startMetrics({
          resource,
          endpoint: within(otlp.metrics, config.metricExportTimeoutMillis),
          exportIntervalMillis: config.metricExportIntervalMillis,
          temporalityPreference: otlp.metrics?.temporalityPreference ?? 'cumulative',
        });
  // the self-metrics of traces and logs go wherever the metrics of the process go
  const registeredProvider = metrics.getMeterProvider();
  const meterProvider = ownMetrics === undefined ? registeredProvider : boundMeterProvider(registeredProvider);
  const logs = registered.logs
    ? undefined
    : startLogs({
        resource,
        endpoint: within(otlp.logs, batch.logs.exportTimeoutMillis),
        limits: batch.logs,
        attributeValueLength: limits.attributeValueLength,
        attributeCount: limits.attributeCount,
        meterProvider,
      });
  const traces = registered.traces
    ? undefined
    : startTraces({
        resource,
        sampling: config.sampling,
        propagator: createPropagator(config.propagators),
        endpoint: within(otlp.traces, batch.spans.exportTimeoutMillis),
        limits: batch.spans,
        spanLimits: limits,
        meterProvider,
      });
  return {
    ...(traces && { traces }),
    ...(ownMetrics && { metrics: ownMetrics }),
    ...(logs && { logs }),
  };
}

function createResource(config: MonitoringConfig): Resource {
  // the SDK's default brings telemetry.sdk.*
  return defaultResource().merge(resourceFromAttributes(resourceAttributes(config)));
}

/** The target with its deadline held to that of the batch processor as well. */
function within(
  target: OtlpTarget | undefined,
  timeoutMillis: BatchConfig['exportTimeoutMillis'],
): OtlpTarget | undefined {
  return target && { ...target, timeoutMillis: Math.min(target.timeoutMillis, timeoutMillis) };
}
