export type { ReadingCost } from './host-metrics.js';
export type { ResourceReading } from './resource-reading.js';
export type { HostMetricsOptions, RunningHostMetrics } from './start-host-metrics.js';
export { startHostMetrics } from './start-host-metrics.js';
