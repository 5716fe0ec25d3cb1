/** createMonitor before and after startMonitoring, in the same and in another module: all record. */
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const before = createMonitor({ name: 'before' });
const started = startMonitoring({ otlp: { endpoint: process.env.SINK }, server: false, host: { enabled: false } });
// registered already, though nothing was awaited yet
before.operation('work', () => {});
await started;
const after = createMonitor({ name: 'after' });
after.operation('work', () => {});
