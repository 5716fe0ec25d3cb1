import { redirectReports } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundMeter } from '../src/bound-meter.js';
import { collectStore } from '../src/collect-store.js';
import { MetricStore } from '../src/metric-store.js';
import { recordForStoreAlone } from './own-store.js';

recordForStoreAlone();

let lines: string[];
let restore: () => void;
beforeEach(() => {
  lines = [];
  restore = redirectReports((line) => lines.push(line));
});
afterEach(() => restore());

describe('a meter', () => {
  it('makes instruments by name, with unit, description and buckets', () => {
    const store = new MetricStore();
    const meter = boundMeter({ name: 'shop', version: '1.2.0' }, store);
    meter.createCounter('shop.requests', { unit: '{request}', description: 'Requests.' }).bind({ route: '/' }).add(1);
    meter.createUpDownCounter('shop.open').bind().add(-1);
    meter
      .createHistogram('shop.size', { unit: 'By', boundaries: [1024, 1, 1024, Number.NaN] })
      .bind()
      .record(5);
    meter.createExponentialHistogram('shop.weight', { maxSize: 2, maxScale: 3 }).bind().record(1);
    const [{ scope, metrics } = { scope: undefined, metrics: [] }] = collectStore(store);
    expect(scope).toEqual({ name: 'shop', version: '1.2.0' });
    expect(
      metrics.map(({ descriptor: { name, unit, description }, dataPointType, dataPoints, ...rest }) => [
        name,
        unit,
        description,
        dataPointType,
        'isMonotonic' in rest ? rest.isMonotonic : undefined,
        dataPoints[0]?.value,
      ]),
    ).toEqual([
      ['shop.requests', '{request}', 'Requests.', 3, true, 1],
      ['shop.open', '', '', 3, false, -1],
      [
        'shop.size',
        'By',
        '',
        0,
        undefined,
        { buckets: { boundaries: [1, 1024], counts: [0, 1, 0] }, sum: 5, count: 1, min: 5, max: 5 },
      ],
      [
        'shop.weight',
        '',
        '',
        1,
        undefined,
        {
          sum: 1,
          count: 1,
          zeroCount: 0,
          min: 1,
          max: 1,
          scale: 3,
          positive: { offset: -1, bucketCounts: [1] },
          negative: { offset: 0, bucketCounts: [] },
        },
      ],
    ]);
  });

  it('gives the same instrument for the same name', () => {
    const store = new MetricStore();
    const make = () => boundMeter({ name: 'shop' }, store).createCounter('requests', { unit: '1' });
    expect(make()).toBe(make());
    expect(boundMeter({ name: 'other' }, store).createCounter('requests')).not.toBe(make());
  });

  it('has buckets for seconds where the unit is s, and the milliseconds of the specification elsewhere', () => {
    const meter = boundMeter({ name: 'shop' }, new MetricStore());
    expect(meter.createHistogram('a', { unit: 's' }).bind().boundaries).toEqual([
      0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]);
    expect(meter.createHistogram('b').bind().boundaries).toEqual([
      0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000,
    ]);
    expect(meter.createHistogram('c', { boundaries: [] }).bind().boundaries).toEqual([]);
  });

  it.each(['', ' ', '1st', 'a b', 'ä', 'x'.repeat(256), 5, null, undefined, {}, Symbol('x')])(
    'takes the name %s without harm, and says that nobody sees it',
    (name) => {
      const store = new MetricStore();
      const meter = boundMeter({ name: 'shop' }, store);
      meter
        .createCounter(name as never, null as never)
        .bind()
        .add(1);
      meter
        .createHistogram(name as never, null as never)
        .bind()
        .record(1);
      meter
        .createExponentialHistogram(name as never, null as never)
        .bind()
        .record(1);
      expect(collectStore(store)).toEqual([]);
      expect(store.rejectedMeasurements).toBe(3);
      expect(lines).toEqual([expect.stringMatching(/is no name for a metric: nobody sees what is recorded on it\n$/)]);
    },
  );

  it('takes a scope of any kind', () => {
    const store = new MetricStore();
    for (const scope of [undefined, null, 5, 'x', {}, { name: 5, version: {} }]) {
      boundMeter(scope as never, store)
        .createCounter('c')
        .bind()
        .add(1);
    }
    expect(collectStore(store).map(({ scope }) => scope)).toEqual([{ name: '' }]);
    expect(collectStore(store)[0]?.metrics[0]?.dataPoints[0]?.value).toBe(6);
  });

  it('takes options of any kind', () => {
    const store = new MetricStore();
    const meter = boundMeter({ name: 'shop' }, store);
    for (const [index, wrong] of [5, 'x', null, [], {}, 1e9].entries()) {
      const options = { unit: wrong, description: wrong, boundaries: wrong, maxSize: wrong, maxScale: wrong } as never;
      meter.createHistogram(`h${index}`, options).bind().record(1);
      meter.createExponentialHistogram(`e${index}`, options).bind().record(1);
    }
    expect(collectStore(store)[0]?.metrics).toHaveLength(12);
  });
});
