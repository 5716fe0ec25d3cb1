import type { MonitoringConfig } from '@otel-monitor/config';
import { History } from '@otel-monitor/history';
import { createMonitor } from '@otel-monitor/monitor';
import { ownCost, report, withDeadline } from '@otel-monitor/runtime';
import { createEndpoints } from '@otel-monitor/server';
import { applySettings } from './apply-settings.js';
import { observe, startBackground } from './background-work.js';
import { EndpointServer } from './endpoint-server.js';
import { metricsSources } from './metrics-sources.js';
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

/**
 * Starts monitoring on the providers that are registered, whoever made them: settings in force, host metrics, health
 * checks, history, and the HTTP server. All but the server's listening is done before the first await. A server that
 * cannot listen does not reject: it is reported, and `status` shows it.
 */
export async function attach(config: MonitoringConfig, options: AttachOptions = {}): Promise<Monitoring> {
  const { pipelines = {}, warnings = [] } = options;
  applySettings(config, pipelines);
  const monitor = createMonitor(config.service);
  const resource = resourceAttributes(config);
  const history = new History();
  const server = new EndpointServer();
  const status = new StatusReport(config, resource, pipelines, server, warnings);
  const stopBackground = config.enabled ? startBackground(config, history, monitor) : () => {};

  const snapshot = () => {
    observe(history);
    return history.snapshot({ service: status.service, health: monitor.health.latest() });
  };
  const endpoints = createEndpoints(
    {
      ...(config.prometheus.enabled ? metricsSources(pipelines, resource) : {}),
      snapshot,
      health: () => monitor.health.report(),
      isStarted: () => monitor.health.isStarted(),
      isReady: () => monitor.health.isReady(),
      status: () => status.read(),
      failed: (path) => report('endpoint', `${path} could not be answered`),
      scraped: (problems) => status.pageShown(problems),
      cost: ownCost,
    },
    config.server === false ? {} : config.server,
  );
  if (config.enabled && config.server !== false) await server.start(endpoints, config.server);

  const owned = [pipelines.traces, pipelines.logs, pipelines.metrics].filter((each) => each !== undefined);
  let ending: Promise<void> | undefined;
  return {
    monitor,
    get url() {
      return server.url;
    },
    handler: endpoints.handler,
    snapshot,
    status: () => status.read(),
    flush: async ({ timeoutMillis = config.shutdownTimeoutMillis } = {}) => {
      await withDeadline(Promise.all(owned.map((each) => each.forceFlush(timeoutMillis))), timeoutMillis);
    },
    shutdown: ({ timeoutMillis = config.shutdownTimeoutMillis } = {}) => {
      ending ??= shutDown(owned, server, stopBackground, timeoutMillis);
      return ending;
    },
  };
}

async function shutDown(
  owned: readonly SignalPipeline[],
  server: EndpointServer,
  stopBackground: () => void,
  timeoutMillis: number,
): Promise<void> {
  // the last push of metrics reads the host once more, so that goes on until the pipelines have ended
  const pipelines = Promise.all(owned.map((each) => each.shutdown(timeoutMillis)));
  await withDeadline(Promise.all([pipelines, server.stop()]), timeoutMillis);
  stopBackground();
}
