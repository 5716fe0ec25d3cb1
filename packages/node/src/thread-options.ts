import { isMainThread, threadId } from 'node:worker_threads';
import type { MonitoringConfig, MonitoringOptions } from '@otel-monitor/config';

/**
 * A worker thread inherits `--import` and the configuration. It records and pushes as an instance of its own, but what a
 * process has once stays with the main thread: the server's port and the metrics of host and process. Code that runs in
 * the worker may ask for them.
 */
export function optionsOfThread(options: MonitoringOptions, isMain = isMainThread): MonitoringOptions {
  if (isMain) return options;
  return { ...options, server: options.server ?? false, host: options.host ?? { enabled: false } };
}

/** Two threads with one `service.instance.id` would overwrite each other's metrics. */
export function configOfThread(config: MonitoringConfig, thread = threadId): MonitoringConfig {
  const { instanceId } = config.service;
  if (thread === 0 || instanceId === undefined) return config;
  return { ...config, service: { ...config.service, instanceId: `${instanceId}/${thread}` } };
}
