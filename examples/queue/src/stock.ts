import { setTimeout as delay } from 'node:timers/promises';
import type { Job } from './job.js';
import { MESSAGING, monitor } from './monitor.js';
import type { Order } from './orders.js';

/** Many jobs, one operation: it has a trace of its own, and is linked to each of the senders. */
export function processStock(jobs: readonly Job<Order>[]): Promise<Map<string, number>> {
  const links = jobs.map(({ id, data }) => ({
    context: monitor.extract(data.trace),
    attributes: { 'messaging.message.id': String(id) },
  }));
  const details = {
    ...MESSAGING,
    'messaging.operation.type': 'process',
    'messaging.destination.name': 'stock',
    'messaging.batch.message_count': jobs.length,
  };
  return monitor.operation('stock_batch', { kind: 'consumer', links, details }, async () => {
    const pieces = new Map<string, number>();
    for (const { data } of jobs) {
      const { article, pieces: sold } = data.payload;
      pieces.set(article, (pieces.get(article) ?? 0) + sold);
    }
    await delay(2);
    return pieces;
  });
}
