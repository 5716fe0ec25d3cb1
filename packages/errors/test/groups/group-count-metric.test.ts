import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { errorGroups } from '../../src/groups/error-groups.js';
import { DAY, madeOccurrence, START } from '../made-occurrence.js';

let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

async function counts(): Promise<Record<string, number>> {
  const points = await telemetry.metric('monitor.error.group.count');
  return Object.fromEntries(
    points.map((point) => [String(point.attributes['monitor.error.severity']), 'value' in point ? point.value : NaN]),
  );
}

it('monitor.error.group.count is right after a new severity, a merge, an eviction and an expiry', async () => {
  const add = (groupId: string, severity: 'warning' | 'error' | 'critical') =>
    errorGroups.add(madeOccurrence({ groupId, severity }));
  add('a', 'warning');
  add('b', 'warning');
  add('c', 'error');
  expect(await counts()).toMatchObject({ warning: 2, error: 1 });
  add('a', 'critical');
  add('b', 'warning');
  expect(await counts()).toMatchObject({ warning: 1, error: 1, critical: 1 });
  errorGroups.merge('b', 'c');
  expect(await counts()).toMatchObject({ warning: 0, error: 1, critical: 1 });
  runtimeState.errors.maxGroups = 1;
  add('d', 'warning');
  expect(await counts()).toMatchObject({ warning: 1, error: 0, critical: 0 });
  errorGroups.expire(START + 8 * DAY);
  expect(await counts()).toMatchObject({ warning: 0, error: 0, critical: 0 });
  expect(Object.keys(await counts()).sort()).toEqual(['critical', 'error', 'warning']);
});
