/** The worker's thread: a service of its own to those who look at its telemetry. */
import { parentPort, workerData } from 'node:worker_threads';
import { startMonitoring } from '@otel-monitor/node';
import { processInvoice } from './invoices.js';
import type { Job } from './job.js';
import type { Order } from './orders.js';
import { RemoteQueue } from './remote-queue.js';
import { processStock } from './stock.js';
import { workOnBatches, workOnJobs } from './work.js';

async function main(): Promise<void> {
  if (parentPort === null) throw new Error('this file is a worker of main.js');
  const monitoring = await startMonitoring({ service: { name: 'shop-worker', version: '1.0.0' }, ...workerData });
  const queue = new RemoteQueue(parentPort);
  await Promise.all([
    workOnJobs(queue, 'invoice', (job) => processInvoice(job as Job<Order>)),
    workOnBatches(queue, 'stock', { max: 10, lingerMillis: 20 }, (jobs) => processStock(jobs as Job<Order>[])),
  ]);
  queue.close();
  await monitoring.shutdown();
}

main().catch((error: unknown) => {
  // an error of the thread, which the main thread hears
  setImmediate(() => {
    throw error;
  });
});
