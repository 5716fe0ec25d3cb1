import { initialState, runtimeState } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectStore, type HistogramPoint } from '../src/collect-store.js';
import { MetricStore } from '../src/metric-store.js';
import { spanIds } from '../src/span-ids.js';

const DURATION = {
  name: 'h',
  kind: 'histogram',
  unit: 's',
  description: 'H.',
  attributes: [],
  boundaries: [1, 2],
} as const;
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

const histogramOf = (store: MetricStore) => store.scope({ name: 'test' }).histogram(DURATION).bind();

beforeEach(() => {
  Object.assign(runtimeState, initialState(), { metrics: 'own' });
});
afterEach(() => {
  Object.assign(runtimeState, initialState());
});

describe('exemplars', () => {
  it('are the last measurement of a sampled span in each bucket', () => {
    const series = histogramOf(new MetricStore());
    const first = spanIds(TRACE, SPAN);
    const second = spanIds('00000000000000000000000000000001', '000000000000000f');
    series.record(0.5, first, 1_700_000_000_000);
    series.record(0.75, second, 1_700_000_000_500);
    series.record(0.8);
    series.record(3, first, 1_700_000_001_000);
    expect(series.exemplars?.values).toEqual(new Float64Array([0.75, 0, 3]));
    expect(series.exemplars?.timesMillis).toEqual(new Float64Array([1_700_000_000_500, 0, 1_700_000_001_000]));
    expect([...(series.exemplars?.ids ?? [])].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')).toBe(
      `${'0'.repeat(31)}1${'0'.repeat(15)}f${'0'.repeat(48)}${TRACE}${SPAN}`,
    );
  });

  it('have the time of the clock when none is given', () => {
    const series = histogramOf(new MetricStore());
    const before = Date.now();
    series.record(1, spanIds(TRACE, SPAN));
    expect(series.exemplars?.timesMillis[0]).toBeGreaterThanOrEqual(before);
    expect(series.exemplars?.timesMillis[0]).toBeLessThanOrEqual(Date.now());
  });

  it('take no memory until there is one, and none where the store is told so', () => {
    const store = new MetricStore();
    const series = histogramOf(store);
    series.record(1);
    expect(series.exemplars).toBeUndefined();
    store.exemplars = false;
    series.record(1, spanIds(TRACE, SPAN));
    expect(series.exemplars).toBeUndefined();
    expect(series.count).toBe(2);
    store.exemplars = true;
    series.record(1, spanIds(TRACE, SPAN));
    expect(series.exemplars).toBeDefined();
    series.reset();
    expect(series.exemplars).toBeUndefined();
  });

  it('of a measurement that is none are not kept', () => {
    const series = histogramOf(new MetricStore());
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1]) series.record(value, spanIds(TRACE, SPAN));
    expect(series.exemplars).toBeUndefined();
  });

  it('stand beside the cumulative point', () => {
    const store = new MetricStore();
    const series = histogramOf(store);
    series.record(0.5, spanIds(TRACE, SPAN), 5);
    const point = collectStore(store)[0]?.metrics[0]?.dataPoints[0] as HistogramPoint;
    expect(point.exemplars).toBe(series.exemplars);
    expect(Object.keys(point.value)).toEqual(['buckets', 'sum', 'count', 'min', 'max']);
  });
});

describe('spanIds', () => {
  it('gives the words of any ids', () => {
    const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 6, maxLength: 6 }), (words) => {
        const [a, b, c, d, e, f] = words.map((each) => (each >>> 0).toString(16).padStart(8, '0'));
        const ids = spanIds(`${a}${b}${c}${d}`, `${e}${f}`);
        const isValid = words.slice(0, 4).some((each) => each !== 0) && words.slice(4).some((each) => each !== 0);
        expect(ids === undefined ? undefined : Object.values(ids)).toEqual(isValid ? words : undefined);
      }),
    );
  });

  it.each([
    ['', SPAN],
    [TRACE, ''],
    ['0'.repeat(32), SPAN],
    [TRACE, '0'.repeat(16)],
    [`${TRACE}0`, SPAN],
    [`${TRACE.slice(1)}g`, SPAN],
    [TRACE, ` ${SPAN.slice(1)}`],
    [undefined, SPAN],
    [TRACE, 5],
    [null, {}],
  ])('gives none for %s and %s', (traceId, spanId) => {
    expect(spanIds(traceId as never, spanId as never)).toBeUndefined();
  });
});
