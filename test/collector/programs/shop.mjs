// A monitored program that knows nothing of where its signals go. Each line on stdin is an order: one that is paid, or, with
// `fail` before it, one whose payment is refused. It prints one line of JSON for each, and `pid` and `url` first.
import { createInterface } from 'node:readline';
import { trace } from '@opentelemetry/api';
import { boundMeter } from '@otel-monitor/bound-metrics';
import { startMonitoring } from '@otel-monitor/node';

class PaymentRefused extends Error {
  name = 'PaymentRefused';
}

const monitoring = await startMonitoring({
  service: { name: 'shop', version: '2.1.0', instanceId: 'shop-1' },
  server: { port: 0 },
});
const { monitor } = monitoring;
const parcels = boundMeter({ name: 'shop', version: '2.1.0' }).createCounter('shop.parcels', { unit: '{parcel}' });
console.log(JSON.stringify({ pid: process.pid, url: monitoring.url }));

for await (const line of createInterface({ input: process.stdin })) {
  const [order, fails] = line.startsWith('fail ') ? [line.slice(5), true] : [line, false];
  let traceId;
  try {
    await monitor.operation('order', { dimensions: { channel: 'web' }, details: { order } }, async () => {
      traceId = trace.getActiveSpan().spanContext().traceId;
      await monitor.operation('pay', () => {
        if (fails) throw new PaymentRefused(`order ${order}: refused`);
      });
      parcels.add(2, { carrier: 'post' });
    });
  } catch (error) {
    // outside of the operation there is no span to write it on: a log record
    monitor.captureError(new PaymentRefused(`noted: ${error.message}`), { severity: 'warning', details: { order } });
  }
  console.log(JSON.stringify({ order, traceId }));
}
await monitoring.shutdown();
