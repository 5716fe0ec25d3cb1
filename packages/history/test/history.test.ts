import {
  CACHE_REQUESTS,
  ERRORS,
  FEATURE_DURATION,
  FEATURE_USES,
  OPERATION_ACTIVE,
  OPERATION_DURATION,
  OPERATION_MEMORY_DELTA,
  SERIES_OVERFLOW,
  WORKFLOW_DURATION,
  WORKFLOW_STEPS,
} from '@otel-monitor/semconv';
import { describe, expect, it } from 'vitest';
import { type HealthSnapshot, History, type Snapshot } from '../src/index.js';
import { histograms, madeScope, numbers } from './made-metrics.js';

const health: HealthSnapshot = { status: 'unknown', components: [] };
const NOW = Date.UTC(2026, 10, 24, 12, 0, 10);
const inputs = { service: { name: 'shop' }, health, now: NOW };

function observed(...scopes: ReturnType<typeof madeScope>[]): Snapshot {
  const history = new History();
  history.observe(scopes, NOW);
  return history.snapshot(inputs);
}

const operation = (name: string, more = {}) => ({ 'monitor.operation.name': name, ...more });

describe('a snapshot', () => {
  it('is whole before anything was recorded', () => {
    expect(new History().snapshot(inputs)).toEqual({
      time: '2026-11-24T12:00:10.000Z',
      service: { name: 'shop' },
      operations: [],
      errors: { total: 0, ratePerMinute: 0, ratePerMinuteOver5Minutes: 0, byType: {}, bySeverity: {}, byOperation: {} },
      usage: { features: [], workflows: [] },
      caches: [],
      health: { status: 'unknown', components: [] },
      resources: {},
      custom: {},
      series: { overflow: [] },
    });
  });

  it('adds operations up over scopes and dimensions', () => {
    const scope = madeScope(
      [
        histograms(
          OPERATION_DURATION,
          [operation('import', { rom_type: 'sfc' }), [0.02, 0.2]],
          [operation('import', { rom_type: 'smc', 'error.type': 'RangeError' }), [4]],
        ),
        numbers(OPERATION_ACTIVE, [operation('import'), 2]),
      ],
      NOW / 1000 - 8,
    );
    const other = madeScope(
      [
        histograms(OPERATION_DURATION, [operation('import', { 'error.type': 'TypeError' }), [20]]),
        histograms(OPERATION_MEMORY_DELTA, [operation('import'), [2048, 2048]]),
      ],
      NOW / 1000 - 4,
    );

    expect(observed(scope, other).operations).toEqual([
      {
        name: 'import',
        count: 4,
        failures: 2,
        successRate: 0.5,
        active: 2,
        ratePerSecond: 0.5,
        ratePerSecondOver5Minutes: 0.5,
        durationSeconds: {
          mean: expect.closeTo(6.055, 10),
          // rank 2 of 4 ends the bucket from 0.1 to 0.25
          p50: 0.25,
          // rank 3 ends the bucket from 2.5 to 5
          p75: 5,
          // ranks 3.6, 3.8 and 3.96 in the last bucket, from 10 to the largest value
          p90: expect.closeTo(16, 10),
          p95: expect.closeTo(18, 10),
          p99: expect.closeTo(19.6, 10),
          min: 0.02,
          max: 20,
        },
        errorsByType: { RangeError: 1, TypeError: 1 },
        memoryDelta: { mean: 2048, p50: 2048, p75: 2048, p90: 2048, p95: 2048, p99: 2048, min: 2048, max: 2048 },
      },
    ]);
  });

  it('shows an operation that has started and not ended', () => {
    expect(observed(madeScope([numbers(OPERATION_ACTIVE, [operation('import'), 1])])).operations).toEqual([
      {
        name: 'import',
        count: 0,
        failures: 0,
        active: 1,
        ratePerSecond: 0,
        ratePerSecondOver5Minutes: 0,
        errorsByType: {},
      },
    ]);
  });

  it('counts errors by type, severity and operation', () => {
    const error = (type: string, severity: string, more = {}) => ({
      'error.type': type,
      'monitor.error.severity': severity,
      ...more,
    });
    const scope = madeScope(
      [
        numbers(
          ERRORS,
          [error('RangeError', 'error', operation('import')), 3],
          [error('RangeError', 'critical', operation('parse')), 1],
          [error('_OTHER', 'warning'), 2],
        ),
      ],
      NOW / 1000 - 120,
    );
    expect(observed(scope).errors).toEqual({
      total: 6,
      ratePerMinute: 3,
      ratePerMinuteOver5Minutes: 3,
      byType: { RangeError: 4, _OTHER: 2 },
      bySeverity: { error: 3, critical: 1, warning: 2 },
      byOperation: { import: 3, parse: 1 },
    });
  });

  it('tells the use of features, workflows and caches', () => {
    const feature = { 'monitor.feature.name': 'export', 'monitor.feature.action': 'png' };
    const workflow = { 'monitor.workflow.name': 'checkout' };
    const step = (name: string) => ({ ...workflow, 'monitor.workflow.step': name });
    const cache = (result: string) => ({ 'monitor.cache.name': 'thumbnails', 'monitor.cache.result': result });
    const scope = madeScope([
      numbers(
        FEATURE_USES,
        [feature, 3],
        [{ ...feature, 'error.type': 'RangeError' }, 1],
        [{ 'monitor.feature.name': 'undo' }, 2],
      ),
      histograms(FEATURE_DURATION, [feature, [1, 2, 3, 4]]),
      numbers(WORKFLOW_STEPS, [step('cart'), 5], [step('pay'), 4]),
      histograms(WORKFLOW_DURATION, [workflow, [2, 4]], [{ ...workflow, 'error.type': 'CardError' }, [9]]),
      numbers(CACHE_REQUESTS, [cache('hit'), 30], [cache('miss'), 10]),
    ]);

    const { usage, caches } = observed(scope);
    expect(usage.features).toEqual([
      { name: 'export', action: 'png', uses: 4, failures: 1, successRate: 0.75, meanDurationSeconds: 2.5 },
      { name: 'undo', uses: 2, failures: 0, successRate: 1 },
    ]);
    expect(usage.workflows).toEqual([
      { name: 'checkout', steps: { cart: 5, pay: 4 }, completed: 2, failed: 1, meanDurationSeconds: 5 },
    ]);
    expect(caches).toEqual([{ name: 'thumbnails', hits: 30, misses: 10, hitRatio: 0.75 }]);
  });

  it('tells the values of custom collectors and what overflowed', () => {
    const scope = madeScope([
      numbers(
        { name: 'monitor.custom.queue_depth' },
        [{ 'monitor.collector.name': 'queue' }, 7],
        [{ 'monitor.collector.name': 'queue', 'monitor.worker.id': '3' }, 9],
      ),
      numbers({ name: 'monitor.custom.workers' }, [{ 'monitor.collector.name': 'queue' }, 2]),
      numbers(SERIES_OVERFLOW, [{ 'monitor.metric.name': 'monitor.errors' }, 12]),
    ]);
    const { custom, series } = observed(scope);
    expect(custom).toEqual({ queue: { queue_depth: 7, workers: 2 }, 'worker/3/queue': { queue_depth: 9 } });
    expect(series).toEqual({ overflow: [{ metric: 'monitor.errors', measurements: 12 }] });
  });

  it('passes on service, health and resources as they were given, and survives JSON', () => {
    const history = new History();
    history.observe([madeScope([histograms(OPERATION_DURATION, [operation('import'), [0.02, 0.2]])])], NOW);
    const snapshot = history.snapshot({
      ...inputs,
      service: { name: 'shop', version: '1.0.0' },
      health: { status: 'degraded', components: [{ name: 'database', status: 'degraded', message: 'slow' }] },
      resources: { process: { uptimeSeconds: 9 } },
    });
    expect(snapshot.service.version).toBe('1.0.0');
    expect(snapshot.health.components[0]?.message).toBe('slow');
    expect(snapshot.resources).toEqual({ process: { uptimeSeconds: 9 } });
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });
});

describe('the rate of an operation', () => {
  it('is that of the last minute, and over a restart of its count', () => {
    const history = new History();
    const at = (count: number, seconds: number) =>
      history.observe(
        [madeScope([histograms(OPERATION_DURATION, [operation('tick'), Array<number>(count).fill(0.01)])])],
        NOW + seconds * 1000,
      );
    for (let step = 0; step <= 12; step += 1) at(step * 20, step * 5);
    expect(history.snapshot(inputs).operations[0]?.ratePerSecond).toBe(4);
    // from the 20 of second 5 to 240, and 10 after the restart
    at(10, 65);
    expect(history.snapshot(inputs).operations[0]).toMatchObject({ count: 10, ratePerSecond: 230 / 60 });
  });
});

describe('what is odd is tolerated', () => {
  it('empty histograms, numbers that are none, values of the wrong kind', () => {
    const empty = { buckets: { boundaries: [1], counts: [0, 0] }, count: 0, sum: 0 };
    const snapshot = observed(
      madeScope([
        { name: OPERATION_DURATION.name, points: [{ attributes: operation('a'), value: empty }] },
        { name: ERRORS.name, points: [{ attributes: {}, value: Number.NaN }] },
        { name: CACHE_REQUESTS.name, points: [{ attributes: {}, value: empty }] },
        { name: FEATURE_DURATION.name, points: [{ attributes: { 'monitor.feature.name': 'b' }, value: 5 }] },
      ]),
    );
    expect(snapshot.operations).toMatchObject([{ name: 'a', count: 0, failures: 0 }]);
    expect(snapshot.operations[0]).not.toHaveProperty('durationSeconds');
    expect(snapshot.errors.total).toBe(0);
    expect(snapshot.caches).toEqual([]);
    expect(snapshot.usage.features).toEqual([]);
  });

  it('an exponential histogram has a mean and no percentiles', () => {
    const value = { count: 4, sum: 2, min: 0.1, max: 1, scale: 3, zeroCount: 0, positive: {}, negative: {} };
    const scope = madeScope([{ name: OPERATION_DURATION.name, points: [{ attributes: operation('a'), value }] }]);
    expect(observed(scope).operations[0]?.durationSeconds).toEqual({ mean: 0.5, min: 0.1, max: 1 });
  });

  it('series with other boundaries go where their upper bounds lie', () => {
    const scope = madeScope([
      histograms({ name: OPERATION_DURATION.name, boundaries: [1, 10] }, [operation('a'), [0.5, 5]]),
      histograms({ name: OPERATION_DURATION.name, boundaries: [1, 2, 20] }, [operation('a'), [0.5, 1.5, 15]]),
    ]);
    // two up to 1, two up to 10 (5 and the one that is up to 2), one beyond; rank 2.5 lies a quarter into the second
    expect(observed(scope).operations[0]).toMatchObject({ count: 5, durationSeconds: { p50: 1 + 9 / 4, max: 15 } });
  });

  it('extremes that one series does not know are not told', () => {
    const known = { buckets: { boundaries: [1], counts: [1, 1] }, count: 2, sum: 3, min: 0.5, max: 2.5 };
    const { min: _min, max: _max, ...unknown } = known;
    const points = [known, unknown].map((value) => ({ attributes: operation('a'), value }));
    expect(observed(madeScope([{ name: OPERATION_DURATION.name, points }])).operations[0]?.durationSeconds).toEqual({
      mean: 1.5,
      p50: 1,
      p75: 1,
      p90: 1,
      p95: 1,
      p99: 1,
    });
  });

  it('names like __proto__ are names', () => {
    const attributes = { 'error.type': '__proto__', 'monitor.error.severity': 'error' };
    const { byType } = observed(madeScope([numbers(ERRORS, [attributes, 2])])).errors;
    expect(Object.entries(byType)).toEqual([['__proto__', 2]]);
  });
});

describe('the bounds', () => {
  it('rows beyond the cap and the overflow series are one row, and totals stay right', () => {
    const history = new History({ maxRows: 3 });
    const points = ['a', 'b', 'c', 'd', 'e'].map((name): [Record<string, string>, number[]] => [operation(name), [1]]);
    const overflow: [Record<string, boolean>, number[]] = [{ 'otel.metric.overflow': true }, [1, 1]];
    history.observe([madeScope([histograms(OPERATION_DURATION, ...points, overflow)])], NOW);
    expect(history.snapshot(inputs).operations.map(({ name, count }) => [name, count])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 1],
      ['_OTHER', 4],
    ]);
  });

  it('a hundred thousand names make a snapshot of less than a megabyte', () => {
    const name = (kind: string, index: number) => `${kind} ${index}`;
    const many = Array.from({ length: 100_000 }, (_, index) => index);
    const scope = madeScope([
      numbers(OPERATION_ACTIVE, ...many.map((i): [Record<string, string>, number] => [operation(name('o', i)), 1])),
      numbers(ERRORS, ...many.map((i): [Record<string, string>, number] => [{ 'error.type': name('E', i) }, 1])),
      numbers(
        CACHE_REQUESTS,
        ...many.map((i): [Record<string, string>, number] => [
          { 'monitor.cache.name': name('c', i), 'monitor.cache.result': 'hit' },
          1,
        ]),
      ),
    ]);
    const snapshot = observed(scope);
    expect(JSON.stringify(snapshot).length).toBeLessThan(1_000_000);
    expect(snapshot.errors.total).toBe(100_000);
    expect(snapshot.caches.reduce((all, { hits }) => all + hits, 0)).toBe(100_000);
  });
});
