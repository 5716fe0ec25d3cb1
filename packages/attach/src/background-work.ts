import { collectStore, metricStore } from '@otel-monitor/bound-metrics';
import type { ClusterMembership } from '@otel-monitor/cluster';
import type { MonitoringConfig } from '@otel-monitor/config';
import type { History } from '@otel-monitor/history';
import { type RunningHostMetrics, startHostMetrics } from '@otel-monitor/host';
import type { Monitor } from '@otel-monitor/monitor';
import { labelMemoryBytes } from '@otel-monitor/prometheus';
import { ownCost } from '@otel-monitor/runtime';

/** Between two looks of the history at the store; its rates are over one minute and five. */
const OBSERVE_MILLIS = 5000;
/** From the start to the first look: by then most applications have loaded their modules. */
const FIRST_OBSERVE_MILLIS = 250;

/** Lets the history see what the store holds now, and what workers have said last. */
export function observe(history: History, { workers }: ClusterMembership): void {
  ownCost.time(() => history.observe(collectStore(workers), Date.now()));
}

/** Starts what runs beside the application; gives the way to stop it. None of it keeps the process alive. */
export function startBackground(
  config: MonitoringConfig,
  history: History,
  monitor: Monitor,
  membership: ClusterMembership,
): () => void {
  const { workers } = membership;
  const look = () => void workers.look().then(() => observe(history, membership));
  const stops: (() => void)[] = [];
  stops.push(ownCost.memoryHeld('metric store', () => metricStore.memoryBytes));
  stops.push(ownCost.memoryHeld('sums over workers', () => workers.memoryBytes));
  stops.push(ownCost.memoryHeld('labels of the page', () => labelMemoryBytes(workers)));
  stops.push(ownCost.memoryHeld('history', () => history.memoryBytes));
  if (config.metrics.enabled) {
    if (config.host.enabled) stops.push(startHostWithFirstCollection(config.cacheDurationSeconds, membership));
    // the application's start is not held up by a first look, which has nothing to see yet
    const first = setTimeout(look, FIRST_OBSERVE_MILLIS).unref();
    const timer = setInterval(look, OBSERVE_MILLIS).unref();
    stops.push(() => clearTimeout(first));
    stops.push(() => clearInterval(timer));
  }
  if (config.health.enabled) {
    const { intervalMillis, timeoutSeconds } = config.health;
    monitor.health.start({ intervalSeconds: intervalMillis / 1000, timeoutSeconds });
    stops.push(() => monitor.health.stop());
  }
  return () => {
    for (const stop of stops) stop();
  };
}

/** Host metrics are there with whoever collects first: a scrape, a push, a snapshot, the end of the process, the history. */
function startHostWithFirstCollection(cacheDurationSeconds: number, membership: ClusterMembership): () => void {
  let host: RunningHostMetrics | undefined;
  const stopWaiting = metricStore.beforeCollect(() => {
    stopWaiting();
    // there is one machine, and its metrics are the primary's, where that has any
    host = startHostMetrics({ cacheDurationSeconds, machine: !membership.isGathered });
  });
  return () => {
    stopWaiting();
    host?.stop();
  };
}
