import { collectStore, type MetricStore, spanIds } from '@otel-monitor/bound-metrics';
import { expect, it } from 'vitest';
import { serialize } from '../src/index.js';
import { definition, newStore } from './made-store.js';
import { buckets, collection, histogram, scope } from './metric-data.js';
import { parseStrictly } from './strict-parser.js';

const nothing = collection([]);
const labels = 'otel_scope_name="s",otel_scope_schema_url="",otel_scope_version=""';
const first = spanIds('0af7651916cd43dd8448eb211c80319c', '00f067aa0ba902b7');
const second = spanIds('ffffffffffffffff0000000000000001', 'fedcba9876543210');

function recorded(): { store: MetricStore; series: ReturnType<ReturnType<typeof histogramOf>['bind']> } {
  const store = newStore();
  return { store, series: histogramOf(store).bind({}) };
}

function histogramOf(store: MetricStore) {
  return store.scope({ name: 's' }).histogram(definition('h', 'histogram', { boundaries: [0.1, 1] }));
}

const bucketLines = (page: string) => page.split('\n').filter((line) => line.startsWith('h_bucket'));

it('OpenMetrics shows the last sampled span of each bucket, with value and time', () => {
  const { store, series } = recorded();
  series.record(0.05, first, 1_700_000_000_007);
  series.record(0.5);
  series.record(2, first, 1_700_000_000_000);
  series.record(3.25, second, 1_700_000_001_999.9);
  const page = serialize(nothing, { store, format: 'openmetrics' });
  expect(bucketLines(page)).toEqual([
    `h_bucket{${labels},le="0.1"} 1 # {trace_id="0af7651916cd43dd8448eb211c80319c",span_id="00f067aa0ba902b7"} 0.05 1700000000.007`,
    `h_bucket{${labels},le="1.0"} 2`,
    `h_bucket{${labels},le="+Inf"} 4 # {trace_id="ffffffffffffffff0000000000000001",span_id="fedcba9876543210"} 3.25 1700000001.999`,
  ]);
  const samples = parseStrictly(page, 'openmetrics').get('h')!.samples;
  expect(samples.map(({ exemplar }) => exemplar?.value)).toEqual([0.05, undefined, 3.25, undefined, undefined]);
});

it('the text format has none', () => {
  const { store, series } = recorded();
  series.record(0.05, first, 1_700_000_000_007);
  expect(bucketLines(serialize(nothing, { store }))).toEqual([
    `h_bucket{${labels},le="0.1"} 1`,
    `h_bucket{${labels},le="1"} 1`,
    `h_bucket{${labels},le="+Inf"} 1`,
  ]);
});

it('data points that carry exemplars are shown like the series they come from', () => {
  const { store, series } = recorded();
  series.record(0.05, first, 1_700_000_000_007);
  const points = { resource: nothing.resource, scopeMetrics: collectStore(store) };
  const page = serialize(points, { format: 'openmetrics' });
  expect(page).toBe(serialize(nothing, { store, format: 'openmetrics' }));
  expect(page).toContain(' # {trace_id=');
});

it.each([Number.NaN, -1, 0, Number.POSITIVE_INFINITY, 1e300])('an exemplar of the time %d is left out', (time) => {
  const { store, series } = recorded();
  series.record(0.05, first, time);
  const page = serialize(nothing, { store, format: 'openmetrics' });
  parseStrictly(page, 'openmetrics');
  expect(page).not.toContain(' # {');
});

it.each([
  null,
  7,
  {},
  { values: [1], timesMillis: [1], ids: [1] },
  { values: new Float64Array(1), timesMillis: new Float64Array(1), ids: new Int32Array(6) },
])('a point whose exemplars are %j is shown without', (exemplars) => {
  const data = histogram('h', [[{}, buckets([1], [1, 1], 2)]]);
  const [point] = data.dataPoints;
  const carrying = { ...data, dataPoints: [{ ...point, exemplars }] } as typeof data;
  const page = (given: typeof data) => serialize(collection([scope([given])]), { format: 'openmetrics' });
  expect(page(carrying)).toBe(page(data));
});

it('a point whose buckets are joined because double precision does not tell them apart is shown without', () => {
  const data = histogram('h', [[{}, buckets([-0, 0], [1, 1, 1], 2)]]);
  const exemplars = {
    values: new Float64Array(3),
    timesMillis: new Float64Array(3).fill(1_700_000_000_000),
    ids: new Int32Array(18).fill(1),
  };
  const carrying = { ...data, dataPoints: [{ ...data.dataPoints[0], exemplars }] } as typeof data;
  expect(serialize(collection([scope([carrying])]), { format: 'openmetrics' })).not.toContain(' # {');
});
