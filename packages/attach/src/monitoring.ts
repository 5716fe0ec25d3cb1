import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Snapshot } from '@otel-monitor/history';
import type { Monitor } from '@otel-monitor/monitor';
import type { MonitoringStatus } from './monitoring-status.js';

/** Monitoring that runs. */
export interface Monitoring {
  /** A monitor named like the service; `createMonitor` makes others. */
  readonly monitor: Monitor;
  /** Where the endpoints are, without a slash at its end; undefined when no server listens. */
  readonly url: string | undefined;
  /** The endpoints as a request listener, to be mounted in a server of yours. */
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** What has been recorded up to now: counts, rates, percentiles, health, resources. */
  snapshot(): Snapshot;
  /** The monitor about itself: signals, server, cost, what was dropped. */
  status(): MonitoringStatus;
  /** Sends what is waiting. Never rejects; default deadline: that of the configuration. */
  flush(options?: { timeoutMillis?: number }): Promise<void>;
  /** Flushes and ends everything that was started. Never rejects; a second call waits for the first. */
  shutdown(options?: { timeoutMillis?: number }): Promise<void>;
}
