import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { ClusteredService } from './clustered-service.js';

const OPERATOR = 'token-of-an-operator';
const VIEWER = 'token-of-a-viewer';

interface Group {
  readonly id: string;
  readonly errorType: string;
  readonly count: number;
  readonly users: number;
}

interface Answer {
  readonly workers: { readonly present: number; readonly missing: readonly string[]; readonly leftOut: number };
}

let service: ClusteredService | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

async function start(env: Record<string, string> = {}): Promise<ClusteredService> {
  service = new ClusteredService({ OTEL_MONITOR_TOKEN_OPERATOR: OPERATOR, OTEL_MONITOR_TOKEN_VIEWER: VIEWER, ...env });
  await service.ready(Number(env.WORKERS ?? 4));
  return service;
}

async function page<T>(running: ClusteredService, path: string, token = OPERATOR): Promise<T & Answer> {
  const answer = await fetch(running.url + path, { headers: { authorization: `Bearer ${token}` } });
  expect([200, 404]).toContain(answer.status);
  return (await answer.json()) as T & Answer;
}

/** Who asks within a second gets the answer of before. */
const UNTIL_FRESH_MILLIS = 1100;

async function fresh<T>(running: ClusteredService, path: string, token?: string): Promise<T & Answer> {
  await delay(UNTIL_FRESH_MILLIS);
  return page<T>(running, path, token);
}

/** Sends requests until each worker has had so many: round robin gives each connection to the next one. */
async function each(running: ClusteredService, times: number, path: (id: number) => string): Promise<string[]> {
  const ids: string[] = [];
  for (let request = 0; request < 4 * times; request += 1) ids.push((await running.request(path(request))) ?? 'none');
  return ids;
}

describe.each(['json', 'advanced'])('four workers, with messages as %s', (SERIALIZATION) => {
  it('have their errors on one page: as many as all have counted, of users that are counted once', async () => {
    const running = await start({ SERIALIZATION });
    // the same two users with every worker, so that each has both
    const ids = await each(running, 4, (request) => `/fail/25/user-${Math.floor(request / 4) % 2}`);
    expect(new Set(ids)).toEqual(new Set(['1', '2', '3', '4']));
    running.tell('fail 7');
    await running.word('failed');
    const { groups, workers } = await page<{ groups: Group[] }>(running, '/errors/groups');
    expect(workers).toEqual({ present: 4, missing: [], leftOut: 0 });
    // one fault of four workers, and one of the primary, which comes to it on another way
    expect(groups.map(({ errorType, count, users }) => [errorType, count, users])).toEqual([
      ['Error', 7, 0],
      ['Error', 16 * 25, 2],
    ]);
    const summary = await page<Record<string, unknown>>(running, '/errors/summary');
    expect(summary).toMatchObject({ errors: 407, bySeverity: { error: 407 }, recent: { lastHour: 407 }, workers });
    const { records } = summary as unknown as { records: Record<string, number> };
    expect(records.written! + records.heldBack! + records.sampledOut!).toBe(407);
    const whole = await page<Group>(running, `/errors/${groups[1]!.id}`);
    expect(whole).toMatchObject({ id: groups[1]!.id, count: 400, workers });
    expect(await page(running, '/errors/0000000000000000')).toMatchObject({ workers, error: expect.any(String) });
  });

  it('have their usage on one page', async () => {
    const running = await start({ SERIALIZATION });
    await each(running, 3, (request) => `/use/user-${request % 3}`);
    for (let request = 0; request < 2; request += 1) await running.request('/begin');
    const usage = await page<Record<string, unknown>>(running, '/usage', VIEWER);
    expect(usage).toMatchObject({
      today: { uses: 12, failures: 0, successRate: 1 },
      topFeatures: [{ name: 'export', uses: 12, users: 3 }],
      workers: { present: 4, missing: [], leftOut: 0 },
    });
    const { workflows } = await page<{ workflows: unknown[] }>(running, '/usage/workflows', VIEWER);
    expect(workflows).toMatchObject([
      { name: 'import', runs: { started: 14, completed: 12, inProgress: 2, interrupted: 0 }, steps: [{ reached: 12 }] },
    ]);
    const feature = await page<Record<string, unknown>>(running, '/usage/features/export', VIEWER);
    expect(feature).toMatchObject({ uses: 12, users: 3, workers: { present: 4 } });
  });
});

describe('what is added up', () => {
  it('has what threads of workers have recorded', async () => {
    const running = await start({ WORKERS: '2' });
    await running.request('/thread/5');
    await running.until(async () => {
      const { groups } = await fresh<{ groups: Group[] }>(running, '/errors/groups');
      return groups.length === 1 && groups[0]!.count === 5;
    });
    await running.request('/use/somebody');
    const features = await fresh<{ features: unknown[] }>(running, '/usage/features', VIEWER);
    expect(features).toMatchObject({
      features: [{ name: 'export', uses: 6 }],
      workers: { present: 2, missing: [], leftOut: 0 },
    });
  });

  it('is without a worker that hangs, says so within the deadline, and whole again when that answers', async () => {
    const running = await start({ DEADLINE_MILLIS: '2000' });
    await each(running, 1, () => '/fail/10');
    await running.freeze('1');
    // it hangs until it is thawed, and an answer that waited for it would never come
    const without = { errors: 30, workers: { present: 4, missing: ['1'] } };
    expect(await page(running, '/errors/summary')).toMatchObject(without);
    // it is waited for once: else each of these would take the deadline
    const millis: number[] = [];
    for (let question = 0; question < 3; question += 1) {
      await delay(UNTIL_FRESH_MILLIS);
      const asked = performance.now();
      expect(await page(running, '/errors/summary')).toMatchObject(without);
      millis.push(performance.now() - asked);
    }
    expect(Math.min(...millis)).toBeLessThan(2000);
    running.thaw('1');
    await running.until(async () => (await fresh(running, '/errors/summary')).workers.missing.length === 0);
    expect(await page(running, '/errors/summary')).toMatchObject({ errors: 40, workers: { present: 4, missing: [] } });
    expect(running.stderr).toContain('errors and usage are shown without those of worker 1, which');
  });

  it('counts what a killed worker has left in its files once, in whoever takes them over', async () => {
    const running = await start({ WORKERS: '2' });
    await running.request('/fail/10');
    await running.request('/fail/10');
    expect(await page(running, '/errors/summary')).toMatchObject({ errors: 20, workers: { present: 2 } });
    const written = new Set<string | undefined>();
    while (!['1', '2'].every((id) => written.has(id))) written.add(await running.request('/write'));
    const { pid } = await running.word<{ pid: number }>('worker');
    process.kill(pid, 'SIGKILL');
    await running.word('exit');
    await running.until(async () => (await running.status()).departed === 1);
    // its files are still there, and nobody has taken them up
    expect(await fresh(running, '/errors/summary')).toMatchObject({ errors: 10, workers: { present: 1, missing: [] } });
    running.tell('fork');
    await running.word('worker', 2);
    await running.until(async () => (await running.status()).present === 2);
    await running.until(async () => (await fresh<{ errors: number }>(running, '/errors/summary')).errors === 20);
    expect(await fresh(running, '/errors/groups')).toMatchObject({ groups: [{ count: 20 }], workers: { present: 2 } });
  });
});
