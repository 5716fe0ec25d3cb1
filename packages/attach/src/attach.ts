import { type ClusterMembership, joinCluster } from '@otel-monitor/cluster';
import type { MonitoringConfig } from '@otel-monitor/config';
import { History } from '@otel-monitor/history';
import { createMonitor } from '@otel-monitor/monitor';
import { ownCost, report, withDeadline } from '@otel-monitor/runtime';
import { createEndpoints } from '@otel-monitor/server';
import { applySettings } from './apply-settings.js';
import { observe, startBackground } from './background-work.js';
import { EndpointServer } from './endpoint-server.js';
import { GatheredService, toldStates } from './gathered-service.js';
import { keepState, stateKeeper, stopKeepingState } from './kept-state.js';
import { keptStates } from './kept-states.js';
import { collectSdk, metricsSources } from './metrics-sources.js';
import type { Monitoring } from './monitoring.js';
import type { Pipelines, SignalPipeline } from './pipelines.js';
import { resourceAttributes } from './resource-attributes.js';
import { StatusReport } from './status-report.js';

/** What `attach` takes beside the configuration. */
export interface AttachOptions {
  /** The signals whose providers the caller has built and registered; the others belong to somebody else, or nobody. */
  readonly pipelines?: Pipelines;
  /** What reading the configuration had to say; shown by `status`. */
  readonly warnings?: readonly string[];
}

/** Monitoring that runs, for who started it: how it ends among the processes of the service is theirs to say. */
export interface AttachedMonitoring extends Monitoring {
  readonly membership: ClusterMembership;
}

/**
 * Starts monitoring on the providers that are registered, whoever made them: settings in force, host metrics, health
 * checks, history, and the HTTP server. All but the server's listening is done before the first await. A server that
 * cannot listen does not reject: it is reported, and `status` shows it.
 */
export async function attach(config: MonitoringConfig, options: AttachOptions = {}): Promise<AttachedMonitoring> {
  const { pipelines = {}, warnings = [] } = options;
  applySettings(config, pipelines);
  const monitor = createMonitor(config.service);
  const resource = resourceAttributes(config);
  const history = new History();
  const server = new EndpointServer();
  const membership = joinCluster({
    isEnabled: config.enabled && config.metrics.enabled && config.cluster.enabled,
    deadlineMillis: config.cluster.deadlineMillis,
    collectSdk: () => collectSdk(pipelines),
    health: monitor.health,
    states: () => toldStates(config),
  });
  const { workers } = membership;
  const gathered = new GatheredService(workers, () => toldStates(config));
  const status = new StatusReport(config, resource, pipelines, server, warnings, workers);
  keepState(config, keptStates(config));
  const stopBackground = config.enabled ? startBackground(config, history, monitor, membership) : () => {};

  const snapshot = () => {
    observe(history, membership);
    return history.snapshot({ service: status.service, health: workers.health(monitor.health.latest()) });
  };
  const endpoints = createEndpoints(
    {
      ...(config.prometheus.enabled ? metricsSources(pipelines, resource, workers) : {}),
      snapshot,
      health: async () => {
        const [own] = await Promise.all([monitor.health.report(), workers.collect()]);
        return workers.health(own);
      },
      errors: monitor.errors,
      usage: monitor.usage,
      gathered: () => gathered.read(),
      isStarted: () => monitor.health.isStarted() && workers.isStarted,
      isReady: () => monitor.health.isReady() && workers.isReady,
      status: () => status.read(),
      failed: (path) => report('endpoint', `${path} could not be answered`),
      scraped: (problems) => status.pageShown(problems),
      cost: ownCost,
    },
    config.server === false ? {} : config.server,
  );
  if (config.enabled && config.server !== false && !(await isOnPrimarysPage(membership))) {
    await server.start(endpoints, config.server);
  }

  const owned = [pipelines.traces, pipelines.logs, pipelines.metrics].filter((each) => each !== undefined);
  let ending: Promise<void> | undefined;
  return {
    monitor,
    membership,
    get url() {
      return server.url;
    },
    handler: endpoints.handler,
    snapshot,
    status: () => status.read(),
    flush: async ({ timeoutMillis = config.shutdownTimeoutMillis } = {}) => {
      const kept = stateKeeper()?.flush(timeoutMillis);
      await withDeadline(Promise.all([kept, ...owned.map((each) => each.forceFlush(timeoutMillis))]), timeoutMillis);
    },
    shutdown: ({ timeoutMillis = config.shutdownTimeoutMillis } = {}) => {
      ending ??= shutDown(owned, server, timeoutMillis).then(() => {
        stopBackground();
        membership.stop();
      });
      return ending;
    },
  };
}

async function shutDown(
  owned: readonly SignalPipeline[],
  server: EndpointServer,
  timeoutMillis: number,
): Promise<void> {
  // the last push of metrics reads the host once more, so that goes on until the pipelines have ended
  const pipelines = Promise.all(owned.map((each) => each.shutdown(timeoutMillis)));
  await withDeadline(Promise.all([pipelines, server.stop(), stopKeepingState(timeoutMillis)]), timeoutMillis);
}

/** A worker of node:cluster needs no page of its own; one on a port that it shares would be any worker's page. */
async function isOnPrimarysPage({ place, whetherGathered }: ClusterMembership): Promise<boolean> {
  return place.kind === 'process' && (await whetherGathered());
}
