/** The same work in the main thread and in a worker thread, which inherits --import. */
import { isMainThread, Worker } from 'node:worker_threads';
import { createMonitor } from '@otel-monitor/monitor';

const monitor = createMonitor({ name: 'program' });
if (isMainThread) {
  monitor.operation('in the main thread', () => {});
  new Worker(new URL(import.meta.url));
} else {
  monitor.operation('in the worker', () => {});
}
