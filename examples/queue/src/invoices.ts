import { setTimeout as delay } from 'node:timers/promises';
import type { Job } from './job.js';
import { MESSAGING, monitor } from './monitor.js';
import type { Order } from './orders.js';

/** A fault that passes. */
class PrinterError extends Error {
  override name = 'PrinterError';
}

/** One job, one operation, in the trace of its sender. */
export function processInvoice({ id, name, data, attempt }: Job<Order>): Promise<string> {
  const details = {
    ...MESSAGING,
    'messaging.operation.type': 'process',
    'messaging.destination.name': name,
    'messaging.message.id': String(id),
    attempt,
  };
  return monitor.operation('invoice_process', { kind: 'consumer', parent: monitor.extract(data.trace), details }, () =>
    print(data.payload, attempt),
  );
}

/** The second order's invoice finds no paper at first. */
async function print({ number, pieces, cents }: Order, attempt: number): Promise<string> {
  const total = await monitor.operation('invoice_total', async () => {
    await delay(2);
    if (pieces <= 0) throw new RangeError(`${pieces} pieces cannot be sold`);
    return (pieces * cents) / 100;
  });
  if (number === 2 && attempt === 1) throw new PrinterError('out of paper');
  return `invoice of order ${number}: ${total.toFixed(2)}`;
}
