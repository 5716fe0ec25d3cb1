// Records in bursts while deltas are pushed, prints how much, and ends in the way that it is told, which is its instance's id.
import { setTimeout as pause } from 'node:timers/promises';
import { metrics } from '@opentelemetry/api';
import { boundMeter } from '@otel-monitor/bound-metrics';
import { startMonitoring } from '@otel-monitor/node';

const end = process.argv[2];
const monitoring = await startMonitoring({ service: { name: 'deltas', instanceId: end }, server: { port: 0 } });
const meter = boundMeter({ name: 'shop' });
const requests = meter.createCounter('shop.requests');
const duration = meter.createHistogram('shop.duration', { unit: 's' });
const size = meter.createExponentialHistogram('shop.size', { unit: 'By' });
const plain = metrics.getMeter('library').createCounter('library.calls');

let count = 0;
for (let burst = 0; burst < 20; burst += 1) {
  for (let index = 0; index < 50; index += 1) {
    count += 1;
    const attributes = { route: `/${index % 3}` };
    requests.add(1, attributes);
    duration.record(index / 100, attributes);
    size.record(2 ** (burst - 10), attributes);
    plain.add(1);
  }
  // a series that comes and goes
  requests.bind({ route: '/2' }).unbind();
  await pause(160);
}
const page = await (await fetch(`${monitoring.url}/metrics`)).text();
const scraped = page
  .split('\n')
  .filter((line) => line.startsWith('shop_duration_seconds_count'))
  .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
console.log(JSON.stringify({ count, scraped }));
if (end === 'shutdown') await monitoring.shutdown();
else process.exit();
