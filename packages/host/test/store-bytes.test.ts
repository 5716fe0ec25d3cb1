import { MetricStore } from '@otel-monitor/bound-metrics';
import { ERRORS, OPERATION_DURATION, SYSTEM_UPTIME } from '@otel-monitor/semconv';
import { expect, it } from 'vitest';
import { storeBytes } from '../src/store-bytes.js';

it('adds up the series of a store by their kind', () => {
  const store = new MetricStore();
  expect(storeBytes(store)).toBe(0);
  const instruments = store.scope({ name: 'test' });
  instruments.value(SYSTEM_UPTIME).bind().set(1);
  const errors = instruments.sum(ERRORS);
  errors.bind({ 'error.type': 'A' }).add(1);
  errors.bind({ 'error.type': 'B' }).add(1);
  expect(storeBytes(store)).toBe(3 * 400);
  instruments.histogram(OPERATION_DURATION).bind().record(1);
  expect(storeBytes(store)).toBe(4 * 400 + 270 + 15 * 8);
});
