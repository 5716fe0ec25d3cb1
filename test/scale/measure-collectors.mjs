import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { resultOf, startChild } from '../benchmark/child-process.mjs';
import { startCollector } from './started-programs.mjs';

const CONNECTIONS = 8;
/** So many that none waits for the answer of another, where the most is asked for. */
const MOST_CONNECTIONS = 32;
/** Until the first garbage collections and the queues' files are there. */
const WARM_SECONDS = 5;
/** Waiting is shorter than the default of 10 s, that a short run comes to its balance. */
const SAMPLING_WAIT_SECONDS = 5;

/**
 * One Collector, one gateway that samples, and an agent before two of them: at each rate the CPU that a span costs in each of the processes,
 * their memory, and the bytes that leave them. A rate that is undefined is as fast as answers come.
 */
export async function measureCollectors({ oneRates, gatewayRates, tierRates, seconds, say }) {
  const steps = [];
  for (const [setup, rates] of [
    [oneCollector, oneRates],
    [oneGateway, gatewayRates],
    [twoTiers, tierRates],
  ]) {
    const backend = startChild('../scale/swallow.mjs');
    const { port } = await backend.message('listening');
    const { entry, processes, stop } = await setup(`http://127.0.0.1:${port}`);
    try {
      await load(entry, 1000, WARM_SECONDS);
      for (const rate of rates) {
        say(`${setup.name}: ${rate ?? 'as many as it takes'} spans a second`);
        steps.push(...(await step(setup.name, { entry, processes, backend, rate, seconds })));
        await delay(2000);
      }
    } finally {
      await stop();
      backend.kill();
    }
  }
  return steps;
}

async function step(setup, { entry, processes, backend, rate, seconds }) {
  await taken(backend);
  const collectorsOfAll = processes.flatMap(({ collectors }) => collectors);
  const before = collectorsOfAll.map((collector) => collector.usage());
  const from = performance.now();
  const { accepted, refused, bytes } = await load(entry, rate, seconds);
  const elapsed = (performance.now() - from) / 1000;
  const usedBy = new Map(
    collectorsOfAll.map((collector, index) => [collector, { before: before[index], after: collector.usage() }]),
  );
  const { bytes: sent } = await taken(backend);
  return processes.map(({ name, collectors }) => {
    const used = collectors.map((collector) => usedBy.get(collector));
    const cpuSeconds = mean(used.map(({ before, after }) => after.cpuSeconds - before.cpuSeconds));
    const spans = accepted / collectors.length;
    return {
      setup,
      name,
      offered: rate,
      perSecond: spans / elapsed,
      refused,
      microsPerSpan: (1e6 * cpuSeconds) / spans,
      processors: cpuSeconds / elapsed,
      rss: mean(used.map(({ after }) => after.rss)),
      bytesIn: bytes / (accepted + refused),
      bytesToBackend: sent / accepted,
      decisionSeconds: SAMPLING_WAIT_SECONDS,
    };
  });
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

const load = (url, perSecond, seconds) =>
  resultOf('../scale/span-load.mjs', {
    args: [
      JSON.stringify(
        perSecond === undefined
          ? { url, seconds, connections: MOST_CONNECTIONS }
          : { url, perSecond, seconds, connections: CONNECTIONS },
      ),
    ],
  });

function taken(backend) {
  backend.send({ type: 'take' });
  return backend.message('taken');
}

async function oneCollector(backendUrl) {
  const collector = await startCollector(['jaeger'], { JAEGER_OTLP_ENDPOINT: backendUrl });
  return {
    entry: collector.otlpUrl,
    processes: [{ name: 'one Collector', collectors: [collector] }],
    stop: () => collector.stop(),
  };
}

async function oneGateway(backendUrl) {
  const { queue, remove } = queueFolders();
  const collector = await startGateway(backendUrl, queue('gateway'));
  return {
    entry: collector.otlpUrl,
    processes: [{ name: 'one gateway, tail sampling, queue on disk', collectors: [collector] }],
    stop: async () => {
      await collector.stop();
      remove();
    },
  };
}

const startGateway = (backendUrl, queue) =>
  startCollector(['gateway', 'tail-sampling', 'jaeger', 'persistent-queue'], {
    ...queue,
    JAEGER_OTLP_ENDPOINT: backendUrl,
    COLLECTOR_SAMPLING_WAIT: `${SAMPLING_WAIT_SECONDS}s`,
    // what it can do is asked, not what it is allowed
    COLLECTOR_SAMPLING_TRACES: '500000',
    COLLECTOR_MEMORY_MIB: '4096',
  });

function queueFolders() {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-scale-queues-'));
  return {
    queue: (name) => ({
      COLLECTOR_QUEUE_STORAGE: 'file_storage/queue',
      COLLECTOR_QUEUE_FOLDER: join(folder, name),
      COLLECTOR_HANDOVER: 'memory_limiter',
    }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function twoTiers(backendUrl) {
  const { queue, remove } = queueFolders();
  const gateways = await Promise.all(['gateway-1', 'gateway-2'].map((name) => startGateway(backendUrl, queue(name))));
  const hostnames = gateways.map(({ grpcEndpoint }) => grpcEndpoint);
  const agent = await startCollector(['agent', 'persistent-queue'], {
    ...queue('agent'),
    COLLECTOR_GATEWAYS: JSON.stringify({ static: { hostnames } }),
    COLLECTOR_GATEWAY_INSECURE: 'true',
  });
  return {
    entry: agent.otlpUrl,
    processes: [
      { name: 'agent, queue on disk', collectors: [agent] },
      // a gateway is the mean of the two, and has half of the spans
      { name: 'each of two gateways, tail sampling, queue on disk', collectors: gateways },
    ],
    stop: async () => {
      await Promise.all([agent, ...gateways].map((collector) => collector.stop()));
      remove();
    },
  };
}
