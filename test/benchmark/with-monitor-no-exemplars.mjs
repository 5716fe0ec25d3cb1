/** The monitor as in with-monitor.mjs, with exemplars switched off. */
import { metricStore } from '@otel-monitor/bound-metrics';
import { setUp as setUpMonitor } from './with-monitor.mjs';

export async function setUp(settings) {
  process.env.OTEL_METRICS_EXEMPLAR_FILTER = 'always_off';
  const recording = await setUpMonitor(settings);
  if (metricStore.exemplars !== false) throw new Error('exemplars are still on');
  return recording;
}
