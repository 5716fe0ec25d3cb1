import { MESSAGING, monitor } from './monitor.js';
import type { Queue } from './queue.js';

export interface Order {
  readonly number: number;
  readonly article: string;
  readonly pieces: number;
  readonly cents: number;
}

/** Of the fourth no invoice can be written. */
export const ORDERS: readonly Order[] = [
  { number: 1, article: 'lamp', pieces: 1, cents: 4900 },
  { number: 2, article: 'chair', pieces: 4, cents: 11900 },
  { number: 3, article: 'lamp', pieces: 2, cents: 4900 },
  { number: 4, article: 'chair', pieces: -1, cents: 11900 },
];

/** Takes an order: what takes long is left to the worker, as a job for its invoice and one for the stock. */
export function placeOrder(queue: Queue, order: Order): { traceId: string; jobs: number[] } {
  return monitor.operation('order_place', { details: { order: order.number } }, ({ traceId }) => ({
    traceId,
    jobs: [send(queue, 'invoice', order), send(queue, 'stock', order)],
  }));
}

function send(queue: Queue, name: string, payload: Order): number {
  const details = { ...MESSAGING, 'messaging.operation.type': 'send', 'messaging.destination.name': name };
  return monitor.operation(`${name}_send`, { kind: 'producer', details }, (operation) => {
    const id = queue.add(name, { payload, trace: monitor.inject({}) });
    operation.detail('messaging.message.id', String(id));
    return id;
  });
}
