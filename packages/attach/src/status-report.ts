import type { Attributes } from '@opentelemetry/api';
import { metricStore } from '@otel-monitor/bound-metrics';
import type { Workers } from '@otel-monitor/cluster';
import type { MonitoringConfig } from '@otel-monitor/config';
import type { ServiceSnapshot } from '@otel-monitor/history';
import { instrumentations, ownCost, report, runtimeState } from '@otel-monitor/runtime';
import {
  ATTR_DEPLOYMENT_ENVIRONMENT_NAME,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_NAMESPACE,
  ATTR_SERVICE_VERSION,
} from '@otel-monitor/semconv';
import type { EndpointServer } from './endpoint-server.js';
import { stateStatus } from './kept-state.js';
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
    // as it stands in the resource it is redacted
    const text = (key: string) => resource[key] as string | undefined;
    this.service = {
      name: String(resource[ATTR_SERVICE_NAME]),
      version: text(ATTR_SERVICE_VERSION),
      namespace: text(ATTR_SERVICE_NAMESPACE),
      instanceId: String(resource[ATTR_SERVICE_INSTANCE_ID]),
      environment: text(ATTR_DEPLOYMENT_ENVIRONMENT_NAME),
    };
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
      state: stateStatus(),
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
