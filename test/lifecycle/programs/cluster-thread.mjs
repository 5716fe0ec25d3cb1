/** A thread of a worker of node:cluster: works once and stays until its process ends. */
import { workerData } from 'node:worker_threads';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

await startMonitoring();
const monitor = createMonitor({ name: 'program' });
monitor.addCollector('who', () => ({ thread: 1 }));
monitor.operation('thread work', () => {});
for (let time = 0; time < Number(workerData ?? 0); time += 1) {
  monitor.captureError(new RangeError(`thread of ${time} tiles`));
  monitor.trackFeature('export', 'in a thread', { success: true });
}
setInterval(() => {}, 1000);
