export type { Monitoring, MonitoringStatus } from '@otel-monitor/attach';
export type { MonitoringOptions } from '@otel-monitor/config';
export { ConfigError } from '@otel-monitor/config';
export { startMonitoring } from './start-monitoring.js';
