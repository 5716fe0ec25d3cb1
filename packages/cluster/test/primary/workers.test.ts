import { MetricStore } from '@otel-monitor/bound-metrics';
import { redirectReports } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JoinableHealth } from '../../src/primary/joined-health.js';
import { Workers } from '../../src/primary/workers.js';
import { joinWorker, WELL } from '../in-memory-channel.js';
import { record, recordForStoresAlone, seriesIn, valuesOf } from '../made-metrics.js';

recordForStoresAlone();

let own: MetricStore;
let now: number;
let lines: string[];
let restore: () => void;
beforeEach(() => {
  own = new MetricStore();
  now = 0;
  lines = [];
  restore = redirectReports((line) => lines.push(line));
});
afterEach(() => {
  restore();
  vi.useRealTimers();
});

const primary = (deadlineMillis = 1000) => new Workers({ store: own, deadlineMillis, now: () => now });

describe('without workers', () => {
  it('is the store of the process itself, and holds nothing', async () => {
    const workers = primary();
    record(own, 'counter', 3);
    expect(workers.areThere).toBe(false);
    expect([...workers.scopes]).toEqual([...own.scopes]);
    expect(valuesOf(workers)).toEqual({ counter: 3 });
    await workers.collect();
    expect(workers.status()).toBeUndefined();
    expect([workers.isReady, workers.isStarted, workers.memoryBytes]).toEqual([true, true, 0]);
    const health = { status: 'healthy' as const, components: [] };
    expect(workers.health(health)).toBe(health);
  });
});

describe('metrics', () => {
  it('sums are of all, gauges of each', async () => {
    const workers = primary();
    const [one, two] = [joinWorker(workers, '1'), joinWorker(workers, '2')];
    for (const [index, store] of [own, one.store, two.store].entries()) {
      record(store, 'counter', 10 ** index, { route: '/' });
      record(store, 'up_down', index + 1);
      record(store, 'observed', index + 1);
      record(store, 'gauge', index + 1, { route: '/' });
      record(store, 'histogram', 5 * (index + 1));
    }
    await workers.collect();
    expect(valuesOf(workers)).toEqual({
      'counter{route=/}': 111,
      up_down: 6,
      observed: 6,
      'gauge{route=/}': 1,
      'gauge{monitor.worker.id=1,route=/}': 2,
      'gauge{monitor.worker.id=2,route=/}': 3,
      histogram: { buckets: { boundaries: [1, 10, 100], counts: [0, 2, 1, 0] }, count: 3, sum: 30, min: 5, max: 15 },
    });
  });

  it('a gauge of a thread of a worker is by both ids', async () => {
    const workers = primary();
    record(joinWorker(workers, '3').store, 'gauge', 1, { 'monitor.worker.id': 'thread/2' });
    await workers.collect();
    expect(valuesOf(workers)).toEqual({ 'gauge{monitor.worker.id=3/thread/2}': 1 });
  });

  it('only what has changed is said again', async () => {
    const workers = primary();
    const one = joinWorker(workers, '1');
    record(one.store, 'counter', 1, { route: '/a' });
    record(one.store, 'counter', 1, { route: '/b' });
    await workers.collect();
    record(one.store, 'counter', 1, { route: '/b' });
    one.said.length = 0;
    await workers.collect();
    expect(one.said.map((message) => (message.kind === 'part' ? message.values.length : message.kind))).toEqual([
      1,
      'done',
    ]);
    one.said.length = 0;
    await workers.collect();
    expect(one.said.map(({ kind }) => kind)).toEqual(['done']);
  });

  it('a series began with the first of its parts', async () => {
    const workers = primary();
    const one = joinWorker(workers, '1');
    for (const [store, second] of [
      [own, 2000],
      [one.store, 1000],
    ] as const) {
      record(store, 'counter', 1);
      seriesIn(store, 'counter').startTime = [second, 0];
    }
    await workers.collect();
    const [series] = [...workers.scopes].flatMap(({ all }) => [...all]).flatMap(({ all }) => all);
    expect(series?.startTime).toEqual([1000, 0]);
  });

  it('a primary that begins anew is told everything', async () => {
    const one = joinWorker(primary(), '1');
    record(one.store, 'counter', 5);
    await one.primary.collect();
    const workers = primary();
    one.primary = workers;
    one.member.heard({ kind: 'who' });
    await workers.collect();
    expect(valuesOf(workers)).toEqual({ counter: 5 });
  });
});

describe('a worker that is no more', () => {
  it('leaves what it counted, and takes its gauges and its part of up-down counters along', async () => {
    const workers = primary();
    const one = joinWorker(workers, '1');
    const two = joinWorker(workers, '2');
    for (const { store } of [one, two]) {
      for (const kind of ['counter', 'up_down', 'observed', 'gauge', 'histogram', 'exponential'] as const)
        record(store, kind, 2);
    }
    await workers.collect();
    one.end();
    const { counter, up_down, observed, histogram, exponential, ...gauges } = valuesOf(workers);
    expect({ counter, up_down, observed }).toEqual({ counter: 4, up_down: 2, observed: 2 });
    expect(gauges).toEqual({ 'gauge{monitor.worker.id=2}': 2 });
    expect([histogram, exponential]).toEqual([
      expect.objectContaining({ count: 2 }),
      expect.objectContaining({ count: 2 }),
    ]);
    two.end();
    expect(Object.keys(valuesOf(workers))).toEqual(['counter', 'histogram', 'exponential']);
    expect(workers.status()).toMatchObject({ present: 0, departed: 2 });
  });

  it('says what is left before it goes', async () => {
    const workers = primary();
    const one = joinWorker(workers, '1');
    record(one.store, 'counter', 1);
    await workers.collect();
    record(one.store, 'counter', 1);
    one.member.leave();
    expect(valuesOf(workers)).toEqual({ counter: 2 });
    expect(workers.status()).toMatchObject({ present: 0, departed: 1 });
  });

  it('is on the page even when it ended before anybody had answered it', async () => {
    const workers = primary();
    const one = joinWorker(workers, '1');
    record(one.store, 'counter', 7);
    one.member.leave();
    expect(valuesOf(workers)).toEqual({ counter: 7 });
  });

  it('a thousand of them take no more memory than one, and their sum is whole', async () => {
    const workers = primary();
    own.seriesPerMetric = 50;
    let after100 = 0;
    for (let id = 1; id <= 1000; id += 1) {
      const one = joinWorker(workers, String(id));
      record(one.store, 'counter', 1, { route: '/' });
      record(one.store, 'gauge', id, { pid: id });
      record(one.store, 'up_down', 1, { pid: id });
      record(one.store, 'histogram', 1, { pid: id });
      await workers.collect();
      one.end();
      if (id === 100) after100 = workers.memoryBytes;
    }
    expect(workers.memoryBytes).toBe(after100);
    const values = valuesOf(workers);
    expect(values['counter{route=/}']).toBe(1000);
    // fifty of a metric have a series, and the rest is one
    expect(Object.keys(values).filter((key) => key.startsWith('histogram'))).toHaveLength(51);
    expect(values['histogram{otel.metric.overflow=true}']).toMatchObject({ count: 950, sum: 950 });
    expect(Object.keys(values).filter((key) => /^(gauge|up_down)/.test(key))).toEqual([]);
  });
});

describe('series that come and go', () => {
  it('one that no process has any more leaves, unless a departed one counted in it', async () => {
    const workers = primary();
    const [one, two] = [joinWorker(workers, '1'), joinWorker(workers, '2')];
    for (const { store } of [one, two]) record(store, 'counter', 1, { tenant: 'a' });
    record(one.store, 'counter', 1, { tenant: 'b' });
    await workers.collect();
    seriesIn(one.store, 'counter', { tenant: 'a' }).unbind();
    await workers.collect();
    expect(valuesOf(workers)).toEqual({ 'counter{tenant=a}': 2, 'counter{tenant=b}': 1 });
    seriesIn(two.store, 'counter', { tenant: 'a' }).unbind();
    await workers.collect();
    expect(valuesOf(workers)).toEqual({ 'counter{tenant=b}': 1 });
    const three = joinWorker(workers, '3');
    record(three.store, 'counter', 1, { tenant: 'b' });
    await workers.collect();
    one.end();
    seriesIn(three.store, 'counter', { tenant: 'b' }).unbind();
    await workers.collect();
    expect(valuesOf(workers)).toEqual({ 'counter{tenant=b}': 2 });
  });

  it('one that was begun anew goes on where it was, and no sum falls', async () => {
    const workers = primary();
    const one = joinWorker(workers, '1');
    for (let round = 1; round <= 3; round += 1) {
      record(one.store, 'counter', 5);
      record(one.store, 'histogram', 5);
      await workers.collect();
      expect(valuesOf(workers)).toMatchObject({ counter: 5 * round, histogram: { count: round } });
      // bound again before anybody looks: the total is the same as before, and new all the same
      seriesIn(one.store, 'counter').unbind();
      seriesIn(one.store, 'histogram').unbind();
    }
  });

  it('a gauge that is not given out any more goes, and comes again', async () => {
    const workers = primary();
    const one = joinWorker(workers, '1');
    record(one.store, 'gauge', 1);
    await workers.collect();
    seriesIn(one.store, 'gauge').reset();
    await workers.collect();
    expect(valuesOf(workers)).toEqual({});
    record(one.store, 'gauge', 4);
    await workers.collect();
    expect(valuesOf(workers)).toEqual({ 'gauge{monitor.worker.id=1}': 4 });
  });

  it('a histogram of other boundaries is left out, told once and counted', async () => {
    const workers = primary();
    const one = joinWorker(workers, '1');
    record(own, 'histogram', 5);
    const other = {
      name: 'histogram',
      kind: 'histogram',
      unit: '1',
      description: 'histogram.',
      attributes: [],
    } as const;
    one.store
      .scope({ name: 'shop', version: '1' })
      .histogram({ ...other, boundaries: [7] })
      .bind()
      .record(5);
    const two = joinWorker(workers, '2');
    record(two.store, 'histogram', 5);
    // the own ones are there first
    await workers.collect();
    await workers.collect();
    const counts = Object.values(valuesOf(workers)).map((value) => (value as { count: number }).count);
    expect(workers.status()?.unmergeable).toBeGreaterThan(0);
    expect(counts).toEqual([3 - workers.status()!.unmergeable]);
    expect(lines.filter((line) => line.includes('has other boundaries'))).toHaveLength(1);
  });
});

describe('a worker that does not answer', () => {
  it('holds a page up once and no longer than the deadline, is missing, and is shown as last known', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const workers = primary(50);
    const [one, two] = [joinWorker(workers, '1'), joinWorker(workers, '2')];
    for (const { store } of [one, two]) record(store, 'counter', 1);
    await workers.collect();
    one.isAwake = false;
    for (const { store } of [one, two]) record(store, 'counter', 1);
    const answered = vi.fn();
    const collected = workers.collect();
    void collected.then(answered);
    await vi.advanceTimersByTimeAsync(49);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await collected;
    expect(valuesOf(workers)).toEqual({ counter: 3 });
    expect(workers.status()).toMatchObject({ present: 2, missing: 1 });
    expect(lines).toEqual(['otel-monitor: no answer from worker 1 in time: the page has what was last known of it\n']);
    // no timer passes any more
    await workers.collect();
    one.wake();
    await workers.collect();
    expect(valuesOf(workers)).toEqual({ counter: 4 });
    expect(workers.status()).toMatchObject({ present: 2, missing: 0 });
  });

  it('because it is busy with its start is told with the first page that is without it', async () => {
    const workers = primary(5);
    joinWorker(workers, '1').isAwake = false;
    await workers.look();
    expect(lines).toEqual([]);
    expect(workers.status()).toMatchObject({ present: 1, missing: 1 });
    await workers.collect();
    expect(lines).toEqual(['otel-monitor: no answer from worker 1 in time: the page has what was last known of it\n']);
  });

  it('does not hold a page up when it ends meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const workers = primary();
    const one = joinWorker(workers, '1');
    one.isAwake = false;
    const collected = workers.collect();
    await vi.advanceTimersByTimeAsync(20);
    one.end(true, 'was ended by SIGKILL');
    // no timer passes any more
    await collected;
    expect(workers.status()).toMatchObject({ present: 0, missing: 0, departed: 1 });
    expect(lines).toEqual([]);
  });

  it('is degraded at first and unhealthy after ten seconds; a thread may be busy', async () => {
    const workers = primary(5);
    const [one, two] = [joinWorker(workers, '1'), joinWorker(workers, 'thread/2')];
    await workers.collect();
    one.isAwake = false;
    two.isAwake = false;
    await workers.collect();
    now = 2000;
    const shown = () => {
      const own: JoinableHealth = { status: 'healthy', components: [] };
      const { status, components } = workers.health(own);
      return { status, components: components.map((each) => `${each.name} ${each.status}`) };
    };
    expect(shown()).toEqual({ status: 'degraded', components: ['worker/1 degraded', 'worker/thread/2 healthy'] });
    now = 10_001;
    expect(shown()).toEqual({ status: 'unhealthy', components: ['worker/1 unhealthy', 'worker/thread/2 healthy'] });
    // what a thread says makes no difference to who takes work
    two.wake();
    await workers.collect();
    expect(workers.isReady).toBe(false);
    one.wake();
    await workers.collect();
    expect(workers.isReady).toBe(true);
  });
});

describe('readiness', () => {
  it('is that of the process itself until a forked worker is there, then that of any one', async () => {
    const workers = primary(5);
    expect([workers.isReady, workers.isStarted]).toEqual([true, true]);
    joinWorker(workers, 'thread/1').isAwake = false;
    expect([workers.isReady, workers.isStarted]).toEqual([true, true]);
    const [one, two] = [joinWorker(workers, '1'), joinWorker(workers, '2')];
    expect([workers.isReady, workers.isStarted]).toEqual([false, false]);
    for (const each of [one, two]) each.health = { ...WELL, isReady: false, isStarted: false };
    await workers.collect();
    expect([workers.isReady, workers.isStarted]).toEqual([false, false]);
    one.health = { ...WELL, isReady: false };
    await workers.collect();
    expect([workers.isReady, workers.isStarted]).toEqual([false, true]);
    two.health = WELL;
    await workers.collect();
    expect([workers.isReady, workers.isStarted]).toEqual([true, true]);
    two.end();
    expect(workers.isReady).toBe(false);
  });
});

describe('who may join', () => {
  it('one of an id that is there is left out', () => {
    const workers = primary();
    joinWorker(workers, '1');
    joinWorker(workers, '1');
    expect(workers.status()).toMatchObject({ present: 1, refused: 1 });
    expect(lines).toEqual(['otel-monitor: worker 1 is left out: there is one of this id\n']);
  });

  it('256 at a time', () => {
    const workers = primary();
    for (let id = 1; id <= 258; id += 1) joinWorker(workers, String(id));
    expect(workers.status()).toMatchObject({ present: 256, refused: 2 });
  });

  it('one that has begun its monitoring anew counts on', async () => {
    const workers = primary();
    const one = joinWorker(workers, '1');
    record(one.store, 'counter', 5);
    await workers.collect();
    one.member.leave();
    record(joinWorker(workers, '1').store, 'counter', 1);
    await workers.collect();
    expect(valuesOf(workers)).toEqual({ counter: 6 });
  });
});
