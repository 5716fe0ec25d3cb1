export type { ErrorOptions } from '@otel-monitor/errors';
export type { Operation, OperationOptions, RemoteParent } from '@otel-monitor/operations';
export type { Collector } from './custom-collectors.js';
export type { MonitorOptions } from './monitor.js';
export { createMonitor, Monitor } from './monitor.js';
