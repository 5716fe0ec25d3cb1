/** A thread of a worker of node:cluster: works once and stays until its process ends. */
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

await startMonitoring();
const monitor = createMonitor({ name: 'program' });
monitor.addCollector('who', () => ({ thread: 1 }));
monitor.operation('thread work', () => {});
setInterval(() => {}, 1000);
