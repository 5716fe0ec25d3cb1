import { runtimeState } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectStore } from '../src/collect-store.js';
import { MetricStore } from '../src/metric-store.js';
import { COUNTER, EXPONENTIAL, GAUGE, HISTOGRAM, pointsOf, SCOPE } from './definitions.js';
import { recordForStoreAlone } from './own-store.js';

recordForStoreAlone();

const counterOf = (store: MetricStore) => store.scope(SCOPE).sum(COUNTER);
const shown = (store: MetricStore, name = 'counter') =>
  pointsOf(collectStore(store), name).map(({ attributes, value }) => [attributes, value]);

describe('attributes at bind', () => {
  it.each([
    ['text', 'a', 'a'],
    ['long text', 'z'.repeat(1_000_000), 'z'.repeat(256)],
    ['empty text', '', ''],
    ['a number', 1.5, 1.5],
    ['NaN', Number.NaN, 'NaN'],
    ['an infinity', Number.NEGATIVE_INFINITY, '-Infinity'],
    ['a boolean', false, false],
    ['a BigInt', 10n, '10'],
    ['a list of text', ['a', 'z'.repeat(300)], ['a', 'z'.repeat(256)]],
    ['a list of numbers', [1, 2], [1, 2]],
    [
      'a long list',
      Array.from({ length: 100_000 }, (_, index) => index),
      Array.from({ length: 32 }, (_, index) => index),
    ],
  ])('%s is kept as it should be', (_, given, kept) => {
    const series = counterOf(new MetricStore()).bind({ key: given as never });
    expect(series.attributes).toEqual({ key: kept });
    expect(Object.isFrozen(series.attributes)).toBe(true);
    expect(runtimeState.droppedAttributes).toBe(0);
  });

  it.each([
    ['a symbol', { key: Symbol('x') }],
    ['a function', { key: () => 1 }],
    ['an object', { key: { a: 1 } }],
    ['a date', { key: new Date(0) }],
    ['a list of several kinds', { key: [1, 'a'] }],
    ['a list of objects', { key: [{}] }],
    ['an empty name', { '': 'x' }],
    ['a name of a megabyte', { ['k'.repeat(1_000_000)]: 'x' }],
    ['__proto__', JSON.parse('{"__proto__": "x"}')],
    [
      'a getter that throws',
      {
        get key() {
          throw new Error('no');
        },
      },
    ],
    [
      'a list that cannot be read',
      {
        key: new Proxy([], {
          get: () => {
            throw new Error('no');
          },
        }),
      },
    ],
    [
      'a proxy without keys',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
    ],
  ])('%s is left out and counted', (_, attributes) => {
    const counter = counterOf(new MetricStore());
    expect(counter.bind(attributes as never)).toBe(counter.bind());
    expect(runtimeState.droppedAttributes).toBe(1);
  });

  it('nothing is no attribute, and not counted', () => {
    const counter = counterOf(new MetricStore());
    expect(counter.bind({ a: undefined, b: null as never })).toBe(counter.bind());
    expect(counter.bind(null as never)).toBe(counter.bind());
    expect(counter.bind(5 as never)).toBe(counter.bind());
    expect(runtimeState.droppedAttributes).toBe(0);
  });

  it('those beyond 32 are left out and counted', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key ${index}`, index]));
    expect(Object.keys(counterOf(new MetricStore()).bind(many).attributes)).toEqual(Object.keys(many).slice(0, 32));
    expect(runtimeState.droppedAttributes).toBe(8);
  });

  it('equal ones in any order give the same handle, different ones never', () => {
    const counter = counterOf(new MetricStore());
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }));
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), value), (attributes) => {
        const shuffled = Object.fromEntries(Object.entries(attributes).reverse());
        expect(counter.bind(shuffled)).toBe(counter.bind(attributes));
      }),
    );
    expect(counter.bind({ a: 1 })).not.toBe(counter.bind({ a: '1' }));
    expect(counter.bind({ a: 'b,c' })).not.toBe(counter.bind({ a: ['b', 'c'] }));
    expect(counter.bind({ ab: 'c' })).not.toBe(counter.bind({ a: 'bc' }));
  });

  it('an unbound call is the same series', () => {
    const store = new MetricStore();
    const counter = counterOf(store);
    counter.bind({ a: 'x' }).add(2);
    counter.add(3, { a: 'x' });
    const histogram = store.scope(SCOPE).histogram(HISTOGRAM);
    histogram.bind({ a: 'x' }).record(0.5);
    histogram.record(5, { a: 'x' });
    const exponential = store.scope(SCOPE).exponentialHistogram(EXPONENTIAL);
    exponential.bind().record(1);
    exponential.record(2);
    expect(shown(store)).toEqual([[{ a: 'x' }, 5]]);
    expect(histogram.bind({ a: 'x' })).toMatchObject({ count: 2, sum: 5.5 });
    expect(exponential.bind()).toMatchObject({ count: 2, sum: 3 });
  });
});

describe('a handle that was given up', () => {
  it('is not collected, and what is recorded on it is dropped and counted', () => {
    const store = new MetricStore();
    const instruments = store.scope(SCOPE);
    const handles = [
      instruments.sum(COUNTER).bind({ a: 1 }),
      instruments.value(GAUGE).bind({ a: 1 }),
      instruments.histogram(HISTOGRAM).bind({ a: 1 }),
      instruments.exponentialHistogram(EXPONENTIAL).bind({ a: 1 }),
    ] as const;
    const record = () => {
      handles[0].add(1);
      handles[1].set(1);
      handles[2].record(1);
      handles[3].record(1);
    };
    record();
    expect(collectStore(store)[0]?.metrics).toHaveLength(4);
    for (const handle of handles) {
      expect(handle.isBound).toBe(true);
      handle.unbind();
      handle.unbind();
      expect(handle.isBound).toBe(false);
    }
    expect(collectStore(store)).toEqual([]);
    record();
    expect(collectStore(store)).toEqual([]);
    expect(store.rejectedMeasurements).toBe(4);
    expect(handles.map((handle) => handle.pointValue())).toMatchObject([1, 1, { count: 1 }, { count: 1 }]);
  });

  it('gives way to a new series from zero, with a start of its own', () => {
    const store = new MetricStore();
    const first = counterOf(store).bind({ a: 1 });
    first.add(5);
    first.unbind();
    const second = counterOf(store).bind({ a: 1 });
    expect(second).not.toBe(first);
    expect(second.startTime).not.toEqual(first.startTime);
    second.add(2);
    first.add(100);
    expect(shown(store)).toEqual([[{ a: 1 }, 2]]);
    // a late call on the first handle must not take the second away
    first.unbind();
    expect(shown(store)).toEqual([[{ a: 1 }, 2]]);
  });

  it('frees memory, and nothing of the cap, which is for life', () => {
    const store = new MetricStore();
    store.seriesPerMetric = 3;
    const counter = counterOf(store);
    for (let round = 0; round < 5; round += 1) {
      for (let id = 0; id < 3; id += 1) {
        const series = counter.bind({ id });
        series.add(1);
        series.unbind();
      }
    }
    expect(counter.seriesEver).toBe(3);
    expect(counter.all).toEqual([]);
    // what is left are three keys
    expect(store.memoryBytes).toBe(3 * (60 + '[["id",0]]'.length));
    counter.bind({ id: 3 }).add(1);
    expect(shown(store)).toEqual([[{ 'otel.metric.overflow': true }, 1]]);
    counter.bind({ id: 2 }).add(7);
    expect(shown(store)).toEqual([
      [{ id: 2 }, 7],
      [{ 'otel.metric.overflow': true }, 1],
    ]);
  });

  it('cannot be the overflow series, which many share', () => {
    const store = new MetricStore();
    store.seriesPerMetric = 0;
    const overflow = counterOf(store).bind({ id: 1 });
    overflow.unbind();
    overflow.add(1);
    expect(shown(store)).toEqual([[{ 'otel.metric.overflow': true }, 1]]);
  });
});

describe('clearing', () => {
  it('gives up all series of an instrument and forgets what overflowed', () => {
    const store = new MetricStore();
    store.seriesPerMetric = 2;
    const counter = counterOf(store);
    const handles = [1, 2, 3].map((id) => counter.bind({ id }));
    for (const handle of handles) handle.add(1);
    const gauge = store.scope(SCOPE).value(GAUGE).bind();
    gauge.set(4);
    counter.clear();
    expect(shown(store)).toEqual([]);
    expect(shown(store, 'gauge')).toEqual([[{}, 4]]);
    expect(handles.map(({ isBound }) => isBound)).toEqual([false, false, true]);
    expect(counter.seriesEver).toBe(2);
  });

  it('gives up all series of the store, which then goes on', () => {
    const store = new MetricStore();
    store.seriesPerMetric = 1;
    const record = () => {
      for (const id of [1, 2]) counterOf(store).bind({ id }).add(1);
      store.scope(SCOPE).histogram(HISTOGRAM).bind().record(1);
    };
    record();
    store.clear();
    expect(collectStore(store)).toEqual([]);
    record();
    expect(shown(store)).toEqual([
      [{ id: 1 }, 1],
      [{ 'otel.metric.overflow': true }, 1],
    ]);
    expect(shown(store, 'histogram')).toMatchObject([[{}, { count: 1 }]]);
    expect(shown(store, 'monitor.series.overflow')).toEqual([[{ 'monitor.metric.name': 'counter' }, 1]]);
    expect(store.rejectedMeasurements).toBe(0);
  });

  it('by reset keeps every handle good', () => {
    const store = new MetricStore();
    const series = counterOf(store).bind();
    series.add(3);
    const before = series.startTime;
    store.reset();
    expect(collectStore(store)).toEqual([]);
    series.add(1);
    expect(shown(store)).toEqual([[{}, 1]]);
    expect(series.startTime).not.toEqual(before);
  });
});

it('an exemplar that is none does not reach the application', () => {
  const store = new MetricStore();
  const series = store.scope(SCOPE).histogram(HISTOGRAM).bind();
  for (const exemplar of [
    null,
    5,
    'x',
    {},
    { traceId0: 1n },
    {
      get traceId0() {
        throw new Error('no');
      },
    },
  ]) {
    series.record(0.5, exemplar as never, 1);
  }
  expect(series.count).toBe(6);
  expect(series.exemplars?.timesMillis).toEqual(new Float64Array(4));
});
