/**
 * A service under load: node:http, monitored, exporting to SINK. Its parent asks over IPC for `memory` (after a garbage
 * collection) and `end`. Run with --expose-gc.
 */
import { createServer } from 'node:http';
import { startMonitoring } from '@otel-monitor/node';

const MIB = 2 ** 20;
const monitoring = await startMonitoring({
  service: { name: 'busy' },
  otlp: { endpoint: process.env.SINK },
  server: { port: 0 },
});
const server = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json').end('{"ok":true}');
});

const answers = {
  memory: () => {
    global.gc();
    const { heapUsed, external, rss } = process.memoryUsage();
    return { usedMegabytes: (heapUsed + external) / MIB, rssMegabytes: rss / MIB };
  },
  end: async () => {
    server.close();
    server.closeAllConnections();
    await monitoring.shutdown({ timeoutMillis: 5000 });
    return { dropped: monitoring.status().signals.traces.dropped };
  },
};
process.on('message', async (type) => {
  process.send({ type, ...(await answers[type]()) });
  if (type === 'end') process.disconnect();
});
server.listen(0, '127.0.0.1', () => {
  process.send({ type: 'listening', port: server.address().port, metricsUrl: `${monitoring.url}/metrics` });
});
