/** Measures what a reading of the host takes: fresh, and out of the cache. */
import { setTimeout as wait } from 'node:timers/promises';
import { startHostMetrics } from '@otel-monitor/host';

let clock = 0;
const host = startHostMetrics({ cacheDurationSeconds: 5, now: () => clock });
const millisOf = () => {
  const start = performance.now();
  host.resources();
  return performance.now() - start;
};
const fresh = [];
const cached = [];
for (let i = 0; i < 100; i += 1) {
  clock += 6000;
  fresh.push(millisOf());
  cached.push(millisOf());
  await wait(20);
}
process.send({ type: 'result', result: { first: fresh[0], fresh: fresh.slice(1), cached } }, () => process.exit());
