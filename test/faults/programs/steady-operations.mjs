/**
 * Does PER_SECOND operations a second, each one span, exporting to SINK, from its start until its parent asks over IPC to `stop`;
 * asked for `usage` it tells that, and it ends when asked to `end`. Each span has a detail of DETAIL_BYTES (none when unset).
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createMonitor } from '@otel-monitor/monitor';
import { startMonitoring } from '@otel-monitor/node';

const perSecond = Number(process.env.PER_SECOND);
const monitoring = await startMonitoring({
  service: { name: 'steady' },
  otlp: { endpoint: process.env.SINK },
  server: { port: 0 },
});
const monitor = createMonitor({ name: 'steady' });
const text = 'x'.repeat(Number(process.env.DETAIL_BYTES ?? 0));
const options = text === '' ? {} : { details: { text } };
let operations = 0;
let ending = false;

const answers = {
  usage: () => {
    const { user, system } = process.cpuUsage();
    return { operations, cpuSeconds: (user + system) / 1e6, rssMebibytes: process.memoryUsage.rss() / 2 ** 20 };
  },
  stop: async () => {
    ending = true;
    await working;
    return { operations };
  },
  end: () => monitoring.shutdown({ timeoutMillis: 5000 }),
};
process.on('message', async (type) => {
  process.send({ type, ...(await answers[type]()) });
  if (type === 'end') process.disconnect();
});

async function work() {
  const begun = performance.now();
  while (!ending) {
    const due = Math.floor(((performance.now() - begun) * perSecond) / 1000);
    // what is late is made up for, in portions
    for (let i = 0; i < 200 && operations < due; i += 1) {
      operations += 1;
      monitor.operation('work', options, () => {});
    }
    await delay(5);
  }
}

const working = work();
process.send({ type: 'working', metricsUrl: `${monitoring.url}/metrics` });
