import type { MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import {
  buckets,
  collection,
  counter,
  gauge,
  histogram,
  scope,
  upDownCounter,
} from '../../packages/prometheus/test/metric-data.js';

/** Whose series they are; the Collector makes `job` and `instance` of it. */
export const resource = { 'service.name': 'conformance', 'service.namespace': 'test', 'service.instance.id': 'one' };

/** Data that the page and the Collector show alike, each trap by name and many more by chance. */
export function agreedCorpus(): ResourceMetrics {
  const described = {
    ...resource,
    'service.version': '1.4.0',
    'host.name': 'h"1"\\',
    host_cpu: 'a',
    'host.cpu': 'b',
    'process.command_args': ['node', 'a b', '<&>'],
    'number.whole': 8,
    'number.broken': 0.1,
    job: 'hidden',
  };
  return collection(
    [
      scope(namedTraps(), { name: 'traps', version: '1.0' }),
      scope(byChance(), { name: 'chance' }),
      scope([counter('two.scopes', [[{ a: 'x' }, 1]]), gauge('in.scope', [[{}, 1]])], {
        name: 'one',
        version: '2',
        schemaUrl: 'https://example.com/schema/1.0',
        attributes: {
          'team.name': 'a"b',
          name: 'hidden',
          version: 'hidden',
          schema_url: 'hidden',
          level: 3,
          '1st': true,
        },
      }),
      scope([counter('two.scopes', [[{ a: 'x' }, 2]]), gauge('in.no.scope', [[{}, 1]])], {}),
    ],
    described,
  );
}

function namedTraps(): MetricData[] {
  return [
    counter('jobs.done', [[{ 'http.route': '/a', kind: 'b' }, 3]], { unit: '{job}' }),
    counter('jobs.total', [[{}, 3]], { unit: '1' }),
    counter('total.total.things.total', [[{}, 1]], { unit: '{thing}/s' }),
    counter('counter.not.a.number', [[{ a: 1 }, 0]]),
    upDownCounter('queue.size', [[{ q: 'a' }, -2]], { unit: '{item}' }),
    upDownCounter('queue.share', [[{}, 0.5]], { unit: '1' }),
    gauge('hit', [[{}, 0.5]], { unit: '1' }),
    gauge('ratio.miss.ratio', [[{}, 0.5]], { unit: '1' }),
    gauge('temperature', [[{}, -3.5]], { unit: 'Cel' }),
    gauge('usage.percent', [[{}, 30]], { unit: '%' }),
    gauge('per.second', [[{}, 30]], { unit: 'By/s' }),
    gauge('a:b::c__d--e', [[{}, 1]]),
    gauge('1digit', [[{ '1a': 'x', _b: 'y', 'c (d)': 'z', 'e..f': 'w', xö: 'v' }, 1]]),
    gauge('日本.size', [[{}, 1]]),
    gauge('same', [[{ le: 'x', quantile: 'y' }, 1]]),
    counter('same', [[{}, 1]]),
    gauge(
      'values',
      [Number.NaN, Infinity, -Infinity, -0, 1e21, 1e-7, 1e6, 123456789, 5e-324].map((value, index) => [
        { index },
        value,
      ]),
    ),
    gauge('attributes', [
      [{ text: '', yes: true, whole: 7, broken: 1e-7, large: 1.5e300, none: Number.NaN, over: Infinity }, 1],
      [
        {
          list: ['a', 1, 0.5, true, null],
          empty: [],
          missing: undefined,
          nothing: null,
          bytes: new Uint8Array([255, 0]),
        },
        2,
      ],
      [{ object: { b: 1, a: { d: ['<&>'], c: '' } } }, 3],
    ]),
    gauge('escapes', [[{ q: 'a\\b"c\nd\re\tf\u2028\u0000👍' }, 1]], { description: 'a\\b"c\nd 👍' }),
    gauge('no.description', [[{}, 1]], { description: '' }),
    gauge('no.points', []),
    histogram('h.seconds', [[{ a: 'b' }, buckets([0.005, 1, 2.5, 10], [1, 2, 0, 3, 4], 17.5)]], { unit: 's' }),
    histogram('h.bounds', [
      [{}, buckets([1e-5, 1e-4, 0.1, 99_999, 1e5, 1e6, 1_048_576, 1e21], [1, 1, 1, 1, 1, 1, 1, 1, 1], 5)],
    ]),
    histogram('h.no.sum', [[{}, buckets([1], [1, 2])]]),
    histogram('h.empty', [[{}, buckets([1, 2], [0, 0, 0], 0)]]),
    histogram('h.no.buckets', [[{}, buckets([], [3], 6)]]),
    histogram('h.infinite', [[{}, buckets([1, Infinity], [1, 1, 0], 3)]]),
  ];
}

/** Names, units, keys, values and bounds of every kind of character; numbers in front keep them from clashing. */
function byChance(): MetricData[] {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ maxLength: 10 }));
  const units = fc.oneof(
    fc.constantFrom(
      '',
      '1',
      's',
      'ms',
      'By',
      'By/s',
      'KiBy',
      'Hz',
      '%',
      'm',
      'm/s',
      '{x}',
      '{x}/min',
      '1/s',
      '/s',
      'a_',
      '_',
      '[x]',
      'By/{x}',
      'total',
      'ratio',
      'per/s',
      'W/m/h',
      '  s  ',
    ),
    text,
  );
  const words = fc.array(fc.oneof(fc.constantFrom('total', 'ratio', 'bytes', 'seconds', 'per', 'second'), text), {
    maxLength: 3,
  });
  const attributes = fc.array(fc.tuple(text, text), { maxLength: 3 });
  const bounds = fc.uniqueArray(fc.double({ min: 0, noNaN: true, maxExcluded: true, max: Number.MAX_VALUE }), {
    maxLength: 6,
  });
  const given = fc.record({
    words,
    unit: units,
    description: text,
    attributes,
    value: fc.double({ noNaN: true }),
    bounds,
    kind: fc.nat(3),
  });
  return fc
    .sample(given, { numRuns: 600, seed: 20_261_124 })
    .map(({ words, unit, description, attributes, value, bounds, kind }, index) => {
      const name = [`m${index}`, ...words].join('.');
      const labels = Object.fromEntries(attributes.map(([key, text], at) => [`k${at}${key}`, text]));
      const options = { unit, description };
      if (kind === 0) return counter(name, [[labels, Math.abs(value)]], options);
      if (kind === 1) return upDownCounter(name, [[labels, value]], options);
      if (kind === 2) return gauge(name, [[labels, value]], options);
      const ascending = bounds.sort((a, b) => a - b);
      return histogram(name, [[labels, buckets(ascending, [1, ...ascending.map(() => 2)], Math.abs(value))]], options);
    });
}
