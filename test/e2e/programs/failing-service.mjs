/**
 * A service with two faults and a page that works. Serves `/orders/ID` (fails by one fault, at varying ids), `/stock/ID` (by
 * another one) and `/fine`, on a free port, below `register`. Prints `ready PORT METRICS`.
 */
import { createServer } from 'node:http';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const monitoring = await startMonitoring();
const monitor = createMonitor({ name: 'failing-service' });

class OrderError extends Error {
  name = 'OrderError';
}

function order(id) {
  throw new OrderError(`order ${id} has no address`);
}

function stock(id) {
  throw new RangeError(`there are ${id} of item ${id * 7} left`);
}

const faults = { orders: order, stock };

const server = createServer((request, response) => {
  const [, kind, id] = request.url.split('/');
  try {
    monitor.operation(`read_${kind}`, () => faults[kind]?.(Number(id)));
    response.end('ok');
  } catch {
    response.writeHead(500).end();
  }
});
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}\nmetrics ${monitoring.url}`));
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
