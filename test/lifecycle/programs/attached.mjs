/** The user's own SDK (its name is the argument) is there first; its exports go to OWNER, ours to SINK. */
import { trace } from '@opentelemetry/api';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const before = createMonitor({ name: 'before' });
const owner = await import(`./owner-${process.argv[2]}.mjs`).then(({ startOwner }) => startOwner(process.env.OWNER));
const monitoring = await startMonitoring({
  otlp: { endpoint: process.env.SINK },
  server: false,
  host: { enabled: false },
});
const after = createMonitor({ name: 'after' });
before.operation('work', () => trace.getTracer('library').startSpan('inner').end());
after.operation('work', () => {});
after.trackError('Corrupt', 'tile 12 out of range');
const { traces, metrics, logs } = monitoring.status().signals;
await owner.shutdown();
await monitoring.shutdown();
console.log([traces, metrics, logs].map((signal) => signal.ownership).join(' '));
