/** An ES module that knows nothing of monitoring but createMonitor. */
import { trace } from '@opentelemetry/api';
import { createMonitor } from '@otel-monitor/monitor';

const monitor = createMonitor({ name: 'program' });
monitor.operation('work', () => {
  trace.getTracer('library').startActiveSpan('inner', (span) => span.end());
});
