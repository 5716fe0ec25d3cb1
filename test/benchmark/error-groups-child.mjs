/** Measures the heap that groups of errors take, each of a fault of its own from 20 frames deep, with what is kept of it. */
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';
import { FRAMES, failingPlaces, thrownBy } from './failing-places.mjs';

Error.stackTraceLimit = FRAMES;
const { groups } = JSON.parse(process.argv[2]);
const AT_ONCE = 500;
/** Of a group, with words of their own each. */
const ERRORS = 6;

await startMonitoring({
  service: { name: 'benchmark', version: '1.0.0' },
  server: false,
  errorTracking: { maxGroups: groups },
});
const monitor = createMonitor({ name: 'benchmark' });

async function fill(from, count) {
  const places = failingPlaces(count, from);
  for (const [index, fail] of places.entries()) {
    for (let error = 0; error < ERRORS; error += 1) {
      await monitor.operation(`decode_${index % 100}`, async () => {
        const thrown = thrownBy(fail, `tile ${error} of sheet ${from + index} out of range`);
        monitor.captureError(thrown, { userId: `user-${error}` });
      });
    }
  }
}

function heap() {
  for (let i = 0; i < 4; i += 1) global.gc();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

await fill(0, AT_ONCE);
const before = heap();
const heldBefore = monitor.errors.summary().groups.held;
for (let from = AT_ONCE; from < groups; from += AT_ONCE) await fill(from, Math.min(AT_ONCE, groups - from));
const after = heap();
const held = monitor.errors.summary().groups.held;
if (held !== groups) throw new Error(`${held} of ${groups} groups are held`);
// what the first groups took is reckoned as the others
const result = { megabytes: (((after - before) / (held - heldBefore)) * groups) / 2 ** 20 };
process.send({ type: 'result', result }, () => process.exit());
