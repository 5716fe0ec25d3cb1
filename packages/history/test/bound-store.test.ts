import { collectStore, MetricStore } from '@otel-monitor/bound-metrics';
import { CACHE_REQUESTS, ERRORS, OPERATION_ACTIVE, OPERATION_DURATION } from '@otel-monitor/semconv';
import { expect, it } from 'vitest';
import { History } from '../src/index.js';

const inputs = { service: { name: 'shop' }, health: { status: 'healthy', components: [] }, now: 0 } as const;
const shop = { name: 'shop' };

it('reads the bound store as it is collected', () => {
  const store = new MetricStore();
  const history = new History();
  const duration = store.scope(shop).histogram(OPERATION_DURATION);
  const ok = duration.bind({ 'monitor.operation.name': 'import' });
  const failed = duration.bind({ 'monitor.operation.name': 'import', 'error.type': 'RangeError' });
  const again = store
    .scope({ name: 'cart' })
    .histogram(OPERATION_DURATION)
    .bind({ 'monitor.operation.name': 'import' });
  for (const seconds of [0.03, 0.04, 0.2]) ok.record(seconds);
  failed.record(2);
  again.record(0.04);
  store.scope(shop).sum(OPERATION_ACTIVE).bind({ 'monitor.operation.name': 'import' }).add(1);
  store.scope(shop).sum(ERRORS).bind({ 'error.type': 'RangeError', 'monitor.error.severity': 'error' }).add(1);
  store.scope(shop).sum(CACHE_REQUESTS).bind({ 'monitor.cache.name': 'pages', 'monitor.cache.result': 'hit' }).add(3);

  const at = Date.now();
  history.observe(collectStore(store), at);
  ok.record(0.03);
  history.observe(collectStore(store), at + 10_000);

  const { operations, errors, caches } = history.snapshot(inputs);
  expect(operations).toMatchObject([
    { name: 'import', count: 6, failures: 1, successRate: 5 / 6, active: 1, errorsByType: { RangeError: 1 } },
  ]);
  // ranks 3, 4.5, 5.4, 5.7 and 5.94 of 6: four up to 0.05, one up to 0.25, one up to 2.5, of which the largest is 2
  const { p50, p75, p90, p95, p99, mean, min, max } = operations[0]!.durationSeconds!;
  expect(p50).toBeCloseTo(0.025 + 0.025 * (3 / 4), 12);
  expect(p75).toBeCloseTo(0.1 + 0.15 * (1 / 2), 12);
  expect(p90).toBeCloseTo(1 + 1.5 * 0.4, 12);
  expect([p95, p99]).toEqual([2, 2]);
  expect(mean).toBeCloseTo(2.34 / 6, 12);
  expect([min, max]).toEqual([0.03, 2]);
  expect(errors).toMatchObject({ total: 1, byType: { RangeError: 1 }, bySeverity: { error: 1 }, byOperation: {} });
  expect(caches).toEqual([{ name: 'pages', hits: 3, misses: 0, hitRatio: 1 }]);
});

it('shows the overflow series of a store that has reached its cap', () => {
  const store = new MetricStore();
  store.seriesPerMetric = 2;
  const duration = store.scope(shop).histogram(OPERATION_DURATION);
  for (const name of ['a', 'b', 'c', 'd']) duration.bind({ 'monitor.operation.name': name }).record(1);
  const history = new History();
  history.observe(collectStore(store), Date.now());

  const { operations, series } = history.snapshot(inputs);
  expect(operations.map(({ name, count }) => [name, count])).toEqual([
    ['a', 1],
    ['b', 1],
    ['_OTHER', 2],
  ]);
  expect(series.overflow).toEqual([{ metric: 'monitor.operation.duration', measurements: 2 }]);
});

it('goes on after the store was reset', () => {
  const store = new MetricStore();
  const history = new History();
  const handle = store.scope(shop).histogram(OPERATION_DURATION).bind({ 'monitor.operation.name': 'import' });
  for (let time = 0; time < 10; time += 1) handle.record(1);
  const at = Date.now() + 1000;
  history.observe(collectStore(store), at);
  store.reset();
  history.observe(collectStore(store), at + 5000);
  expect(history.snapshot(inputs).operations).toEqual([]);
  for (let time = 0; time < 6; time += 1) handle.record(1);
  history.observe(collectStore(store), at + 65_000);
  expect(history.snapshot(inputs).operations).toMatchObject([{ count: 6, ratePerSecond: 0.1 }]);
});
