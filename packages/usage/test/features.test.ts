import { metricStore } from '@otel-monitor/bound-metrics';
import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { usageQuery, usageState } from '../src/book/usage-center.js';
import { Usage } from '../src/usage.js';

const usage = new Usage({ name: 'spritepal', version: '1.4.0' });

let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

async function uses(): Promise<Record<string, number>> {
  const points = await telemetry.metric('monitor.feature.uses');
  return Object.fromEntries(
    points.map(({ attributes, ...point }) => [
      [attributes['monitor.feature.name'], attributes['monitor.feature.action'], attributes['error.type'] ?? 'ok'].join(
        '/',
      ),
      'value' in point ? point.value : Number.NaN,
    ]),
  );
}

describe('uses of a feature', () => {
  it('are counted by name and action; an action left out is `used`', async () => {
    usage.trackFeature('batch_extraction');
    usage.trackFeature('batch_extraction', 'completed');
    usage.trackFeature('batch_extraction', 'completed', {});
    usage.trackFeature('batch_extraction', '');
    usage.trackFeature('batch_extraction', null as never);
    expect(await uses()).toEqual({ 'batch_extraction/used/ok': 3, 'batch_extraction/completed/ok': 2 });
    expect(await telemetry.metric('monitor.feature.duration')).toEqual([]);
  });

  it.each([
    [{ success: true }, 'ok'],
    [{ success: false }, '_OTHER'],
    [{ success: false, error: new RangeError('x') }, 'RangeError'],
    [{ success: false, error: Object.assign(new Error('x'), { code: 'ENOSPC' }) }, 'ENOSPC'],
    [{ success: false, error: 'ENOSPC' }, 'ENOSPC'],
    [{ success: false, error: 'disk 7 is full' }, '_OTHER'],
    [{ success: false, error: null }, '_OTHER'],
    [{ error: new RangeError('x') }, 'RangeError'],
    [{ success: true, error: new RangeError('x') }, 'ok'],
    [{ success: undefined, error: undefined }, 'ok'],
  ])('%o is %s', async (use, type) => {
    usage.trackFeature('export', 'used', use as never);
    expect(await uses()).toEqual({ [`export/used/${type}`]: 1 });
  });

  it('record a duration in seconds, failed or not, in one series', async () => {
    usage.trackFeature('export', 'png', { durationSeconds: 1.5 });
    usage.trackFeature('export', 'png', { durationSeconds: 0.5, success: false });
    usage.trackFeature('export', 'png', { durationSeconds: 0 });
    expect(await telemetry.metric('monitor.feature.duration')).toMatchObject([
      {
        attributes: { 'monitor.feature.name': 'export', 'monitor.feature.action': 'png' },
        count: 3,
        sum: 2,
      },
    ]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, '1.5', 12n, {}])(
    'a duration of %s is dropped and counted, and the use counts',
    async (durationSeconds) => {
      usage.trackFeature('export', 'png', { durationSeconds: durationSeconds as number });
      expect(await uses()).toEqual({ 'export/png/ok': 1 });
      expect(await telemetry.metric('monitor.feature.duration')).toEqual([]);
      expect(metricStore.rejectedMeasurements).toBe(1);
    },
  );

  it('names that differ in where they part are two features', async () => {
    usage.trackFeature('ab', 'c');
    usage.trackFeature('a', 'bc');
    expect(await uses()).toEqual({ 'ab/c/ok': 1, 'a/bc/ok': 1 });
  });

  it('are not recorded while monitoring or usage is off', async () => {
    runtimeState.usage.enabled = false;
    usage.trackFeature('export');
    runtimeState.usage.enabled = true;
    runtimeState.enabled = false;
    usage.trackFeature('export');
    runtimeState.enabled = true;
    expect(await uses()).toEqual({});
  });

  it('secrets are taken out of names', async () => {
    runtimeState.redactor = {
      redactText: (text) => text.replace('hunter2', '***'),
      redactValue: (_key, value) => value,
    };
    usage.trackFeature('login hunter2', 'as hunter2');
    expect(await uses()).toEqual({ 'login ***/as ***/ok': 1 });
  });
});

describe('the user of a feature', () => {
  it('is counted in the book, and on no metric', async () => {
    usage.trackFeature('shared', 'used', { userId: 'somebody@example.com', durationSeconds: 2 });
    usage.trackFeature('shared', 'used', { userId: 'somebody@example.com', success: false });
    usage.trackFeature('shared', 'sent', { userId: 4711 });
    usage.trackFeature('shared', 'sent', { userId: null as never });
    expect(usageQuery().feature('shared')).toMatchObject({
      uses: 4,
      failures: 1,
      users: 2,
      durations: { count: 1, meanSeconds: 2 },
    });
    const points = await telemetry.metric('monitor.feature.uses');
    expect(points.map(({ attributes }) => Object.keys(attributes).toSorted())).toEqual([
      ['monitor.feature.action', 'monitor.feature.name'],
      ['error.type', 'monitor.feature.action', 'monitor.feature.name'],
      ['monitor.feature.action', 'monitor.feature.name'],
    ]);
    const written = JSON.stringify([...points, ...usageState().entries()]);
    expect(written).toContain('shared');
    expect(written).not.toMatch(/somebody|4711/);
  });

  it('whose id cannot be read is nobody, and the use counts', () => {
    const use = Object.defineProperty({}, 'userId', {
      get: () => {
        throw new Error('refused');
      },
    });
    usage.trackFeature('unreadable', 'used', use);
    expect(usageQuery().feature('unreadable')).toMatchObject({ uses: 1, users: 0 });
  });

  it('is not counted while usage is off', () => {
    const before = usageQuery().activeUsers().daily.users;
    runtimeState.usage.enabled = false;
    usage.trackFeature('off', 'used', { userId: 'u-off' });
    usage.trackUser('u-off');
    runtimeState.usage.enabled = true;
    expect(usageQuery().feature('off')).toBeUndefined();
    expect(usageQuery().activeUsers().daily.users).toBe(before);
    usage.trackUser('u-off');
    expect(usageQuery().activeUsers().daily.users).toBe(before + 1);
  });

  it('of another scope is counted in the same book, under the name that is shown', () => {
    runtimeState.redactor = {
      redactText: (text) => text.replace('hunter2', '***'),
      redactValue: (_key, value) => value,
    };
    usage.trackFeature('two scopes hunter2', 'used', { userId: 'u1' });
    new Usage({ name: 'other' }).trackFeature('two scopes hunter2', 'used', { userId: 'u1' });
    expect(usageQuery().feature('two scopes ***')).toMatchObject({ uses: 2, users: 1 });
  });
});

describe('a use of a feature', () => {
  it('counts for the variants that it happened under', () => {
    usage.trackFeature('upload', 'used', { variants: { 'new-uploader': 'on' } });
    usage.trackFeature('upload', 'used', { variants: { 'new-uploader': 'on' }, success: false });
    usage.trackFeature('upload', 'used', { variants: { 'new-uploader': 'off' } });
    usage.trackFeature('upload', 'used');
    expect(usageQuery().flags()).toMatchObject([
      {
        flag: 'new-uploader',
        variants: [
          { variant: 'off', features: [{ name: 'upload', uses: 1, failed: 0, successRate: 1 }] },
          { variant: 'on', features: [{ name: 'upload', uses: 2, failed: 1, successRate: 0.5 }] },
        ],
      },
    ]);
  });

  it('and a run of a workflow make the same user active once', () => {
    const before = usageQuery().activeUsers().daily.users;
    usage.startWorkflow('import', { userId: 'u-of-both' }).complete();
    usage.trackFeature('upload', 'used', { userId: 'u-of-both' });
    expect(usageQuery().activeUsers().daily.users).toBe(before + 1);
    expect(usageQuery().workflow('import')?.runs.completed).toBe(1);
    expect(usageQuery().workflows()).toHaveLength(1);
  });
});
