import type { Place } from '@otel-monitor/cluster';
import { ownPlace } from '@otel-monitor/cluster';
import type { MonitoringConfig, MonitoringOptions } from '@otel-monitor/config';

/**
 * A worker thread or a worker of node:cluster inherits `--import` and the configuration. It records and pushes as an
 * instance of its own, but what a service has once stays with its primary: the server's port, and the metrics of the
 * machine. Those of a process are not a thread's either. Code that runs in the worker may ask for them; a server in a
 * worker of node:cluster is then started when the primary has none.
 */
export function optionsOfWorker(options: MonitoringOptions, { kind }: Place = ownPlace()): MonitoringOptions {
  if (kind === 'primary') return options;
  const server = options.server ?? false;
  return kind === 'process' ? { ...options, server } : { ...options, server, host: options.host ?? { enabled: false } };
}

/** Two workers with one `service.instance.id` would overwrite each other's metrics. */
export function configOfWorker(config: MonitoringConfig, { kind, workerId }: Place = ownPlace()): MonitoringConfig {
  const { instanceId } = config.service;
  if (workerId === undefined || instanceId === undefined) return config;
  const id = kind === 'process' ? `worker/${workerId}` : workerId.replace('thread/', '');
  return { ...config, service: { ...config.service, instanceId: `${instanceId}/${id}` } };
}
