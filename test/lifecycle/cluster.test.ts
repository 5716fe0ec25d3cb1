import { spawnSync } from 'node:child_process';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { parseStrictly } from '../../packages/prometheus/test/strict-parser.js';
import { type ScrapedPage, total } from '../e2e/scraped-page.js';
import { promtoolProgram } from '../real-parts/prometheus.js';
import { ClusteredService } from './clustered-service.js';

let service: ClusteredService | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

async function start(env: Record<string, string> = {}): Promise<ClusteredService> {
  service = new ClusteredService(env);
  await service.ready(Number(env.WORKERS ?? 4));
  return service;
}

const worked = (page: ScrapedPage, ...labels: string[]) =>
  total(page, 'monitor_operation_duration_seconds', 'monitor_operation_duration_seconds_count', ...labels);
const operations = (word: string) => [`monitor_operation_name="work"`, `word="${word}"`];

/** The worker that does it: round robin gives each connection to the next one. */
async function one(running: ClusteredService, path: string): Promise<string> {
  return (await running.request(path)) ?? '';
}

describe.each(['json', 'advanced'])('four workers, with messages as %s', (SERIALIZATION) => {
  it('one page has the exact sum of what all were asked for under load, and the gauges of each', async () => {
    const running = await start({ SERIALIZATION });
    const REQUESTS = 4000;
    const CLIENTS = 16;
    const answered = new Map<string, number>();
    const pages: ScrapedPage[] = [];
    let isOver = false;
    const scraping = (async () => {
      for (; !isOver; await delay(100)) pages.push(await running.page());
    })();
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        for (let request = 0; request < REQUESTS / CLIENTS; request += 1) {
          const id = (await running.request('/load', agent)) ?? 'none';
          answered.set(id, (answered.get(id) ?? 0) + 1);
        }
        agent.destroy();
      }),
    );
    isOver = true;
    await scraping;
    expect([...answered.keys()].sort()).toEqual(['1', '2', '3', '4']);
    const page = await running.page();
    expect(worked(page, ...operations('load'))).toBe(REQUESTS);
    expect(total(page, 'http_server_request_duration_seconds', 'http_server_request_duration_seconds_count')).toBe(
      REQUESTS,
    );
    expect(total(page, 'lib_requests_total', 'lib_requests_total')).toBe(REQUESTS);
    // a scrape in between never shows less than the one before
    const counts = pages.map((each) => worked(each, ...operations('load')));
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    const { operations: shown } = await running.ask<{ operations: { name: string; count: number }[] }>('overview');
    expect(shown).toMatchObject([{ name: 'work', count: REQUESTS }]);
    const gauges = Object.keys(page.monitor_custom_pid!.samples);
    expect(gauges).toHaveLength(5);
    for (const id of ['1', '2', '3', '4']) {
      expect(gauges.filter((key) => key.includes(`monitor_worker_id="${id}"`))).toHaveLength(1);
    }
    // there is one machine
    expect(Object.keys(page.system_memory_limit_bytes!.samples)).toHaveLength(1);
    expect(Object.keys(page.process_uptime_seconds!.samples)).toHaveLength(5);
    expect(running.stderr).toBe('');
  });
});

describe('the page of all', () => {
  it.skipIf(promtoolProgram === undefined)('is one that promtool likes (needs Prometheus)', async () => {
    const running = await start({ WORKERS: '2' });
    for (let request = 0; request < 4; request += 1) await one(running, '/load');
    const input = await (await fetch(`${running.url}/metrics`)).text();
    const { stdout, stderr } = spawnSync(promtoolProgram!, ['check', 'metrics'], { input, encoding: 'utf8' });
    const disliked = /^process_(thread|unix_file_descriptor)_count non-histogram .* should not have "_count" suffix$/;
    expect(`${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !disliked.test(line))).toEqual([]);
    expect(input).toContain('monitor_worker_id="2"');
  });

  it('has the exemplars of the workers in OpenMetrics', async () => {
    const running = await start({ WORKERS: '2' });
    await one(running, '/load');
    const response = await fetch(`${running.url}/metrics`, { headers: { accept: 'application/openmetrics-text' } });
    const text = await response.text();
    parseStrictly(text, 'openmetrics');
    expect(text).toMatch(
      /^monitor_operation_duration_seconds_bucket\{.*word="load".*\} 1 # \{trace_id="[0-9a-f]{32}"/m,
    );
  });

  it('has what a thread of a worker records, by both ids', async () => {
    const running = await start({ WORKERS: '2' });
    const id = await one(running, '/thread');
    await running.until(async () => worked(await running.page(), 'monitor_operation_name="thread work"') === 1);
    const page = await running.page();
    expect(worked(page, ...operations('thread'))).toBe(1);
    expect(Object.keys(page.monitor_custom_thread!.samples)[0]).toContain(`monitor_worker_id="${id}/thread/1"`);
    // the two, and the thread is in its process's
    expect(await running.status()).toMatchObject({ present: 2, missing: 0 });
  });

  it('is whole again when the monitoring of the primary ends and begins anew', async () => {
    const running = await start({ WORKERS: '2' });
    for (let request = 0; request < 6; request += 1) await one(running, '/load');
    expect(worked(await running.page(), ...operations('load'))).toBe(6);
    running.tell('restart');
    running.url = (await running.word<{ url: string }>('restarted')).url;
    await one(running, '/load');
    await running.until(async () => (await running.status())?.present === 2);
    expect(worked(await running.page(), ...operations('load'))).toBe(7);
  });
});

describe('the application', () => {
  it('sees its own messages and none of ours, and the workers open no port of ours', async () => {
    const running = await start();
    await running.page();
    for (const id of [1, 2, 3, 4]) running.tell(`send ${id}`);
    await running.until(() => running.said.filter(({ word }) => word === 'message').length === 4);
    await running.page();
    const messages = running.said.filter(({ word }) => word === 'message').map(({ value }) => value);
    expect(messages).toEqual(Array(4).fill({ answer: { of: 'the application' } }));
    expect(running.said.filter(({ word }) => word === 'url')).toEqual([]);
  });

  it('ends when it has nothing to do any more', async () => {
    const running = await start();
    await running.page();
    for (const id of [1, 2, 3, 4]) running.tell(`disconnect ${id}`);
    await running.until(() => running.said.filter(({ word }) => word === 'exit').length === 4);
    expect(running.said.filter(({ word }) => word === 'exit').map(({ value }) => value)).toEqual(
      expect.arrayContaining([{ id: 1, code: 0, signal: null }]),
    );
    expect(await running.status()).toMatchObject({ present: 0, missing: 0, departed: 4 });
  });
});

describe('a worker that is no more', () => {
  it.each([
    ['process.exit', '/exit/3', { code: 3, signal: null }],
    ['an error that nobody catches', '/throw', { code: 1, signal: null }],
  ])('by %s has told what it counted last', async (_, path, ending) => {
    const running = await start();
    await running.page();
    await one(running, '/before');
    const id = await one(running, path);
    expect(await running.word('exit')).toEqual({ id: Number(id), ...ending });
    await running.until(async () => (await running.status()).departed === 1);
    const page = await running.page();
    expect(worked(page, ...operations('before'))).toBe(1);
    expect(worked(page, ...operations(path.split('/')[1]!))).toBe(1);
    expect(Object.keys(page.monitor_custom_pid!.samples)).toHaveLength(4);
    const { body } = await running.json<{ status: string; components: { name: string; message?: string }[] }>(
      '/health',
    );
    expect(body.status).toBe('degraded');
    expect(body.components.find(({ name }) => name === `worker/${id}`)?.message).toMatch(
      `exited with ${ending.code}, `,
    );
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('by %s leaves the sums as they were', async (signal) => {
    const running = await start();
    for (let request = 0; request < 8; request += 1) await one(running, '/load');
    expect(worked(await running.page(), ...operations('load'))).toBe(8);
    // what comes after the last question is lost with SIGKILL alone
    if (signal === 'SIGTERM') for (let request = 0; request < 4; request += 1) await one(running, '/load');
    const { id, pid } = await running.word<{ id: number; pid: number }>('worker');
    process.kill(pid, signal);
    expect(await running.word('exit')).toEqual({ id, code: null, signal });
    await running.until(async () => (await running.status()).departed === 1);
    const page = await running.page();
    expect(worked(page, ...operations('load'))).toBe(signal === 'SIGTERM' ? 12 : 8);
    expect(Object.keys(page.process_uptime_seconds!.samples)).toHaveLength(4);
    const { body } = await running.json<{ status: string }>('/health');
    expect(body.status).toBe(signal === 'SIGTERM' ? 'healthy' : 'degraded');
  });

  it('is replaced as often as it must be: no sum falls and nothing grows', async () => {
    const running = await start({ WORKERS: '1' });
    for (let round = 1; round <= 10; round += 1) {
      await running.until(async () => (await running.status()).present === 1);
      const id = await one(running, '/exit/0');
      expect(id).toBe(String(round));
      await running.until(async () => (await running.status()).departed === round);
      running.tell('fork');
      running.port = (await running.word<{ port: number }>('worker', round)).port;
    }
    await running.until(async () => (await running.status()).present === 1);
    const page = await running.page();
    expect(worked(page, ...operations('exit'))).toBe(10);
    expect(Object.keys(page.monitor_custom_pid!.samples)).toHaveLength(2);
  });
});

describe('a worker that hangs', () => {
  it('holds no page up longer than the deadline, and is missing until it answers again', async () => {
    const running = await start({ DEADLINE_MILLIS: '2000' });
    for (let request = 0; request < 4; request += 1) await one(running, '/load');
    await running.page();
    await running.freeze('1');
    // it hangs until it is thawed, and a page that waited for it would never come
    expect(worked(await running.page(), ...operations('load'))).toBe(4);
    expect(await running.status()).toMatchObject({ present: 4, missing: 1 });
    expect(running.stderr).toBe(
      'otel-monitor: no answer from worker 1 in time: the page has what was last known of it\n',
    );
    // it is waited for once: else each of these would take the deadline
    const millis: number[] = [];
    for (let page = 0; page < 5; page += 1) {
      const asked = performance.now();
      await running.page();
      millis.push(performance.now() - asked);
    }
    expect(Math.min(...millis)).toBeLessThan(2000);
    const { status, body } = await running.json<{ status: string; components: { name: string; status: string }[] }>(
      '/health',
    );
    expect([status, body.status]).toEqual([200, 'degraded']);
    expect(body.components.find(({ name }) => name === 'worker/1')).toMatchObject({ status: 'degraded' });
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    running.thaw('1');
    await running.until(async () => {
      await running.page();
      return (await running.status()).missing === 0;
    });
    for (let request = 0; request < 4; request += 1) await one(running, '/load');
    expect(worked(await running.page(), ...operations('load'))).toBe(8);
  });
});

describe('health', () => {
  it('of each worker is in the report of the primary, and the worst is that of the service', async () => {
    const running = await start({ WORKERS: '2' });
    const id = await one(running, '/state/unhealthy');
    const health = () => running.json<{ status: string; components: { name: string; status: string }[] }>('/health');
    // its check is due each 0.1 s
    await running.until(async () => (await health()).status === 503);
    const { status, body } = await health();
    expect([status, body.status]).toEqual([503, 'unhealthy']);
    const shown = Object.fromEntries(body.components.map((each) => [each.name, each.status]));
    const other = id === '1' ? '2' : '1';
    expect(shown).toEqual({
      [`worker/${id}`]: 'unhealthy',
      [`worker/${id}/database`]: 'unhealthy',
      [`worker/${other}`]: 'healthy',
      [`worker/${other}/database`]: 'healthy',
    });
    expect(await running.json(`/health/components/worker%2F${id}`)).toMatchObject({ status: 503 });
    // one of two still takes work
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    const states = (await running.page()).monitor_component_status!.samples;
    const key = (state: string) =>
      Object.entries(states).find(([labels]) => labels.includes(`component_state="${state}"`))?.[1];
    expect([key('healthy'), key('unhealthy')]).toEqual([1, 1]);
  });
});

describe('a worker whose primary is not monitored', () => {
  it('says so, and starts the server that its code asks for, on a port of its own', async () => {
    const running = new ClusteredService({ WORKERS: '2', PRIMARY: 'unmonitored' });
    service = running;
    await running.until(() => running.said.filter(({ word }) => word === 'url').length === 2);
    const urls = running.said.filter(({ word }) => word === 'url').map(({ value }) => (value as { url: string }).url);
    expect(new Set(urls).size).toBe(2);
    for (const url of urls) expect((await fetch(`${url}/metrics`)).status).toBe(200);
    // some seconds later: a primary that is busy with its start answers late
    await running.until(() =>
      running.stderr.includes(
        'the primary of this worker of node:cluster is not monitored: its metrics are on no /metrics',
      ),
    );
  });
});
