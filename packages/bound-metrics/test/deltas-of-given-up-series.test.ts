import { describe, expect, it } from 'vitest';
import { collectStore } from '../src/collect-store.js';
import { MetricDeltas } from '../src/metric-deltas.js';
import { MetricStore } from '../src/metric-store.js';
import { COUNTER, pointsOf, SCOPE } from './definitions.js';
import { recordForStoreAlone } from './own-store.js';

recordForStoreAlone();

const values = (made: ReturnType<MetricDeltas['since']>) =>
  pointsOf(made.scopeMetrics, 'counter').map(({ value }) => value);

describe('deltas of series that are given up', () => {
  it('hold their last values once, and those of their successors', () => {
    const store = new MetricStore();
    const deltas = new MetricDeltas(store);
    const counter = store.scope(SCOPE).sum(COUNTER);
    const first = counter.bind({ a: 1 });
    first.add(5);
    deltas.since(collectStore(store)).commit();
    first.add(2);
    first.unbind();
    const second = counter.bind({ a: 1 });
    second.add(3);
    second.unbind();
    counter.bind({ a: 1 }).add(100);
    counter.bind({ never: 'used' }).unbind();
    expect(values(deltas.since(collectStore(store)))).toEqual([2, 3, 100]);
    const again = deltas.since(collectStore(store));
    expect(values(again)).toEqual([2, 3, 100]);
    again.commit();
    expect(deltas.since(collectStore(store)).scopeMetrics).toEqual([]);
    counter.bind({ a: 1 }).add(1);
    expect(values(deltas.since(collectStore(store)))).toEqual([1]);
  });

  it('are forgotten once they are reported, and are of no more than 2000 series at a time', () => {
    const store = new MetricStore();
    store.seriesPerMetric = 3000;
    const deltas = new MetricDeltas(store);
    const counter = store.scope(SCOPE).sum(COUNTER);
    for (let id = 0; id < 2100; id += 1) {
      const series = counter.bind({ id });
      series.add(1);
      series.unbind();
    }
    expect(store.rejectedMeasurements).toBe(100);
    const { scopeMetrics, commit } = deltas.since(collectStore(store));
    expect(pointsOf(scopeMetrics, 'counter')).toHaveLength(2000);
    commit();
    expect(deltas.size).toBe(0);
    deltas.close();
    const late = counter.bind({ late: true });
    late.add(1);
    late.unbind();
    expect(deltas.size).toBe(0);
  });

  it('leave out of the last word what was under way before it', () => {
    const store = new MetricStore();
    const deltas = new MetricDeltas(store);
    const series = store.scope(SCOPE).sum(COUNTER).bind();
    series.add(10);
    const underWay = deltas.since(collectStore(store));
    series.add(2);
    series.unbind();
    underWay.commit();
    const last = deltas.since(collectStore(store));
    expect(values(last)).toEqual([2]);
    last.commit();
    expect(deltas.size).toBe(0);
  });
});
