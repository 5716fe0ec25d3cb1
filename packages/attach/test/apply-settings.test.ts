import { metricStore } from '@otel-monitor/bound-metrics';
import { loadConfig } from '@otel-monitor/config';
import { initialState, runtimeState } from '@otel-monitor/runtime';
import { afterEach, expect, it } from 'vitest';
import { applySettings } from '../src/apply-settings.js';

afterEach(() => {
  Object.assign(runtimeState, initialState());
  metricStore.exemplars = true;
});

it.each([
  ['', true],
  ['trace_based', true],
  ['always_on', true],
  ['always_off', false],
])('with the exemplar filter "%s" histograms keep exemplars: %s', (filter, kept) => {
  metricStore.exemplars = !kept;
  applySettings(loadConfig({ env: { OTEL_METRICS_EXEMPLAR_FILTER: filter } }).config, {});
  expect(metricStore.exemplars).toBe(kept);
});
