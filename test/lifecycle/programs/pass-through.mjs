import { context, propagation, trace } from '@opentelemetry/api';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const monitoring = await startMonitoring({
  otlp: { endpoint: process.env.SINK },
  ...(process.env.ENABLED === 'false' && { enabled: false }),
});
const monitor = createMonitor({ name: 'program' });
const incoming = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
const outgoing = {};
let recording;
const result = await context.with(propagation.extract(context.active(), incoming), () =>
  monitor.operation('work', async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    recording = trace.getTracer('t').startSpan('s').isRecording();
    propagation.inject(context.active(), outgoing);
    return 42;
  }),
);
console.log(JSON.stringify({ recording, traceparent: outgoing.traceparent, result, url: monitoring.url ?? null }));
