import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { expect, it } from 'vitest';
import { type ExpositionFormat, serialize, serializeChunks } from '../src/index.js';
import {
  buckets,
  collection,
  counter,
  exponential,
  exponentialHistogram,
  gauge,
  histogram,
  scope,
  upDownCounter,
} from './metric-data.js';
import { parseStrictly } from './strict-parser.js';

/** The lines, after a parser that shares nothing with the serialiser has accepted them. */
function lines(metrics: ResourceMetrics, format: ExpositionFormat = 'text'): string[] {
  const text = serialize(metrics, { format });
  parseStrictly(text, format);
  return text.split('\n').slice(0, -1);
}

const one = (metric: ReturnType<typeof counter>, format?: ExpositionFormat) =>
  lines(collection([scope([metric])]), format);
const testScope = 'otel_scope_name="test",otel_scope_schema_url="",otel_scope_version="1"';

it('nothing is nothing', () => {
  expect(serialize(collection([]))).toBe('');
  expect(serialize(collection([]), { format: 'openmetrics' })).toBe('# EOF\n');
});

it('a counter', () => {
  expect(one(counter('jobs.done', [[{ kind: 'a', 'http.route': '/' }, 3]], { unit: '{job}' }))).toEqual([
    '# HELP jobs_done_total About jobs.done.',
    '# TYPE jobs_done_total counter',
    `jobs_done_total{http_route="/",kind="a",${testScope}} 3`,
  ]);
});

it('a counter in OpenMetrics has its unit in the name and `_total` on the samples alone', () => {
  expect(one(counter('bytes.read', [[{}, 3]], { unit: 'By' }), 'openmetrics')).toEqual([
    '# HELP bytes_read About bytes.read.',
    '# TYPE bytes_read counter',
    `bytes_read_total{${testScope}} 3`,
    '# EOF',
  ]);
  expect(one(counter('cpu.time', [[{}, 3.5]], { unit: 's' }), 'openmetrics')).toEqual([
    '# HELP cpu_time_seconds About cpu.time.',
    '# TYPE cpu_time_seconds counter',
    '# UNIT cpu_time_seconds seconds',
    `cpu_time_seconds_total{${testScope}} 3.5`,
    '# EOF',
  ]);
});

it('gauges, and sums that go down, which unit 1 does not make a ratio', () => {
  const metrics = [gauge('load', [[{}, 0.5]], { unit: '1' }), upDownCounter('queue', [[{}, -2]], { unit: '1' })];
  expect(lines(collection([scope(metrics)]), 'openmetrics')).toEqual([
    '# HELP load_ratio About load.',
    '# TYPE load_ratio gauge',
    '# UNIT load_ratio ratio',
    `load_ratio{${testScope}} 0.5`,
    '# HELP queue About queue.',
    '# TYPE queue gauge',
    `queue{${testScope}} -2`,
    '# EOF',
  ]);
});

it('values are numbers that every parser reads', () => {
  const values = [Number.NaN, Infinity, -Infinity, -0, 1e21, 1e-7, 0.1, 2 ** 53, Number.MAX_VALUE, Number.MIN_VALUE];
  const text = one(
    gauge(
      'v',
      values.map((value, index) => [{ index }, value] as const),
    ),
  );
  expect(text.slice(2).map((line) => line.split(' ')[1])).toEqual([
    ...['NaN', '+Inf', '-Inf', '0', '1e+21', '1e-7', '0.1', '9007199254740992', '1.7976931348623157e+308', '5e-324'],
  ]);
});

it('a histogram is cumulative; its bounds are written as Go writes them', () => {
  const value = buckets([0.00001, 0.005, 1, 10, 100_000, 1_048_576], [1, 2, 0, 3, 0, 1, 4], 17.5);
  expect(one(histogram('t', [[{ a: 'b' }, value]], { unit: 's' }))).toEqual([
    '# HELP t_seconds About t.',
    '# TYPE t_seconds histogram',
    `t_seconds_bucket{a="b",${testScope},le="1e-05"} 1`,
    `t_seconds_bucket{a="b",${testScope},le="0.005"} 3`,
    `t_seconds_bucket{a="b",${testScope},le="1"} 3`,
    `t_seconds_bucket{a="b",${testScope},le="10"} 6`,
    `t_seconds_bucket{a="b",${testScope},le="100000"} 6`,
    `t_seconds_bucket{a="b",${testScope},le="1.048576e+06"} 7`,
    `t_seconds_bucket{a="b",${testScope},le="+Inf"} 11`,
    `t_seconds_sum{a="b",${testScope}} 17.5`,
    `t_seconds_count{a="b",${testScope}} 11`,
  ]);
});

it('a bound is a float in OpenMetrics', () => {
  const value = buckets([0, 0.5, 1, 1e6], [0, 1, 0, 0, 0], 0.25);
  const text = one(histogram('t', [[{}, value]]), 'openmetrics').join('\n');
  expect([...text.matchAll(/le="([^"]*)"/g)].map((match) => match[1])).toEqual(['0.0', '0.5', '1.0', '1e+06', '+Inf']);
});

it('histograms without buckets, without values, without sum, with an infinite bound', () => {
  const points = [
    [{ a: 1 }, buckets([], [4], 8)],
    [{ a: 2 }, buckets([1], [], 0)],
    [{ a: 3 }, buckets([1], [2, 1])],
    [{ a: 4 }, buckets([1, Infinity], [2, 1, 0], 5)],
  ] as const;
  expect(one(histogram('h', points)).slice(2)).toEqual([
    `h_bucket{a="1",${testScope},le="+Inf"} 4`,
    `h_sum{a="1",${testScope}} 8`,
    `h_count{a="1",${testScope}} 4`,
    `h_bucket{a="2",${testScope},le="1"} 0`,
    `h_bucket{a="2",${testScope},le="+Inf"} 0`,
    `h_sum{a="2",${testScope}} 0`,
    `h_count{a="2",${testScope}} 0`,
    `h_bucket{a="3",${testScope},le="1"} 2`,
    `h_bucket{a="3",${testScope},le="+Inf"} 3`,
    `h_sum{a="3",${testScope}} 0`,
    `h_count{a="3",${testScope}} 3`,
    `h_bucket{a="4",${testScope},le="1"} 2`,
    `h_bucket{a="4",${testScope},le="+Inf"} 3`,
    `h_sum{a="4",${testScope}} 5`,
    `h_count{a="4",${testScope}} 3`,
  ]);
});

it('OpenMetrics has no sum and count where values below zero can be', () => {
  const value = buckets([-1, 1], [1, 0, 1], 3);
  expect(one(histogram('h', [[{}, value]])).slice(-2)).toEqual([`h_sum{${testScope}} 3`, `h_count{${testScope}} 2`]);
  expect(one(histogram('h', [[{}, value]]), 'openmetrics').slice(2)).toEqual([
    `h_bucket{${testScope},le="-1.0"} 1`,
    `h_bucket{${testScope},le="1.0"} 1`,
    `h_bucket{${testScope},le="+Inf"} 2`,
    '# EOF',
  ]);
});

it('an exponential histogram is shown by its classic form', () => {
  const value = exponential({
    count: 9,
    sum: 12.5,
    scale: 1,
    zeroCount: 1,
    positive: { offset: -2, bucketCounts: [1, 0, 2, 3] },
    negative: { offset: 2, bucketCounts: [1, 1] },
  });
  expect(one(exponentialHistogram('e', [[{}, value]])).slice(2)).toEqual([
    `e_bucket{${testScope},le="-2.8284271247461903"} 1`,
    `e_bucket{${testScope},le="-2"} 2`,
    `e_bucket{${testScope},le="0"} 3`,
    `e_bucket{${testScope},le="0.5"} 3`,
    `e_bucket{${testScope},le="0.7071067811865476"} 4`,
    `e_bucket{${testScope},le="1"} 4`,
    `e_bucket{${testScope},le="1.4142135623730951"} 6`,
    `e_bucket{${testScope},le="2"} 9`,
    `e_bucket{${testScope},le="+Inf"} 9`,
    `e_sum{${testScope}} 12.5`,
    `e_count{${testScope}} 9`,
  ]);
});

it('an exponential histogram whose bounds overflow or meet keeps every value', () => {
  const value = exponential({ count: 6, sum: 1, scale: -11, positive: { offset: -2, bucketCounts: [1, 2, 3] } });
  expect(one(exponentialHistogram('e', [[{}, value]])).slice(2, 5)).toEqual([
    `e_bucket{${testScope},le="0"} 1`,
    `e_bucket{${testScope},le="1"} 3`,
    `e_bucket{${testScope},le="+Inf"} 6`,
  ]);
});

it('a backslash, a quote and a newline are escaped, in HELP the quote in OpenMetrics only', () => {
  const metric = gauge('g', [[{ q: 'a\\b"c\nd\ré\u2028👍' }, 1]], { description: 'a\\b"c\nd' });
  expect(one(metric)).toEqual([
    '# HELP g a\\\\b"c\\nd',
    '# TYPE g gauge',
    `g{${testScope},q="a\\\\b\\"c\\nd\ré\u2028👍"} 1`,
  ]);
  expect(one(metric, 'openmetrics')[0]).toBe('# HELP g a\\\\b\\"c\\nd');
});

it('half of a surrogate pair becomes the replacement character', () => {
  const metric = gauge('g', [[{ q: 'a\ud83d' }, 1]], { description: '\udc4d' });
  expect(one(metric)).toEqual(['# HELP g \ufffd', '# TYPE g gauge', `g{${testScope},q="a\ufffd"} 1`]);
});

it('an empty description is an empty HELP', () => {
  expect(one(gauge('g', [[{}, 1]], { description: '' }))[0]).toBe('# HELP g ');
});

it('values of attributes as text', () => {
  const attributes = {
    array: ['a', 1, true, null],
    big: 2n ** 70n,
    boolean: false,
    bytes: new Uint8Array([1, 2, 255]),
    float: 1e-7,
    missing: undefined,
    not_a_number: Number.NaN,
    nothing: null,
    object: { b: 1, a: { d: [1n], c: '<' } },
    symbol: Symbol('x'),
  };
  expect(one(gauge('g', [[attributes, 1]]))[2]).toBe(
    'g{array="[\\"a\\",1,true,null]",big="1180591620717411303424",boolean="false",bytes="AQL/",float="1e-7",missing="",' +
      'not_a_number="NaN",nothing="",object="{\\"a\\":{\\"c\\":\\"<\\",\\"d\\":[\\"1\\"]},\\"b\\":1}",' +
      `${testScope},symbol=""} 1`,
  );
});

it('keys that become one label have their values joined in the order of the keys', () => {
  const metric = gauge('g', [[{ a_b: 'third', 'a.b': 'second', 'a-b': 'first', c: '' }, 1]]);
  expect(one(metric)[2]).toBe(`g{a_b="first;second;third",c="",${testScope}} 1`);
});

it('le of a histogram is its own; elsewhere it is a label like others, and so is quantile', () => {
  const metric = histogram('h', [[{ le: 'x', quantile: 'y' }, buckets([], [1], 1)]]);
  expect(one(metric).slice(2)).toEqual([
    `h_bucket{exported_le="x",${testScope},quantile="y",le="+Inf"} 1`,
    `h_sum{exported_le="x",${testScope},quantile="y"} 1`,
    `h_count{exported_le="x",${testScope},quantile="y"} 1`,
  ]);
  expect(one(gauge('g', [[{ le: 'x', quantile: 'y' }, 1]]))[2]).toBe(`g{le="x",${testScope},quantile="y"} 1`);
});

it('the scope as labels: its attributes too, but none that would hide its name', () => {
  const given = {
    name: 'lib',
    version: '2',
    schemaUrl: 'https://example.com/1',
    attributes: { 'team.name': 'a', name: 'x', 'schema.url': 'y', version: 'z' },
  };
  expect(lines(collection([scope([gauge('g', [[{}, 1]])], given)]))[2]).toBe(
    'g{otel_scope_name="lib",otel_scope_schema_url="https://example.com/1",otel_scope_team_name="a",otel_scope_version="2"} 1',
  );
  expect(lines(collection([scope([gauge('g', [[{ 'otel.scope.name': 'mine' }, 1]])])]))[2]).toBe(
    'g{otel_scope_name="mine;test",otel_scope_schema_url="",otel_scope_version="1"} 1',
  );
});

it('a metric of two scopes is one family, contiguous and sorted by name', () => {
  const metrics = collection([
    scope([counter('b', [[{}, 1]]), gauge('c', [[{}, 2]])], { name: 'one' }),
    scope([counter('b', [[{}, 3]], { description: 'Something else.' }), gauge('a', [[{}, 4]])], { name: 'two' }),
  ]);
  const of = (name: string) => `otel_scope_name="${name}",otel_scope_schema_url="",otel_scope_version=""`;
  expect(lines(metrics)).toEqual([
    '# HELP a About a.',
    '# TYPE a gauge',
    `a{${of('two')}} 4`,
    '# HELP b_total About b.',
    '# TYPE b_total counter',
    `b_total{${of('one')}} 1`,
    `b_total{${of('two')}} 3`,
    '# HELP c About c.',
    '# TYPE c gauge',
    `c{${of('one')}} 2`,
  ]);
});

it('the resource is target_info, without what becomes job and instance', () => {
  const attributes = {
    'service.name': 'shop',
    'service.namespace': 'eu',
    'service.instance.id': '7',
    'service.version': '1.4',
    host_name: 'first',
    'host.name': 'second',
    'host.cpus': 4,
    args: ['a"b'],
    job: 'x',
  };
  expect(lines(collection([], attributes))).toEqual([
    '# HELP target_info Target metadata',
    '# TYPE target_info gauge',
    'target_info{args="[\\"a\\\\\\"b\\"]",host_cpus="4",host_name="first;second",service_version="1.4"} 1',
  ]);
  expect(lines(collection([], { 'service.name': 'shop' }), 'openmetrics')).toEqual([
    '# HELP target_info Target metadata',
    '# TYPE target_info gauge',
    'target_info 1',
    '# EOF',
  ]);
});

it('OpenMetrics calls a counter unknown when its name without `_total` is taken', () => {
  const metrics = collection([
    scope([counter('a', [[{}, 1]]), gauge('a', [[{}, 2]]), counter('b', [[{}, 3]]), gauge('b.created', [[{}, 4]])]),
  ]);
  expect(lines(metrics, 'openmetrics')).toEqual([
    '# HELP a About a.',
    '# TYPE a gauge',
    `a{${testScope}} 2`,
    '# HELP a_total About a.',
    '# TYPE a_total unknown',
    `a_total{${testScope}} 1`,
    '# HELP b_created About b.created.',
    '# TYPE b_created gauge',
    `b_created{${testScope}} 4`,
    '# HELP b_total About b.',
    '# TYPE b_total unknown',
    `b_total{${testScope}} 3`,
    '# EOF',
  ]);
  expect(lines(metrics)).toHaveLength(12);
  expect(one(counter('target.info', [[{}, 1]]), 'openmetrics').slice(1, 3)).toEqual([
    '# TYPE target_info_total unknown',
    `target_info_total{${testScope}} 1`,
  ]);
});

it('a counter that is called total alone is unknown to OpenMetrics', () => {
  expect(one(counter('日本', [[{}, 1]]), 'openmetrics').slice(1, 3)).toEqual([
    '# TYPE total unknown',
    `total{${testScope}} 1`,
  ]);
});

it('comes in chunks of whole lines, made as they are asked for', () => {
  let read = 0;
  const points = Array.from(
    { length: 2_000 },
    (_, index) =>
      [
        {
          get index() {
            read += 1;
            return index;
          },
        },
        buckets([1, 2, 3], [1, 1, 1, 1], 4),
      ] as const,
  );
  const metrics = collection([scope([histogram('h', points)])]);
  const chunks = serializeChunks(metrics);
  const first = chunks.next().value as string;
  expect(read).toBeLessThan(100);
  const all = [first, ...chunks];
  expect(all.every((chunk) => chunk.endsWith('\n') && chunk.length >= 1_000 && chunk.length < 20_000)).toBe(true);
  expect(all.join('')).toBe(serialize(metrics));
  expect(parseStrictly(all.join(''), 'text').get('h')!.samples).toHaveLength(12_000);
});
