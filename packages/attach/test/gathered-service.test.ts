import { metricStore } from '@otel-monitor/bound-metrics';
import { Workers } from '@otel-monitor/cluster';
import { loadConfig } from '@otel-monitor/config';
import { errorGroups } from '@otel-monitor/errors';
import { createMonitor } from '@otel-monitor/monitor';
import { initialState, redirectReports, runtimeState, type ToldState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GatheredService, toldStates } from '../src/gathered-service.js';

type Message = { readonly kind: string; readonly epoch?: string; readonly round?: number };
/** What a worker that is one of ours is to this test: a way to it. */
type Link = { send(message: Message): void };

let restore: () => void;
let workers: Workers;
beforeEach(() => {
  restore = redirectReports(() => {});
  errorGroups.clear();
  workers = new Workers({ deadlineMillis: 100 });
});
afterEach(() => {
  restore();
  errorGroups.clear();
  metricStore.reset();
  Object.assign(runtimeState, initialState());
});

const { config } = loadConfig({ code: {}, env: {} });
const monitor = createMonitor({ name: 'shop' });
const fail = () => monitor.captureError(new RangeError('tile 12 out of range'), { severity: 'critical' });

/** A worker that tells what this process would tell at the time it is asked. */
function join(id: string, states: () => readonly ToldState[] | undefined): { asked: number } {
  const made = { asked: 0 };
  const link: Link = {
    send: ({ kind, epoch = '', round = 0 }) => {
      if (kind !== 'tell') return;
      made.asked += 1;
      for (const state of states() ?? []) {
        const entries = JSON.stringify([...state.entries(false)]);
        const part = { state: state.name, stateVersion: state.version, entries };
        workers.heard(link, { kind: 'kept', epoch, round, waits: false, ...part });
      }
      workers.heard(link, { kind: 'told', epoch, round, missing: [], leftOut: 0 });
    },
  };
  workers.heard(link, { kind: 'hello', id, session: id });
  return made;
}

const told = () => toldStates(config);

it('without workers there is nothing to gather', async () => {
  fail();
  expect(await new GatheredService(workers, told).read()).toBeUndefined();
});

it('what this process has and what its workers tell is one', async () => {
  for (let i = 0; i < 20; i += 1) fail();
  monitor.trackFeature('export', 'done', { success: true });
  join('1', told);
  join('2', told);
  const all = await new GatheredService(workers, told).read();
  expect(all?.workers).toEqual({ present: 2, missing: [], leftOut: 0 });
  expect(all?.errors?.groups()).toMatchObject([{ errorType: 'RangeError', count: 60, severity: 'critical' }]);
  expect(all?.errors?.summary()).toMatchObject({ errors: 60, recent: { lastHour: 60 } });
  expect(all?.usage?.features({})).toMatchObject([{ name: 'export', uses: 3 }]);
  // what this process knows of itself is as it was
  expect(monitor.errors.summary()).toMatchObject({ errors: 20 });
});

it('who asks at once, or within a second, gets one answer', async () => {
  const worker = join('1', told);
  const service = new GatheredService(workers, told);
  const [one, two] = await Promise.all([service.read(), service.read()]);
  expect(one).toBe(two);
  expect(await service.read()).toBe(one);
  expect(worker.asked).toBe(1);
});

it('a process whose files another one has taken over does not tell what is in them', async () => {
  fail();
  join('1', told);
  const all = await new GatheredService(workers, () => undefined).read();
  expect(all?.workers).toEqual({ present: 1, missing: ['primary'], leftOut: 0 });
  expect(all?.errors?.summary()).toMatchObject({ errors: 1 });
});

it('is told as far as it is wanted', () => {
  const names = (code: object) => toldStates(loadConfig({ code, env: {} }).config)?.map(({ name }) => name);
  expect(names({})).toEqual(['error-totals', 'errors', 'usage-totals', 'usage', 'usage-workflows', 'usage-flags']);
  expect(names({ errorTracking: { enabled: false } })).toEqual([
    'usage-totals',
    'usage',
    'usage-workflows',
    'usage-flags',
  ]);
  expect(names({ errorTracking: { enabled: false }, usage: { enabled: false } })).toEqual([]);
});

it('entries that are none, or of a state that is not known, change nothing', async () => {
  fail();
  join('1', () => [
    { name: 'of a later release', version: 1, entries: () => [['a', 1]] },
    { name: 'errors', version: 7, entries: () => [['a', 1]] },
    { name: 'errors', version: 1, entries: () => [['a', { count: 1e9 }]] },
  ]);
  const all = await new GatheredService(workers, told).read();
  expect(all?.errors?.groups()).toMatchObject([{ count: 1 }]);
});
