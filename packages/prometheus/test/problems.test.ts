import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { expect, it } from 'vitest';
import { type ExpositionFormat, type ExpositionProblem, serialize } from '../src/index.js';
import {
  buckets,
  collection,
  counter,
  exponential,
  exponentialHistogram,
  gauge,
  histogram,
  scope,
} from './metric-data.js';
import { parseStrictly } from './strict-parser.js';

/** Problems as `reason metric series`, and the names of the families that are shown. */
function outcome(metrics: ResourceMetrics, format: ExpositionFormat = 'text') {
  const problems: ExpositionProblem[] = [];
  const text = serialize(metrics, { format, onProblem: (problem) => problems.push(problem) });
  const families = parseStrictly(text, format);
  return {
    problems: problems.map(
      ({ reason, metric, series, dropped }) => `${reason} ${metric} ${series}${dropped ? '' : ' shown'}`,
    ),
    shown: [...families].map(([name, { samples }]) => `${name} ${samples.length}`),
  };
}

const two = [
  [{ a: 1 }, 1],
  [{ a: 2 }, 2],
] as const;

it('a clean collection has no problems', () => {
  const metrics = [counter('c', two), gauge('g', two), histogram('h', [[{}, buckets([1], [1, 1], 1)]])];
  expect(outcome(collection([scope(metrics)], { 'service.name': 'x' }))).toEqual({
    problems: [],
    shown: ['target_info 1', 'c_total 2', 'g 2', 'h 4'],
  });
});

it('of two types under one name the first is shown', () => {
  const metrics = collection([
    scope([gauge('x.total', two)], { name: 'a' }),
    scope([counter('x', two), counter('y', two)], { name: 'b' }),
  ]);
  expect(outcome(metrics)).toEqual({ problems: ['type_conflict x 2'], shown: ['x_total 2', 'y_total 2'] });
});

it('a metric without series does not decide the type', () => {
  expect(outcome(collection([scope([gauge('x.total', []), counter('x', two)])]))).toEqual({
    problems: [],
    shown: ['x_total 2'],
  });
});

it('another description is told, and all series are shown', () => {
  const metrics = collection([
    scope([gauge('x', two)], { name: 'a' }),
    scope([gauge('x', two, { description: 'Other.' })], { name: 'b' }),
  ]);
  expect(outcome(metrics)).toEqual({ problems: ['help_conflict x 2 shown'], shown: ['x 4'] });
});

it('samples of two families cannot have one name', () => {
  const h = histogram('h', [[{}, buckets([], [1], 1)]]);
  expect(outcome(collection([scope([h, gauge('h.count', two), gauge('h.sum', two), gauge('h.bucket', two)])]))).toEqual(
    {
      problems: ['name_collision h.count 2', 'name_collision h.sum 2', 'name_collision h.bucket 2'],
      shown: ['h 3'],
    },
  );
  expect(outcome(collection([scope([gauge('h.count', two), h])]))).toEqual({
    problems: ['name_collision h 1'],
    shown: ['h_count 2'],
  });
});

it('in OpenMetrics nothing may be called like the _created of a histogram', () => {
  const metrics = collection([scope([gauge('h.created', two), histogram('h', [[{}, buckets([], [1], 1)]])])]);
  expect(outcome(metrics)).toEqual({ problems: [], shown: ['h 3', 'h_created 2'] });
  expect(outcome(metrics, 'openmetrics')).toEqual({ problems: ['name_collision h.created 2'], shown: ['h 3'] });
});

it('a name that is none, and that of target_info', () => {
  expect(outcome(collection([scope([gauge('日本', two), gauge('', two), gauge('target.info', two)])]))).toEqual({
    problems: ['invalid_name 日本 2', 'invalid_name  2', 'invalid_name target.info 2'],
    shown: [],
  });
});

it('the same series twice is shown once, also when only an empty label differs', () => {
  const points = [
    [{ 'a.b': 'x' }, 1],
    [{ a_b: 'x' }, 2],
    [{ a_b: 'x', c: '' }, 3],
    [{ a_b: 'x', c: 'y' }, 4],
  ] as const;
  expect(outcome(collection([scope([gauge('g', points)]), scope([gauge('g', [[{ a_b: 'x' }, 5]])])]))).toEqual({
    problems: ['duplicate_series g 2', 'duplicate_series g 1'],
    shown: ['g 2'],
  });
});

it('labels that were joined or renamed are told', () => {
  const metrics = [gauge('g', [[{ 'a.b': 1, a_b: 2 }, 1]]), histogram('h', [[{ le: '1' }, buckets([], [1], 1)]])];
  expect(outcome(collection([scope(metrics)]))).toEqual({
    problems: ['label_conflict g 1 shown', 'label_conflict h 1 shown'],
    shown: ['g 1', 'h 3'],
  });
});

it('delta values are no values for Prometheus, but a gauge has no temporality', () => {
  const delta = { delta: true };
  const metrics = [
    counter('c', two, delta),
    histogram('h', [[{}, buckets([], [1], 1)]], delta),
    gauge('g', two, delta),
  ];
  expect(outcome(collection([scope(metrics)]))).toEqual({
    problems: ['delta_temporality c 2', 'delta_temporality h 1'],
    shown: ['g 2'],
  });
});

it('a counter below zero or NaN is shown as text, which OpenMetrics forbids', () => {
  const points = [
    [{ a: 1 }, -1],
    [{ a: 2 }, Number.NaN],
    [{ a: 3 }, 1],
    [{ a: 4 }, Infinity],
  ] as const;
  expect(outcome(collection([scope([counter('c', points)])]))).toEqual({ problems: [], shown: ['c_total 4'] });
  expect(outcome(collection([scope([counter('c', points)])]), 'openmetrics')).toEqual({
    problems: ['not_in_openmetrics c 2'],
    shown: ['c 2'],
  });
});

it('data that contradict themselves are left out, one by one', () => {
  const broken = [
    buckets([2, 1], [1, 1, 1], 1),
    buckets([Number.NaN], [1, 1], 1),
    buckets([1], [-1, 2], 1),
    buckets([1], [0.5, 1], 1),
    { ...buckets([1], [3, 0], 1), count: 2 },
    { ...buckets([1], [1, 0]), sum: '1' },
    { ...buckets([1], [1, 0]), count: undefined },
    buckets(
      Array.from({ length: 10_001 }, (_, index) => index),
      [],
      0,
    ),
    { buckets: null },
    {},
    7,
    undefined,
  ];
  const points = [...broken, buckets([1], [1, 0], 1)].map((value, index) => [{ index }, value] as const);
  expect(outcome(collection([scope([histogram('h', points)])]))).toEqual({
    problems: [`malformed h ${broken.length}`],
    shown: ['h 4'],
  });
});

it('the same of exponential histograms', () => {
  const broken = [
    exponential({ scale: 0.5 }),
    exponential({ scale: 21 }),
    exponential({ scale: -12 }),
    exponential({ positive: { offset: 0.5, bucketCounts: [] } }),
    exponential({ negative: { offset: Number.NaN, bucketCounts: [] } }),
    exponential({ zeroCount: -1 }),
    exponential({ zeroCount: 1, count: 0 }),
    exponential({ count: 1, positive: { offset: 0, bucketCounts: [2] } }),
    exponential({ count: 1, negative: { offset: 0, bucketCounts: [Number.NaN] } }),
    exponential({ positive: { offset: 0, bucketCounts: new Array(10_001).fill(0) } }),
  ];
  const points = [...broken, exponential({})].map((value, index) => [{ index }, value] as const);
  expect(outcome(collection([scope([exponentialHistogram('e', points)])]))).toEqual({
    problems: [`malformed e ${broken.length}`],
    shown: ['e 3'],
  });
});

it('numbers that are none, keys that are none, attributes that throw', () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const throwing = {
    get a(): string {
      throw new Error('no');
    },
  };
  const points = [
    [{ a: 1 }, '1'],
    [{ a: 2 }, 1n],
    [{ a: 3 }, null],
    [{ '': 4 }, 1],
    [{ circular }, 1],
    [throwing, 1],
    [{ a: 'good' }, 1],
    [null, 1],
  ] as const;
  expect(outcome(collection([scope([gauge('g', points)])]))).toEqual({ problems: ['malformed g 6'], shown: ['g 2'] });
});

it('a scope, a metric or a resource that cannot be read costs nothing but itself', () => {
  const get = () => {
    throw new Error('no');
  };
  const thrower = new Proxy({}, { get });
  const good = scope([gauge('g', two)]);
  const metrics = {
    resource: thrower,
    scopeMetrics: [thrower, null, { scope: {}, metrics: 7 }, { scope: null, metrics: [thrower, null, {}] }, good],
  };
  const { problems, shown } = outcome(metrics as unknown as ResourceMetrics);
  expect(problems).toEqual(Array.from({ length: 7 }, () => 'malformed  1'));
  expect(shown).toEqual(['g 2']);
});

it.each([undefined, null, 7, 'x', {}, { scopeMetrics: null }])('%j is an empty page', (given) => {
  const problems: ExpositionProblem[] = [];
  expect(serialize(given as unknown as ResourceMetrics, { onProblem: (problem) => problems.push(problem) })).toBe('');
  expect(problems.length).toBeGreaterThan(0);
});

it('a callback that throws does not cost the page', () => {
  const metrics = collection([scope([gauge('g', [...two, ...two])])]);
  const onProblem = () => {
    throw new Error('no');
  };
  expect(serialize(metrics, { onProblem })).toBe(serialize(metrics));
});
