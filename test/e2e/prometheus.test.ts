import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgramVersion } from '../real-parts/program-versions.js';
import { type PrometheusProcess, prometheusVersions, startPrometheus } from '../real-parts/prometheus.js';

const shipped = fileURLToPath(new URL('../../prometheus-config/prometheus.yaml', import.meta.url));
const scraped = fileURLToPath(new URL('./programs/exemplar.mjs', import.meta.url));

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly traceId: string;
}

/** Starts the program and waits until it says where it serves. */
async function startProgram(): Promise<Running> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(OTEL_|NODE_OPTIONS$|VITEST|NODE_ENV$)/.test(name)),
  );
  const child = spawn(process.execPath, [scraped], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  for (const deadline = Date.now() + 60_000; Date.now() < deadline && child.exitCode === null; await delay(20)) {
    const line = /^\{.*\}$/m.exec(output)?.[0];
    if (line !== undefined) return { child, ...(JSON.parse(line) as { url: string; traceId: string }) };
  }
  child.kill('SIGKILL');
  throw new Error(`the program does not start:\n${output}`);
}

let running: Running;
const started = new Map<string, PrometheusProcess>();

beforeAll(async () => {
  running = await startProgram();
  const target = new URL(running.url).host;
  const config = readFileSync(shipped, 'utf8')
    .replaceAll('127.0.0.1:9464', target)
    .replace('scrape_interval: 15s', 'scrape_interval: 1s')
    .replace('scrape_timeout: 10s', 'scrape_timeout: 1s');
  expect(config).toContain(`targets: ["${target}"]`);
  expect(config).toContain('scrape_interval: 1s');
  // side by side: each takes five seconds until its first scrape
  const start = async ({ name, program }: ProgramVersion) =>
    started.set(name, await startPrometheus(config, { program }));
  await Promise.all(prometheusVersions.all.filter(({ program }) => program !== undefined).map(start));
}, 60_000);

afterAll(async () => {
  await Promise.all([...started.values()].map((prometheus) => prometheus.stop()));
  running?.child.kill('SIGKILL');
});

for (const { name, program, tool } of prometheusVersions.all) {
  it.skipIf(tool === undefined)(`promtool accepts the shipped scrape configuration (needs ${name})`, () => {
    const { status, stdout, stderr } = spawnSync(tool!, ['check', 'config', shipped], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('SUCCESS');
  });

  describe.skipIf(program === undefined)(`a real Prometheus scrapes a program (needs ${name})`, () => {
    /** Asks until there is an answer that is not empty. */
    async function found(path: string, parameters: Record<string, string>, read: (data: unknown) => unknown[]) {
      for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(200)) {
        const all = read(await started.get(name)!.query(path, parameters));
        if (all.length > 0) return all;
      }
      throw new Error(`Prometheus has nothing for ${JSON.stringify(parameters)}`);
    }

    it('and finds the trace by the exemplar of a histogram', async () => {
      const window = { start: String(Date.now() / 1000 - 300), end: String(Date.now() / 1000 + 300) };
      const series = await found(
        'query_exemplars',
        { query: 'shop_answer_duration_seconds_bucket', ...window },
        (data) => data as unknown[],
      );
      expect(series).toEqual([
        {
          seriesLabels: {
            __name__: 'shop_answer_duration_seconds_bucket',
            instance: 'shop-1',
            job: 'shop',
            le: '1.0',
            otel_scope_name: 'shop',
            route: '/',
          },
          exemplars: [
            {
              labels: { trace_id: running.traceId, span_id: expect.stringMatching(/^[0-9a-f]{16}$/) },
              value: '0.25',
              timestamp: expect.closeTo(Date.now() / 1000, -2),
            },
          ],
        },
      ]);
    });

    it('and the exemplar of the operation itself is the same trace', async () => {
      const window = { start: String(Date.now() / 1000 - 300), end: String(Date.now() / 1000 + 300) };
      const query = 'monitor_operation_duration_seconds_bucket{monitor_operation_name="answer"}';
      const [series] = await found('query_exemplars', { query, ...window }, (data) => data as unknown[]);
      expect(series).toMatchObject({ exemplars: [{ labels: { trace_id: running.traceId } }] });
    });

    it('and has the metrics of the monitor under the names of the page', async () => {
      const [up] = await found('query', { query: 'up{job="shop"} == 1' }, results);
      expect(up).toMatchObject({ metric: { instance: 'shop-1' } });
      const query = 'monitor_operation_duration_seconds_count{monitor_operation_name="answer"}';
      const [operations] = await found('query', { query }, results);
      expect(operations).toMatchObject({ value: [expect.any(Number), '1'] });
      const [metadata] = await found('metadata', { metric: 'monitor_operation_duration_seconds' }, (data) =>
        Object.values(data as object),
      );
      expect(metadata).toEqual([{ type: 'histogram', unit: 'seconds', help: expect.stringContaining('Duration') }]);
    });

    it.skipIf(tool === undefined)('and promtool likes its page, but for two names of the conventions', async () => {
      const input = await (await fetch(`${running.url}/metrics`)).text();
      const { stdout, stderr } = spawnSync(tool!, ['check', 'metrics'], { input, encoding: 'utf8' });
      const disliked = /^process_(thread|unix_file_descriptor)_count non-histogram .* should not have "_count" suffix$/;
      expect(`${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !disliked.test(line))).toEqual([]);
      expect(input).toContain('monitor_operation_duration_seconds_bucket');
    });
  });
}

function results(data: unknown): unknown[] {
  return (data as { result: unknown[] }).result;
}
