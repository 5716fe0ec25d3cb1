import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMonitor } from '@otel-monitor/monitor';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogueApp } from '../../src/catalogue/app.js';
import { Catalogue } from '../../src/catalogue/catalogue.js';
import { ExpiringCache } from '../../src/catalogue/expiring-cache.js';
import { equivalentDiameterM, type RectangularDuct } from '../../src/hvac/duct-size.js';

const data = fileURLToPath(new URL('../../data', import.meta.url));

describe('the expiring cache', () => {
  it('keeps an entry for its life', () => {
    let now = 0;
    const cache = new ExpiringCache<number>(10, 100, () => now);
    cache.set('a', 1);
    now = 99;
    expect(cache.get('a')).toBe(1);
    now = 100;
    expect(cache.get('a')).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it('keeps so many: the entry that was written first makes room', () => {
    const cache = new ExpiringCache<number>(2, 100, () => 0);
    for (const key of ['a', 'b', 'a', 'c']) cache.set(key, 1);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 1]);
  });
});

describe('the catalogue', () => {
  let recorded: Telemetry;
  let folder: string;
  beforeEach(() => {
    recorded = recordTelemetry();
    folder = mkdtempSync(join(tmpdir(), 'otel-monitor-catalogue-'));
  });
  afterEach(() => {
    recorded.stop();
    rmSync(folder, { recursive: true });
  });

  const ask = async (path: string, from = data) => {
    const monitor = createMonitor({ name: 'catalogue' });
    const response = await catalogueApp(new Catalogue(monitor, from), monitor).request(path);
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  };
  const requests = async () => {
    const points = await recorded.metric('monitor.cache.requests');
    return Object.fromEntries(
      points.map((point) => [point.attributes['monitor.cache.result'], 'value' in point && point.value]),
    );
  };

  it('tells the roughness of a material, the loss of a fitting and the sizes of a shape', async () => {
    expect(await ask('/materials/galvanized_steel')).toMatchObject({ status: 200, answer: { roughnessM: 0.00009 } });
    expect(await ask('/fittings/elbow_90')).toMatchObject({ status: 200, answer: { lossCoefficient: 0.25 } });
    const { sizes } = (await ask('/ducts/round/sizes')).answer as { sizes: { diameterM: number }[] };
    expect(sizes.map(({ diameterM }) => Math.round(diameterM * 1000))).toEqual([
      63, 80, 100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250,
    ]);
  });

  it('offers rectangles that are no flatter than one to four', async () => {
    const { sizes } = (await ask('/ducts/rectangular/sizes')).answer as { sizes: RectangularDuct[] };
    expect(sizes.length).toBeGreaterThan(30);
    for (const size of sizes) {
      expect(size.widthM / size.heightM).toBeLessThanOrEqual(4);
      expect(equivalentDiameterM(size)).toBeGreaterThan(0.1);
    }
  });

  it.each([
    ['/materials/papier_mache', 'unknown_material'],
    ['/ducts/oval/sizes', 'unknown_shape'],
    ['/fittings/constructor', 'unknown_fitting'],
    ['/nothing', 'not_found'],
  ])('answers %s with 404 %s', async (path, code) => {
    expect(await ask(path)).toMatchObject({ status: 404, answer: { error: { code } } });
    expect(recorded.logs()).toEqual([]);
  });

  it('reads a file once while the item is kept, and counts hits and misses', async () => {
    const monitor = createMonitor({ name: 'catalogue' });
    const catalogue = new Catalogue(monitor, data);
    for (let index = 0; index < 5; index += 1) await catalogue.find('materials', 'pvc');
    expect(await requests()).toEqual({ hit: 4, miss: 1 });
    expect(recorded.spans().map(({ name }) => name)).toEqual(['catalogue_reading']);
  });

  it('does not keep what is not there', async () => {
    const catalogue = new Catalogue(createMonitor({ name: 'catalogue' }), data);
    for (let index = 0; index < 3; index += 1) {
      await expect(catalogue.find('materials', 'glass')).rejects.toMatchObject({ status: 404 });
    }
    expect(await requests()).toEqual({ miss: 3 });
  });

  it('shows an edited file when the life of what it kept is over', async () => {
    let now = 0;
    const write = (roughnessM: number) =>
      writeFileSync(join(folder, 'materials.json'), JSON.stringify({ brick: { roughnessM } }));
    const kept = new ExpiringCache<unknown>(10, 1_000, () => now);
    const catalogue = new Catalogue(createMonitor({ name: 'catalogue' }), folder, kept);
    write(0.004);
    await catalogue.find('materials', 'brick');
    write(0.005);
    expect(await catalogue.find('materials', 'brick')).toEqual({ roughnessM: 0.004 });
    now = 1_000;
    expect(await catalogue.find('materials', 'brick')).toEqual({ roughnessM: 0.005 });
  });

  it('fails with 500 and the id of a recorded error when its file cannot be read', async () => {
    const { status, answer } = await ask('/materials/pvc', folder);
    expect(status).toBe(500);
    expect(answer.error).toMatchObject({ code: 'internal', message: 'the service failed' });
    expect((answer.error as { id: string }).id).toMatch(/^[0-9a-f]{32}$/);
    expect((await recorded.metric('monitor.errors')).map(({ attributes }) => attributes['error.type'])).toEqual([
      'ENOENT',
    ]);
  });
});
