// Records millions of measurements on bound handles and prints how often V8 had to collect garbage meanwhile.
import { PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { boundMeter, metricStore, StoreProducer, spanIds } from '@otel-monitor/bound-metrics';

const producer = new StoreProducer(metricStore);
const meter = boundMeter({ name: 'garbage' });
const counter = meter.createCounter('counter').bind({ a: 'b' });
const histogram = meter.createHistogram('histogram', { unit: 's' }).bind({ a: 'b' });
const exponential = meter.createExponentialHistogram('exponential').bind({ a: 'b' });
const ids = spanIds('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331');
// numbers as objects, which the last element makes of them: to pass one on costs nothing that recording is not the cause of
const values = Array.from({ length: 1024 }, (_, index) => 0.001 * 5000 ** (((index * 379) % 1024) / 1024));
values.push({});
const now = Date.now();

let collections = 0;
new PerformanceObserver((list) => {
  collections += list.getEntries().length;
}).observe({ entryTypes: ['gc'] });

function record(times) {
  for (let index = 0; index < times; index += 1) {
    const value = values[index & 1023];
    counter.add(value);
    histogram.record(value, ids, now);
    exponential.record(value);
  }
}
/** What this very program would need to allocate to be noticed: one small object a measurement. */
function recordAndAllocate(times) {
  const kept = [];
  for (let index = 0; index < times; index += 1) {
    histogram.record(values[index & 1023], ids, now);
    kept[index & 1023] = { index };
  }
}

async function collectionsDuring(work) {
  await pause(50);
  collections = 0;
  work(3_000_000);
  await pause(50);
  return collections;
}

// compiled first: code that is interpreted boxes its numbers
for (let round = 0; round < 5; round += 1) await collectionsDuring(record);
const recording = await collectionsDuring(record);
const allocating = await collectionsDuring(recordAndAllocate);
console.log(JSON.stringify({ recording, isAllocationSeen: allocating > 0, count: histogram.count }));
producer.close();
