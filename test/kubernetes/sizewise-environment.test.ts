import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '@otel-monitor/config';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { repositoryRoot } from '../../scripts/repository.mjs';

const manifest = 'kubernetes/base/application/monitoring-environment.yaml';
const read = (file: string) => readFileSync(join(repositoryRoot, file), 'utf8');
const environment: Record<string, string> = parse(read(manifest)).data;

/** Each name of SizeWise's documentation: another value than the manifest's, and the one setting that it changes. */
const names: Record<string, { other: string; setting: string; from: unknown; to: unknown; pending?: RegExp }> = {
  METRICS_COLLECTION_ENABLED: { other: 'false', setting: 'metrics.enabled', from: true, to: false },
  METRICS_COLLECTION_INTERVAL: { other: '5', setting: 'metricExportIntervalMillis', from: 30_000, to: 5_000 },
  ERROR_TRACKING_ENABLED: { other: 'false', setting: 'errorTracking.enabled', from: true, to: false },
  PERFORMANCE_DASHBOARD_ENABLED: {
    ...{ other: 'false', setting: 'dashboard.enabled', from: true, to: false },
    pending: /^the web dashboard is configured but not served/,
  },
  HEALTH_MONITORING_ENABLED: { other: 'false', setting: 'health.enabled', from: true, to: false },
  ALERT_COOLDOWN_MINUTES: {
    ...{ other: '30', setting: 'alerts.cooldownMinutes', from: 15, to: 30 },
    pending: /^alerts are configured but not evaluated/,
  },
  ALERT_WEBHOOK_URL: {
    ...{ other: 'https://hooks.example.com/x', setting: 'alerts.webhookUrl', from: undefined },
    ...{ to: 'https://hooks.example.com/x', pending: /^alerts are configured but not evaluated/ },
  },
  ALERT_SLACK_CHANNEL: {
    ...{ other: '#others', setting: 'alerts.slackChannel', from: '#sizewise-alerts', to: '#others' },
    pending: /^alerts are configured but not evaluated/,
  },
  METRICS_RETENTION_HOURS: {
    ...{ other: '24', setting: 'retention.metricsHours', from: 168, to: 24 },
    pending: /^retention of metrics and health results is configured but not applied/,
  },
  ERROR_RETENTION_HOURS: { other: '24', setting: 'retention.errorHours', from: 168, to: 24 },
  HEALTH_RETENTION_HOURS: {
    ...{ other: '24', setting: 'retention.healthHours', from: 168, to: 24 },
    pending: /^retention of metrics and health results is configured but not applied/,
  },
};

const valueAt = (config: object, path: string) =>
  path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], config);
const settingsOf = (env: Record<string, string>) => {
  const { config, warnings } = loadConfig({ env });
  const read = Object.fromEntries(Object.values(names).map(({ setting }) => [setting, valueAt(config, setting)]));
  return { read, warnings };
};

describe("SizeWise's environment", () => {
  it('is in the ConfigMap name by name, and in the guide', () => {
    expect(Object.keys(environment).sort()).toEqual(Object.keys(names).sort());
    const section = read('docs/kubernetes.md').split('## The environment of SizeWise')[1]?.split('\n## ')[0] ?? '';
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    const listed = rows.flatMap((row) => {
      const [, first = '', , effect = ''] = row.split('|');
      return [...first.matchAll(/`(\w+)`/g)].map(([, name]) => [name, effect.includes('not yet')]);
    });
    expect(Object.fromEntries(listed)).toEqual(
      Object.fromEntries(Object.entries(names).map(([name, { pending }]) => [name, pending !== undefined])),
    );
  });

  it('is read whole, and says of what is not there yet that it is not', () => {
    const { read, warnings } = settingsOf(environment);
    expect(read).toEqual(Object.fromEntries(Object.values(names).map(({ setting, from }) => [setting, from])));
    const pending = Object.values(names).flatMap((each) => each.pending ?? []);
    expect(warnings.filter((warning) => !pending.some((pattern) => pattern.test(warning)))).toEqual([]);
    for (const pattern of pending) expect(warnings.filter((warning) => pattern.test(warning))).toHaveLength(1);
  });

  it.each(Object.entries(names))('%s changes its setting and no other', (name, { other, setting, to }) => {
    const before = settingsOf(environment).read;
    expect(settingsOf({ ...environment, [name]: other }).read).toEqual({ ...before, [setting]: to });
  });
});
