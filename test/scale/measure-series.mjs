import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onPath } from '../../scripts/executable-file.mjs';
import { findGoProgram } from '../../scripts/find-go-program.mjs';
import { prometheus as ofCompose } from '../../scripts/go-programs.mjs';
import { resultOf } from '../benchmark/child-process.mjs';
import { freePorts, startCollector, startProgram } from './started-programs.mjs';

const EVERY_SECONDS = 10;
/** Until every series is there and scraped once. */
const FILL_SECONDS = 25;

/**
 * Series of many services through one Collector's page into one Prometheus: memory that a series takes in each, and CPU that a
 * sample costs.
 */
export async function measureSeries({ services, seriesEach, seconds, say }) {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-scale-'));
  // what it needs is what is asked here: it must not refuse
  const collector = await startCollector(['prometheus'], { COLLECTOR_MEMORY_MIB: '4096' });
  const prometheus = await startPrometheus(folder, collector.prometheusEndpoint);
  try {
    await delay(3000);
    const idle = [collector.usage(), prometheus.usage()];
    const series = services * seriesEach;
    say(`${series} series of ${services} services, pushed and scraped each ${EVERY_SECONDS} s`);
    const totalSeconds = FILL_SECONDS + seconds;
    const settings = {
      url: collector.otlpUrl,
      services,
      seriesEach,
      everySeconds: EVERY_SECONDS,
      seconds: totalSeconds,
    };
    const pushed = resultOf('../scale/series-load.mjs', { args: [JSON.stringify(settings)] });
    await delay(FILL_SECONDS * 1000);
    const before = [collector.usage(), prometheus.usage()];
    await delay(seconds * 1000);
    const after = [collector.usage(), prometheus.usage()];
    const { bytes, pushes } = await pushed;
    const answer = await (await fetch(`${prometheus.url}/api/v1/query?query=count(shop_requests_total)`)).json();
    const found = Number(answer.data.result[0]?.value[1]);
    if (found !== series) throw new Error(`Prometheus has ${found} series of ${series}`);
    const samples = (series * seconds) / EVERY_SECONDS;
    return ['Collector', 'Prometheus'].map((name, index) => ({
      name,
      series,
      bytesPerSeries: ((after[index].rss - idle[index].rss) * 2 ** 20) / series,
      microsPerSample: (1e6 * (after[index].cpuSeconds - before[index].cpuSeconds)) / samples,
      rss: after[index].rss,
      idle: idle[index].rss,
      bytesPerSample: bytes / (series * pushes),
    }));
  } finally {
    await Promise.all([collector.stop(), prometheus.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startPrometheus(folder, target) {
  const command = findGoProgram(ofCompose, process.env).path ?? onPath('prometheus', process.env);
  if (command === undefined) throw new Error('there is no Prometheus: node scripts/prometheus.mjs --print builds one');
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const config = join(folder, 'prometheus.yaml');
  writeFileSync(
    config,
    `global: { scrape_interval: ${EVERY_SECONDS}s }
scrape_configs:
  - { job_name: collector, honor_labels: true, static_configs: [{ targets: ['${target}'] }] }
`,
  );
  const args = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const isReady = () =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  return { ...(await startProgram(command, args, { cwd: folder, isReady })), url };
}
