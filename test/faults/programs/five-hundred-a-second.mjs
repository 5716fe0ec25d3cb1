/**
 * Does 500 operations a second, each with a child span and every tenth failing: for WARM_SECONDS, then says `warm`, and
 * for SECONDS, whose cost it prints as one line of JSON. Run with --expose-gc.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const shutdownTimeoutMillis = 2000;
const monitoring = await startMonitoring({
  service: { name: 'busy' },
  otlp: { endpoint: process.env.SINK },
  server: false,
  metricExportIntervalMillis: 2000,
  metricExportTimeoutMillis: 2000,
});
const monitor = createMonitor({ name: 'busy' });
let operations = 0;

async function work(forMillis) {
  const end = performance.now() + forMillis;
  let due = performance.now();
  while (performance.now() < end) {
    // what is late is made up for, in portions: the rate holds on a busy machine
    for (let i = 0; i < 200 && due <= performance.now(); i += 1) {
      one();
      due += 2;
    }
    await delay(5);
  }
}

function one() {
  operations += 1;
  const details = { request: `request number ${operations}`, size: operations };
  try {
    monitor.operation('outer', { dimensions: { kind: 'busy' }, details }, () => {
      monitor.operation('inner', () => {});
      if (operations % 10 === 0) throw new RangeError('every tenth');
    });
  } catch {
    monitor.trackError('EveryTenth', 'outside of any operation');
  }
}

function memory() {
  global.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { used: heapUsed + external, rss };
}

await work(Number(process.env.WARM_SECONDS) * 1000);
const before = memory();
console.log('warm');
const eventLoop = monitorEventLoopDelay({ resolution: 2 });
eventLoop.enable();
const begun = performance.now();
const begunAt = operations;
await work(Number(process.env.SECONDS) * 1000);
const rate = (operations - begunAt) / ((performance.now() - begun) / 1000);
eventLoop.disable();
const after = memory();

const ending = performance.now();
await monitoring.shutdown({ timeoutMillis: shutdownTimeoutMillis });
const { signals } = monitoring.status();
console.log(
  JSON.stringify({
    rate,
    p99Millis: eventLoop.percentile(99) / 1e6,
    grownMegabytes: (after.used - before.used) / 1048576,
    rssMegabytes: (after.rss - before.rss) / 1048576,
    shutdownMillis: performance.now() - ending,
    shutdownTimeoutMillis,
    signals,
  }),
);
