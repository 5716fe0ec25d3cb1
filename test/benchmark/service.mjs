import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { resultOf, startChild } from './child-process.mjs';
import { median } from './statistics.mjs';

const MIB = 2 ** 20;
/**
 * As long as a reading of the host serves, so that each window has one. Of several the median is taken: V8 tidies up once or
 * twice, some time after the last work, and that is more than an idle service does otherwise.
 */
const WINDOW_SECONDS = 5;

const VARIANTS = {
  bare: () => ({ env: { BENCHMARK_RECORD: 'none' } }),
  'otel-monitor': ({ sink }) => ({
    nodeOptions: ['--import', '@otel-monitor/node/register'],
    env: {
      BENCHMARK_RECORD: 'monitor',
      OTEL_SERVICE_NAME: 'service',
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_EXPORTER_PROMETHEUS_PORT: '0',
    },
  }),
  'sdk-node': ({ sink, port }) => ({
    nodeOptions: ['--import', new URL('./sdk-node-register.mjs', import.meta.url).href],
    env: { BENCHMARK_RECORD: 'by-hand', BENCHMARK_SINK: sink.url, BENCHMARK_PORT: String(port) },
  }),
};

/** One life of the service: start, rest, load, end. */
export async function measureService(variant, sink, { idleWindows, loadSeconds, perSecond }) {
  const child = startChild('./service-child.mjs', VARIANTS[variant]({ sink, port: await freePort() }));
  const { port } = await child.message('listening');
  const startMillis = performance.now() - child.spawnedAt;
  const measure = async () => {
    child.send({ type: 'measure' });
    return child.message('measured');
  };
  // what is started without waiting for it has a second to come to rest
  await wait(1000);
  const started = await measure();
  const idleWindowPercents = [];
  let idle = started;
  for (let window = 0; window < idleWindows; window += 1) {
    const before = idle;
    await wait(WINDOW_SECONDS * 1000);
    idle = await measure();
    idleWindowPercents.push((100 * (idle.cpuSeconds - before.cpuSeconds)) / WINDOW_SECONDS);
  }
  const load = { port, perSecond, seconds: loadSeconds };
  const { answered, failed } = await resultOf('./load.mjs', { args: [JSON.stringify(load)] });
  const loaded = await measure();
  child.kill();
  await child.exited;
  const { counts } = await sink.take();
  return {
    startMillis,
    startCpuMillis: started.cpuSeconds * 1000,
    idleMib: idle.rss / MIB,
    idleCpuPercent: median(idleWindowPercents),
    loadMib: loaded.rss / MIB,
    loadMicros: (1e6 * (loaded.cpuSeconds - idle.cpuSeconds)) / answered,
    answered,
    failed,
    spans: counts.spans,
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
