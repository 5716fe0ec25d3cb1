export type { RecordOptions, Telemetry } from './record-telemetry.js';
export { recordTelemetry } from './record-telemetry.js';
export type { RecordedLog } from './recorded-logs.js';
export type { HistogramPoint, MetricPoint, NumberPoint } from './recorded-metrics.js';
export type { TraceNode } from './recorded-traces.js';
