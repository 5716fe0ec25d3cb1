import { metricStore } from '@otel-monitor/bound-metrics';
import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
