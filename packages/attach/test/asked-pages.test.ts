import { context, trace } from '@opentelemetry/api';
import { metricStore } from '@otel-monitor/bound-metrics';
import { loadConfig } from '@otel-monitor/config';
import { errorGroups } from '@otel-monitor/errors';
import { initialState, redirectReports, runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { attach } from '../src/attach.js';
import type { Monitoring } from '../src/monitoring.js';

const tokens = { viewer: 'token-of-a-viewer', operator: 'token-of-an-operator' };
let restore: () => void;
let running: Monitoring;

beforeEach(async () => {
  restore = redirectReports(() => {});
  errorGroups.clear();
  const { config } = loadConfig({
    code: { server: { port: 0, tokens }, host: { enabled: false }, state: { enabled: false } },
    env: {},
  });
  running = await attach(config);
});

afterEach(async () => {
  await running.shutdown();
  restore();
  trace.disable();
  context.disable();
  metricStore.reset();
  errorGroups.clear();
  Object.assign(runtimeState, initialState());
});

async function page(path: string, token: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(running.url + path, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

it('the groups of errors are on their pages, for operators', async () => {
  const id = running.monitor.captureError(new RangeError('tile 12 out of range'), { severity: 'critical' });
  const [group] = running.monitor.errors.groups();
  expect((await page('/errors/summary', tokens.operator)).body).toMatchObject({ errors: 1 });
  const listed = await page('/errors/groups?severity=critical&since=2020-01-01&limit=1', tokens.operator);
  expect(listed.body.groups).toMatchObject([{ id: group?.id, errorType: 'RangeError', count: 1 }]);
  expect((await page('/errors/groups?severity=info', tokens.operator)).body.groups).toEqual([]);
  for (const either of [id, group?.id]) {
    const whole = await page(`/errors/${either}`, tokens.operator);
    expect(whole.body).toMatchObject({ id: group?.id, samples: [{ id, message: 'tile 12 out of range' }] });
  }
  expect((await page('/errors/summary', tokens.viewer)).status).toBe(403);
});

it('what is used is on its pages, for viewers', async () => {
  const { monitor } = running;
  monitor.trackFeature('batch_extraction', 'completed', { success: true, durationSeconds: 1.5 });
  const workflow = monitor.startWorkflow('import');
  workflow.step('upload');
  workflow.complete();
  const answers = async (path: string) => (await page(path, tokens.viewer)).body;
  expect(await answers('/usage')).toMatchObject({ today: { uses: 1, failures: 0 } });
  expect((await answers('/usage/features?sort=uses')).features).toMatchObject([{ name: 'batch_extraction', uses: 1 }]);
  expect(await answers('/usage/features/batch_extraction')).toMatchObject({
    actions: [{ action: 'completed', uses: 1 }],
  });
  expect((await answers('/usage/workflows?days=7')).workflows).toMatchObject([
    { name: 'import', runs: { started: 1 } },
  ]);
  expect(await answers('/usage/workflows/import')).toMatchObject({ name: 'import' });
  expect((await answers('/usage/users?days=2')).days).toHaveLength(2);
  expect((await answers('/usage/flags')).flags).toEqual([]);
  expect((await page('/usage/features/nothing', tokens.viewer)).status).toBe(404);
});
