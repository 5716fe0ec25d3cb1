import { metricStore } from '@otel-monitor/bound-metrics';
import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Usage } from '../src/usage.js';

let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

const requests = async () =>
  (await telemetry.metric('monitor.cache.requests')).map(({ attributes, ...point }) => [
    attributes['monitor.cache.name'],
    attributes['monitor.cache.result'],
    'value' in point ? point.value : Number.NaN,
  ]);

describe('a cache', () => {
  it('counts hits and misses, by whichever handle and however it is called', async () => {
    const usage = new Usage({ name: 'spritepal' });
    const { hit, miss } = usage.cache('thumbnails');
    hit();
    usage.cache('thumbnails').hit();
    new Usage({ name: 'spritepal' }).cache('thumbnails').hit();
    miss();
    usage.cache('tiles').miss();
    expect(await requests()).toEqual([
      ['thumbnails', 'hit', 3],
      ['thumbnails', 'miss', 1],
      ['tiles', 'miss', 1],
    ]);
  });

  it('is the same object for the same name', () => {
    const usage = new Usage({ name: 'spritepal' });
    expect(usage.cache('thumbnails')).toBe(usage.cache('thumbnails'));
    expect(usage.cache('thumbnails')).not.toBe(usage.cache('tiles'));
  });

  it('does not count while monitoring or usage is off, whenever it was made', async () => {
    const cache = new Usage({ name: 'spritepal' }).cache('thumbnails');
    runtimeState.usage.enabled = false;
    cache.hit();
    runtimeState.usage.enabled = true;
    runtimeState.enabled = false;
    cache.miss();
    runtimeState.enabled = true;
    expect(await requests()).toEqual([]);
  });

  it('names without bound are counted in full: beyond the cap in the overflow series', async () => {
    const scope = { name: 'many caches' };
    const usage = new Usage(scope);
    const cap = metricStore.seriesPerMetric;
    metricStore.seriesPerMetric = 10;
    try {
      for (let round = 0; round < 2; round += 1) {
        for (let i = 0; i < 3000; i += 1) usage.cache(`cache ${i}`).hit();
      }
    } finally {
      metricStore.seriesPerMetric = cap;
    }
    const counted = await requests();
    expect(counted.reduce((sum, [, , value]) => sum + (value as number), 0)).toBe(6000);
    // five caches have both their series within the cap, the sixth none
    expect(counted.at(-1)).toEqual([undefined, undefined, 6000 - 2 * 5]);
    // the first thousand names are kept, those beyond are made at each call
    expect(usage.cache('cache 999')).toBe(usage.cache('cache 999'));
    expect(usage.cache('cache 1000')).not.toBe(usage.cache('cache 1000'));
  });
});
