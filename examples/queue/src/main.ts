#!/usr/bin/env node
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { startMonitoring } from '@otel-monitor/node';
import { ORDERS, placeOrder } from './orders.js';
import { Queue } from './queue.js';
import { serveQueue } from './remote-queue.js';
import { type ReceivedSpan, receiveSpans } from './spans-by-otlp.js';
import { traceLines } from './trace-lines.js';

/** The order whose trace is printed: its invoice is tried twice. */
const SHOWN = 2;

async function main(): Promise<void> {
  const receiver = process.env.OTEL_EXPORTER_OTLP_ENDPOINT ? undefined : await receiveSpans();
  const options = {
    server: false as const,
    // nothing here is a request; the receiver of spans must not make any
    http: { enabled: false },
    ...(receiver && { otlp: { endpoint: receiver.url, protocol: 'http/json' as const } }),
  };
  try {
    const monitoring = await startMonitoring({ service: { name: 'shop', version: '1.0.0' }, ...options });
    const queue = new Queue({ attempts: 3, backoffMillis: 20 });
    const placed = await workThrough(queue, options);
    await monitoring.shutdown();
    printResults(queue, placed);
    const shown = placed.find(({ order }) => order.number === SHOWN);
    printTrace(shown?.traceId ?? '', receiver?.spans);
  } finally {
    receiver?.close();
  }
}

/** Places the orders and waits until the worker has worked on all of their jobs. */
async function workThrough(queue: Queue, workerData: object) {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData });
  const ended = once(worker, 'exit');
  serveQueue(queue, worker);
  const placed = ORDERS.map((order) => ({ order, ...placeOrder(queue, order) }));
  // a worker that fails ends before
  await Promise.race([queue.settled(), ended]);
  queue.close();
  await ended;
  return placed;
}

function printResults(queue: Queue, placed: readonly { order: { number: number }; jobs: number[] }[]): void {
  console.log(`${placed.length} orders, ${queue.results.length} jobs, one worker thread`);
  for (const { order, jobs } of placed) {
    for (const id of jobs) {
      const result = queue.results.find((each) => each.id === id);
      if (result === undefined) continue;
      const { name, state, attempts, reason } = result;
      const tries = attempts === 1 ? '' : ` at attempt ${attempts} (${reason})`;
      console.log(`  order ${order.number}  ${name.padEnd(8)} ${state}${tries}`);
    }
  }
}

function printTrace(traceId: string, spans: readonly ReceivedSpan[] | undefined): void {
  console.log(`\nThe trace of order ${SHOWN}, ${traceId}:`);
  if (spans === undefined) console.log('  it has gone to OTEL_EXPORTER_OTLP_ENDPOINT');
  else for (const line of traceLines(spans, traceId)) console.log(line);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
