/** The same telemetry by the monitor, started as a service starts it: OTLP, server, history, host metrics, health. */
import { trace } from '@opentelemetry/api';
import { collectStore, metricStore } from '@otel-monitor/bound-metrics';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';
import { NAME, ROM_TYPE, ROOT_NAME, SCOPE, work } from './work.mjs';

export async function setUp({ sink, ratio }) {
  await startMonitoring({
    service: { name: 'benchmark', version: '1.0.0' },
    otlp: { endpoint: sink },
    server: { port: 0 },
    sampling: { performanceSampleRate: ratio },
  });
  const monitor = createMonitor(SCOPE);
  return {
    monitor,
    sync: (i) =>
      monitor.operation(NAME, { dimensions: { rom_type: ROM_TYPE } }, (operation) => {
        operation.detail('sprites', i);
        return work(i);
      }),
    async: (i) =>
      monitor.operation(NAME, { dimensions: { rom_type: ROM_TYPE } }, async (operation) => {
        operation.detail('sprites', i);
        return work(i);
      }),
    within: (callback) => monitor.operation(ROOT_NAME, callback),
    // the spans, as by hand: metrics and logs go at their own intervals
    flush: () => trace.getTracerProvider().getDelegate().forceFlush(),
    points: async () => collectStore(metricStore),
  };
}
