import type { Attributes } from '@opentelemetry/api';
import { metricStore } from '@otel-monitor/bound-metrics';
import type { Workers } from '@otel-monitor/cluster';
import type { MonitoringConfig } from '@otel-monitor/config';
import type { ServiceSnapshot } from '@otel-monitor/history';
import { instrumentations, ownCost, report, runtimeState } from '@otel-monitor/runtime';
import { ATTR_SERVICE_INSTANCE_ID } from '@otel-monitor/semconv';
import type { EndpointServer } from './endpoint-server.js';
import type { MonitoringStatus, SignalStatus } from './monitoring-status.js';
import type { Pipelines, SignalPipeline } from './pipelines.js';
import { registeredSignals } from './registered-signals.js';

/** What the monitor says about itself, read at each asking. */
export class StatusReport {
  readonly service: ServiceSnapshot;
  #pageProblems: MonitoringStatus['metricsPage']['problems'] = [];
  readonly #startedAt = new Date().toISOString();

  constructor(
    private readonly config: MonitoringConfig,
    resource: Attributes,
    private readonly pipelines: Pipelines,
    private readonly server: EndpointServer,
    private readonly warnings: readonly string[],
    private readonly workers: Workers,
  ) {
    const { name, version, namespace } = config.service;
    const instanceId = String(resource[ATTR_SERVICE_INSTANCE_ID]);
    this.service = { name, version, namespace, instanceId, environment: config.environment };
  }

  /** Remembers what was wrong on the last page of metrics, and says that series are missing on it. */
  pageShown(problems: MonitoringStatus['metricsPage']['problems']): void {
    this.#pageProblems = problems;
    const dropped = problems.find((problem) => problem.dropped);
    if (dropped === undefined) return;
    const { metric, series, reason } = dropped;
    report(
      'metrics-page',
      `${series} series of ${metric || 'a metric'} are not on /metrics: ${reason} (status lists all)`,
    );
  }

  read(): MonitoringStatus {
    const registered = registeredSignals();
    const { traces, metrics, logs } = this.pipelines;
    const workers = this.workers.status();
    return {
      enabled: this.config.enabled,
      service: this.service,
      startedAt: this.#startedAt,
      signals: {
        traces: signalStatus(traces, registered.traces),
        metrics: signalStatus(metrics, registered.metrics),
        logs: signalStatus(logs, registered.logs),
      },
      server: this.server.status,
      ownCost: ownCost.report(),
      dropped: {
        measurements: metricStore.rejectedMeasurements,
        attributes: runtimeState.droppedAttributes,
        headers: runtimeState.droppedHeaders,
      },
      ...(workers && { workers }),
      metricsPage: { problems: this.#pageProblems },
      instrumentations: instrumentations.read(),
      warnings: this.warnings,
    };
  }
}

function signalStatus(pipeline: SignalPipeline | undefined, isRegistered: boolean): SignalStatus {
  if (pipeline !== undefined) return { ownership: 'own', ...pipeline.status() };
  return { ownership: isRegistered ? 'attached' : 'none' };
}
