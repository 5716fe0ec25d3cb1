import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../lifecycle/run-program.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { freePort, freePorts } from '../real-parts/free-ports.js';
import {
  earlierPrometheusProgram,
  type PrometheusProcess,
  prometheusProgram,
  startPrometheus,
} from '../real-parts/prometheus.js';
import { type PushgatewayProcess, pushgatewayProgram, startPushgateway } from '../real-parts/pushgateway.js';

const path = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const missing = [
  ...(prometheusProgram === undefined ? ['Prometheus'] : []),
  ...(pushgatewayProgram === undefined ? ['Pushgateway'] : []),
];
const needs = missing.length === 0 ? '' : ` (needs ${missing.join(' and ')})`;
/** The queries and the command of the guide, as they stand there. */
const guide = readFileSync(path('docs/jobs.md'), 'utf8');
const [ALL_RUNS = '', LAST_SUCCESS = ''] = [...guide.matchAll(/```promql\n(.*?)\n```/gs)].map(([, query]) => query);
const COMMAND = /```sh\n(.*?)\n```/s.exec(guide)?.[1] ?? '';
/** Many scrapes long, so that a busy machine's Prometheus comes by in time. */
const EXPIRATION_SECONDS = 10;

/** Both scrapes tell their way by a label; remote write has none. */
const scrapes = (collectorPort: string, gateway: string) => `
global: { scrape_interval: 1s, scrape_timeout: 1s }
scrape_configs:
  - job_name: collector
    honor_labels: true
    static_configs: [{ targets: ["127.0.0.1:${collectorPort}"], labels: { way: page } }]
  - job_name: pushgateway
    honor_labels: true
    static_configs: [{ targets: ["${gateway}"], labels: { way: gateway } }]
`;

describe.skipIf(!collectorAvailable || needs !== '')(
  `jobs that are over before a scrape, with the Collector${needs}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-jobs-'));
    let collector: CollectorProcess;
    let prometheus: PrometheusProcess;
    let gateway: PushgatewayProcess;

    beforeAll(async () => {
      const [page, port] = await freePorts(2);
      gateway = await startPushgateway();
      prometheus = await startPrometheus(scrapes(`${page}`, gateway.address), {
        program: earlierPrometheusProgram,
        args: ['--web.enable-remote-write-receiver'],
        ...(port !== undefined && { port }),
      });
      const overlay = join(folder, 'expiration.yaml');
      writeFileSync(overlay, `exporters: { prometheus: { metric_expiration: ${EXPIRATION_SECONDS}s } }`);
      collector = await startCollector({
        overlays: ['files.yaml', 'prometheus.yaml', 'prometheus-remote-write.yaml'],
        config: [overlay],
        env: {
          COLLECTOR_PROMETHEUS_PORT: `${page}`,
          PROMETHEUS_REMOTE_WRITE_URL: `${prometheus.url}/api/v1/write`,
        },
      });
      // Prometheus begins to scrape some seconds after its start
      await becomes('sum(up)', 2);
    });
    afterAll(async () => {
      await collector?.stop();
      await Promise.all([prometheus?.stop(), gateway?.stop()]);
      rmSync(folder, { recursive: true });
    });

    /** The one value of a query; undefined where it has none. */
    async function answerTo(query: string): Promise<number | undefined> {
      const { result } = (await prometheus.query('query', { query })) as { result: { value: [number, string] }[] };
      expect(result.length, query).toBeLessThanOrEqual(1);
      return result[0] === undefined ? undefined : Number(result[0].value[1]);
    }

    /** Asks until the answer is this one. */
    async function becomes(query: string, value: number): Promise<void> {
      let last: number | undefined;
      for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(100)) {
        last = await answerTo(query);
        if (last === value) return;
      }
      expect(last, query).toBe(value);
    }

    const otlp = (service: string) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl,
      OTEL_SERVICE_NAME: service,
    });
    const example = (env: Readonly<Record<string, string>>) => runProgram(path('examples/job/dist/main.js'), { env });
    /** The question of the guide, of the series that have these labels, all outcomes together. */
    const allRuns = (labels: string) => ALL_RUNS.replace('sum by (error_type) ', 'sum').replace('{', `{${labels}, `);

    it.each([
      ['natural', 0],
      ['exit', 3],
      ['throw', 1],
      ['sigterm', null],
    ])('a job that ends by %s arrives by both ways', async (ending, code) => {
      const job = `job-${ending}`;
      const run = await runProgram(path('test/jobs/programs/job.mjs'), {
        args: [ending],
        env: otlp(job),
        ...(ending === 'sigterm' && { signal: 'SIGTERM' as const }),
      });
      expect([run.code, run.signal]).toEqual([code, code === null ? 'SIGTERM' : null]);
      const work = (way: string) => `monitor_operation_duration_seconds_count{job="${job}", way="${way}"}`;
      await Promise.all([becomes(work('page'), 3), becomes(work(''), 3)]);
      if (ending === 'throw') await becomes(`monitor_errors_total{job="${job}", way="", error_type="RangeError"}`, 1);
    });

    it('the command of the guide is enough for a job that starts no monitoring itself, and gives it its name', async () => {
      const command = COMMAND.replace('http://127.0.0.1:4318', collector.otlpHttpUrl).replace(
        'nightly-import.js',
        path('test/jobs/programs/plain-job.mjs'),
      );
      const { code, stderr } = await runProgram('-c', { node: 'sh', args: [command], cwd: path('') });
      expect([code, stderr]).toEqual([0, '']);
      await becomes(
        'monitor_operation_duration_seconds_count{job="nightly_import", way="", monitor_operation_name="plain"}',
        3,
      );
    });

    it('two runs add up, by the question of the guide; increase() does not see them', async () => {
      for (let run = 0; run < 2; run += 1) expect((await example(otlp('nightly_import'))).code).toBe(0);
      await Promise.all((['page', ''] as const).map((way) => becomes(allRuns(`way="${way}"`), 10)));
      await becomes(allRuns('way="", error_type="RangeError"'), 2);
      const increase = allRuns('way="page"').replace('last_over_time', 'increase').replace('[1d]', '[1m]');
      await becomes(increase, 0);
      const ago = await answerTo(LAST_SUCCESS);
      expect(ago).toBeGreaterThanOrEqual(0);
      expect(ago).toBeLessThan(300);
    });

    it('with an instance id of the job, the last run takes the place of the one before', async () => {
      const env = { ...otlp('nightly_import'), OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=nightly' };
      const both = (['page', ''] as const).map((way) => allRuns(`way="${way}", instance="nightly"`));
      for (let run = 0; run < 2; run += 1) {
        expect((await example(env)).code).toBe(0);
        await Promise.all(both.map((query) => becomes(query, 5)));
      }
      await delay(2_000); // a scrape more would have told of 10
      expect(await Promise.all(both.map(answerTo))).toEqual([5, 5]);
    });

    it('the Pushgateway has the last run alone, and forgets it when told to', async () => {
      const env = { PUSHGATEWAY_URL: gateway.url };
      const pushed = 'push_time_seconds{job="nightly_import", way="gateway"}';
      const orders =
        'sum(monitor_operation_duration_seconds_count{job="nightly_import", way="gateway", monitor_operation_name="order_import"})';
      expect((await example(env)).stdout).toBe('4 of 5 orders imported\n');
      await becomes(orders, 5);
      const first = (await answerTo(pushed)) ?? 0;
      expect((await example(env)).code).toBe(0);
      for (const deadline = Date.now() + 60_000; (await answerTo(pushed)) === first && Date.now() < deadline; )
        await delay(100);
      expect(await answerTo(pushed)).toBeGreaterThan(first);
      expect(await answerTo(orders)).toBe(5);
      await fetch(`${gateway.url}/metrics/job/nightly_import`, { method: 'DELETE' });
      await becomes(`${orders} or vector(0)`, 0);
      expect(await gateway.page()).not.toContain('nightly_import');
    });

    it('a Pushgateway that is away fails the job and says so; the work is done', async () => {
      const run = await example({ PUSHGATEWAY_URL: `http://127.0.0.1:${await freePort()}` });
      expect(run.code).toBe(1);
      expect(run.stdout).toBe('4 of 5 orders imported\n');
      expect(run.stderr).toContain('ECONNREFUSED');
    });

    it('a job that is over leaves the page; the question of the guide still tells of it', async () => {
      const onPage = async () => (await (await fetch(collector.prometheusUrl)).text()).includes('job="job-natural"');
      for (const deadline = Date.now() + 60_000; (await onPage()) && Date.now() < deadline; ) await delay(200);
      expect(await onPage()).toBe(false);
      await becomes(`count(monitor_operation_duration_seconds_count{job="job-natural", way="page"}) or vector(0)`, 0);
      expect(
        await answerTo(`last_over_time(monitor_operation_duration_seconds_count{job="job-natural", way="page"}[1h])`),
      ).toBe(3);
    });
  },
);
