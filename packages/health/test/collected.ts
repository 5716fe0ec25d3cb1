import { collectStore, metricStore } from '@otel-monitor/bound-metrics';

/** The values of a metric by the values of its attributes; a histogram gives [count, sum]. */
export function collected(metric: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { metrics } of collectStore(metricStore)) {
    for (const { descriptor, dataPoints } of metrics) {
      if (descriptor.name !== metric) continue;
      for (const { attributes, value } of dataPoints) {
        result[Object.values(attributes).join('/')] = typeof value === 'number' ? value : [value.count, value.sum];
      }
    }
  }
  return result;
}
