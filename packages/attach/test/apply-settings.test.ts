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

it('what is kept of errors and usage is in force for every monitor', () => {
  const fingerprint = () => 'one';
  const code = {
    errorTracking: { maxGroups: 7, samplesPerGroup: 2, breadcrumbs: 3, sourceMaps: false, fingerprint },
    sampling: { errorSampleRate: 0.5 },
    usage: { retentionDays: 31 },
    redaction: { userHashKey: '0123456789abcdef' },
  };
  const { config } = loadConfig({ env: { ERROR_RETENTION_HOURS: '24' }, code });
  applySettings(config, {});
  expect(runtimeState.errors).toEqual({
    enabled: true,
    sampleRate: 0.5,
    maxGroups: 7,
    samplesPerGroup: 2,
    retentionHours: 24,
    breadcrumbs: 3,
    sourceMaps: false,
    fingerprint,
  });
  expect(runtimeState.usage).toEqual({ enabled: true, retentionDays: 31 });
  expect(runtimeState.userHashKey).toBe('0123456789abcdef');
});

it('the defaults of the configuration are those that hold before monitoring is started', () => {
  const { errors, usage, userHashKey } = initialState();
  applySettings(loadConfig({ env: {} }).config, {});
  expect(runtimeState.errors).toEqual(errors);
  expect(runtimeState.usage).toEqual(usage);
  expect(runtimeState.userHashKey).toBe(userHashKey);
});
