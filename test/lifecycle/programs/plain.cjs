/** A CommonJS program that knows nothing of monitoring but createMonitor, at import time and later. */
const { trace } = require('@opentelemetry/api');
const { createMonitor } = require('@otel-monitor/monitor');

const monitor = createMonitor({ name: 'program' });
monitor.operation('work', () => {
  trace.getTracer('library').startActiveSpan('inner', (span) => span.end());
});
