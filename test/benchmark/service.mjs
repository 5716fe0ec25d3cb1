import { createServer } from 'node:net';
import { startChild } from './child-process.mjs';

/** The bare HTTP service, and the same with monitoring, by whom it is started. */
const STARTED_BY = {
  bare: () => ({ env: { BENCHMARK_RECORD: 'none' } }),
  'otel-monitor': ({ sink }) => ({
    nodeOptions: ['--import', '@otel-monitor/node/register'],
    env: {
      BENCHMARK_RECORD: 'monitor',
      OTEL_SERVICE_NAME: 'service',
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_EXPORTER_PROMETHEUS_PORT: '0',
      // instrumentations of frameworks are installed in this tree, and would not be beside a bare service
      OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,undici',
    },
  }),
  'sdk-node': ({ sink, port }) => ({
    nodeOptions: ['--import', new URL('./sdk-node-register.mjs', import.meta.url).href],
    env: { BENCHMARK_RECORD: 'by-hand', BENCHMARK_SINK: sink.url, BENCHMARK_PORT: String(port) },
  }),
};

export const SERVICE_VARIANTS = Object.keys(STARTED_BY);

/** Starts the service and waits until it listens. */
export async function startService(variant, sink) {
  const child = startChild('./service-child.mjs', STARTED_BY[variant]({ sink, port: await freePort() }));
  const { port } = await child.message('listening');
  return {
    port,
    /** From the start of the process until it listens. */
    startMillis: performance.now() - child.spawnedAt,
    /** What the process uses now, and the most that it has held in memory. */
    measure: () => {
      child.send({ type: 'measure' });
      return child.message('measured');
    },
    stop: async () => {
      child.kill();
      await child.exited;
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .on('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
      });
  });
}
