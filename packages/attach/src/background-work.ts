import { collectStore, metricStore } from '@otel-monitor/bound-metrics';
import type { MonitoringConfig } from '@otel-monitor/config';
import type { History } from '@otel-monitor/history';
import { startHostMetrics } from '@otel-monitor/host';
import type { Monitor } from '@otel-monitor/monitor';
import { labelMemoryBytes } from '@otel-monitor/prometheus';
import { ownCost } from '@otel-monitor/runtime';

/** Between two looks of the history at the store; its rates are over one minute and five. */
const OBSERVE_MILLIS = 5000;

/** Lets the history see what the store holds now. */
export function observe(history: History): void {
  ownCost.time(() => history.observe(collectStore(metricStore), Date.now()));
}

/** Starts what runs beside the application; gives the way to stop it. None of it keeps the process alive. */
export function startBackground(config: MonitoringConfig, history: History, monitor: Monitor): () => void {
  const stops: (() => void)[] = [];
  stops.push(ownCost.memoryHeld('metric store', () => metricStore.memoryBytes));
  stops.push(ownCost.memoryHeld('labels of the page', () => labelMemoryBytes(metricStore)));
  stops.push(ownCost.memoryHeld('history', () => history.memoryBytes));
  if (config.metrics.enabled) {
    if (config.host.enabled) {
      const host = startHostMetrics({ cacheDurationSeconds: config.cacheDurationSeconds });
      stops.push(() => host.stop());
    }
    observe(history);
    const timer = setInterval(() => observe(history), OBSERVE_MILLIS).unref();
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
