/** Runs inside the installation of SDK 3.1: attach alone, without any SDK of ours. */
import { trace } from '@opentelemetry/api';
import { attach } from '@otel-monitor/attach';
import { loadConfig } from '@otel-monitor/config';
import { createMonitor } from '@otel-monitor/monitor';
import { startOwner } from './owner-node-sdk.mjs';

const before = createMonitor({ name: 'before' });
const owner = startOwner(process.env.OWNER);
const { config } = loadConfig({
  code: { otlp: { endpoint: process.env.SINK }, server: false, host: { enabled: false } },
});
const monitoring = await attach(config);
const after = createMonitor({ name: 'after' });
before.operation('work', () => trace.getTracer('library').startSpan('inner').end());
after.operation('work', () => {});
after.trackError('Corrupt', 'tile 12 out of range');
const { traces, metrics, logs } = monitoring.status().signals;
await owner.shutdown();
await monitoring.shutdown();
console.log([traces, metrics, logs].map((signal) => signal.ownership).join(' '));
