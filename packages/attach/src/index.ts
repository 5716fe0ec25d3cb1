export type { AttachedMonitoring, AttachOptions } from './attach.js';
export { attach } from './attach.js';
export { stateKeeper } from './kept-state.js';
export type { Monitoring } from './monitoring.js';
export type { MonitoringStatus, ServerStatus, SignalStatus } from './monitoring-status.js';
export type { MetricPipeline, PipelineStatus, Pipelines, SignalPipeline } from './pipelines.js';
export type { RegisteredSignals } from './registered-signals.js';
export { registeredSignals } from './registered-signals.js';
export { resourceAttributes } from './resource-attributes.js';
