import type { Monitor } from '@otel-monitor/monitor';

/** Orders as a partner sends them over night: a line each, some of them broken. */
export const lines = ['1;chair;2', '2;table;1', '3;lamp;x', '4;shelf;3', '5;desk;1'];

/** Reads each line as an operation of its own, and gives the number of those that were good. */
export function importOrders(monitor: Monitor): number {
  let good = 0;
  for (const line of lines) {
    try {
      monitor.operation('order_import', { details: { line } }, () => {
        const pieces = Number(line.split(';')[2]);
        if (!Number.isInteger(pieces)) throw new RangeError(`${line} tells no number of pieces`);
      });
      good += 1;
    } catch {
      // counted by the operation; the others go on
    }
  }
  return good;
}
