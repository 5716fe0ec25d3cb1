/** A monitored program: one operation, and in it a histogram of the program's own with the operation's span as its exemplar. Runs until it is killed. */
import { trace } from '@opentelemetry/api';
import { boundMeter, spanIds } from '@otel-monitor/bound-metrics';
import { startMonitoring } from '@otel-monitor/node';

const monitoring = await startMonitoring({ service: { name: 'shop' }, server: { port: 0 } });
const answers = boundMeter({ name: 'shop' }).createHistogram('shop.answer.duration', {
  unit: 's',
  description: 'Duration of answers.',
  boundaries: [0.1, 1],
});
const traceId = monitoring.monitor.operation('answer', () => {
  const { traceId, spanId } = trace.getActiveSpan().spanContext();
  answers.bind({ route: '/' }).record(0.25, spanIds(traceId, spanId));
  return traceId;
});
console.log(JSON.stringify({ url: monitoring.url, traceId }));
setInterval(() => {}, 1000);
