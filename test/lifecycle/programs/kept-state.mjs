/** Starts, waits until what earlier processes have kept is there, prints it, and ends at once without keeping anything. */
import { setTimeout as after } from 'node:timers/promises';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const monitoring = await startMonitoring({
  service: { name: process.argv[2] },
  server: false,
  host: { enabled: false },
});
const monitor = createMonitor({ name: 'reader' });
for (let waited = 0; waited < 400; waited += 1) {
  const { state, flushes } = monitoring.status().state;
  if (flushes > 0 || state === 'unavailable') break;
  await after(10);
}
const groups = monitor.errors.groups({ limit: 100 }).map(({ title, count }) => [title, count]);
const features = monitor.usage.features().map(({ name, uses }) => [name, uses]);
console.log(JSON.stringify({ groups: groups.sort(), features: features.sort(), state: monitoring.status().state }));
