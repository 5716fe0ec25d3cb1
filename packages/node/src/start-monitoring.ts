import { type AttachedMonitoring, attach, type Monitoring, registeredSignals, stateKeeper } from '@otel-monitor/attach';
import { isInstrumentationOn, loadConfig, type MonitoringConfig, type MonitoringOptions } from '@otel-monitor/config';
import { monitorHttpClients, monitorHttpServers } from '@otel-monitor/http';
import { createMonitor } from '@otel-monitor/monitor';
import { processWide, report, withDeadline } from '@otel-monitor/runtime';
import { exportLastOf, flushPipelines, isAnyPending } from './end-pipelines.js';
import { handleExit } from './exit-handling.js';
import { passContextThrough } from './pass-through.js';
import { printDiagnostics } from './sdk-diagnostics.js';
import { type OwnPipelines, startPipelines } from './start-pipelines.js';
import { UnhandledRejections } from './unhandled-rejections.js';
import { configOfWorker, optionsOfWorker } from './worker-options.js';

/** Monitoring is started once in a thread, by whichever copy of this package comes first. */
const running = processWide<{ monitoring: Promise<Monitoring> | undefined }>('node-monitoring', () => ({
  monitoring: undefined,
}));

/** Share of a shutdown's deadline that the work may take: timers fire late, and the caller's deadline is meant. */
const SHUTDOWN_SHARE = 0.95;

/**
 * Starts monitoring: builds the OpenTelemetry SDK for each signal that nobody has registered yet, and attaches to the
 * others. Everything is registered when the call returns; the promise waits for the server. A second call gives the
 * monitoring that runs.
 *
 * @param options win over the environment (`OTEL_*`), which wins over the file; all may be left out
 * @throws (rejects) ConfigError with path, found and expected for every value that cannot be used
 */
export function startMonitoring(options: MonitoringOptions = {}): Promise<Monitoring> {
  if (running.monitoring !== undefined) {
    if (Object.keys(options).length > 0) {
      report('started-twice', 'monitoring runs already (--import, or an earlier start): the later options do nothing');
    }
    return running.monitoring;
  }
  // an async function: what it throws before its first await is a rejection as well
  const started: Promise<Monitoring> = start(options, () => {
    if (running.monitoring === started) running.monitoring = undefined;
  });
  running.monitoring = started;
  started.catch(() => {
    running.monitoring = undefined;
  });
  return started;
}

async function start(options: MonitoringOptions, ended: () => void): Promise<Monitoring> {
  const { config: loaded, warnings } = loadConfig({ code: optionsOfWorker(options) });
  const config = configOfWorker(loaded);
  if (warnings.length > 0) report('configuration', `configuration: ${warnings.join('; ')}`);
  printDiagnostics(config.logLevel);
  if (!config.enabled) passContextThrough(config.propagators);
  const pipelines = config.enabled ? startPipelines(config, registeredSignals()) : {};
  const stopHttp = config.http.enabled ? monitorHttp(config) : () => {};
  let monitoring: AttachedMonitoring | undefined;
  const flush = async (timeoutMillis: number) => {
    const told = withDeadline(monitoring?.membership.flush() ?? Promise.resolve(), timeoutMillis);
    const kept = stateKeeper()?.flush(timeoutMillis);
    await Promise.all([flushPipelines(pipelines, timeoutMillis), told, kept]);
  };
  const stopWatching = config.enabled ? watchEnd(config, pipelines, flush) : () => {};
  try {
    monitoring = await attach(config, { pipelines, warnings });
    return untilShutdown(monitoring, config, () => {
      stopWatching();
      stopHttp();
      ended();
    });
  } catch (error) {
    stopWatching();
    stopHttp();
    throw error;
  }
}

/** Servers and clients, those that the program makes later included. */
function monitorHttp({ instrumentations }: MonitoringConfig): () => void {
  const http = isInstrumentationOn(instrumentations, 'http');
  const undici = isInstrumentationOn(instrumentations, 'undici');
  const undone = [...(http ? [monitorHttpServers()] : []), monitorHttpClients({ http, undici })];
  return () => {
    for (const undo of undone) undo();
  };
}

function watchEnd(
  config: MonitoringConfig,
  pipelines: OwnPipelines,
  flush: (timeoutMillis: number) => Promise<void>,
): () => void {
  const isOwner = Object.keys(pipelines).length > 0;
  const monitor = createMonitor(config.service);
  const rejections = config.errorTracking.captureUnhandledRejections
    ? new UnhandledRejections((reason) => void monitor.captureError(reason))
    : undefined;
  const stop = handleExit(
    {
      isPending: () => isAnyPending(pipelines),
      flush,
      exportLast: (withMetrics) => {
        rejections?.settle();
        stateKeeper()?.writeLast();
        exportLastOf(pipelines, withMetrics);
      },
      uncaught: (error, origin) => {
        const isRejection = origin === 'unhandledRejection';
        if (isRejection) rejections?.thrown();
        const isWanted = config.captureUncaught || (isRejection && rejections !== undefined);
        if (isWanted) monitor.captureError(error, { severity: 'critical' });
      },
    },
    // whoever owns the providers flushes them
    { timeoutMillis: config.shutdownTimeoutMillis, signals: config.signals && isOwner },
  );
  return () => {
    stop();
    rejections?.stop();
  };
}

function untilShutdown(monitoring: Monitoring, config: MonitoringConfig, ended: () => void): Monitoring {
  return {
    monitor: monitoring.monitor,
    get url() {
      return monitoring.url;
    },
    handler: monitoring.handler,
    snapshot: () => monitoring.snapshot(),
    status: () => monitoring.status(),
    flush: (options) => monitoring.flush(options),
    shutdown: async ({ timeoutMillis = config.shutdownTimeoutMillis } = {}) => {
      await monitoring.shutdown({ timeoutMillis: timeoutMillis * SHUTDOWN_SHARE });
      ended();
    },
  };
}
