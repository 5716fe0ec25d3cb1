import type { MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ExpositionFormat,
  type ExpositionProblem,
  prometheusLabelName,
  prometheusName,
  serialize,
  writePage,
} from '../src/index.js';
import {
  buckets,
  collection,
  counter,
  exponential,
  exponentialHistogram,
  gauge,
  histogram,
  type Point,
  scope,
  upDownCounter,
} from './metric-data.js';
import { parseStrictly } from './strict-parser.js';

const formats: ExpositionFormat[] = ['text', 'openmetrics'];

/** Any characters, and often few names that clash with each other or with what the formats reserve. */
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ maxLength: 8 }), halfPairs());
const name = fc.oneof(
  fc.constantFrom(
    'a',
    'a.b',
    'a_b',
    'a.total',
    'a.count',
    'a.sum',
    'a.bucket',
    'a.created',
    'target.info',
    'a.seconds',
    'é',
  ),
  anyText,
);
const unit = fc.oneof(
  fc.constantFrom('', '1', 's', 'By', 'By/s', '%', '{x}', '{x}/s', 'total', 'created', 'count'),
  anyText,
);
const key = fc.oneof(
  fc.constantFrom('a', 'a.b', 'a_b', 'le', 'quantile', 'exported_le', 'otel_scope_name', 'job', '__name__', '1', ''),
  anyText,
);
const value = fc.oneof(
  anyText,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.array(anyText, { maxLength: 2 }),
  fc.constantFrom(null, undefined, 1n),
);
const attributes = fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: false });
const points = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<Point[]> => fc.array(fc.tuple(attributes, of), { maxLength: 4 });
const options = fc.record({ unit, description: anyText });

const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -1, Number.NaN, Infinity));
const counts = fc.array(fc.nat(5), { maxLength: 6 });
const explicit = fc
  .tuple(
    fc.uniqueArray(fc.oneof(fc.double({ noNaN: true }), fc.integer()), { maxLength: 5 }),
    counts,
    fc.option(number, { nil: undefined }),
  )
  .map(([bounds, all, sum]) =>
    buckets(
      bounds.sort((a, b) => a - b),
      all.slice(0, bounds.length + 1),
      sum,
    ),
  );
const side = fc.record({ offset: fc.integer({ min: -1100, max: 1100 }), bucketCounts: counts });
const exponentials = fc
  .tuple(fc.integer({ min: -11, max: 20 }), fc.nat(3), side, side, fc.option(number, { nil: undefined }))
  .map(([scale, zeroCount, positive, negative, sum]) => {
    const count = [zeroCount, ...positive.bucketCounts, ...negative.bucketCounts].reduce((a, b) => a + b, 0);
    return { ...exponential({ scale, zeroCount, positive, negative, count }), sum };
  });

const metric: fc.Arbitrary<MetricData> = fc.oneof(
  fc.tuple(name, points(number), options).map((given) => counter(...given)),
  fc.tuple(name, points(number), options).map((given) => upDownCounter(...given)),
  fc.tuple(name, points(number), options).map((given) => gauge(...given)),
  fc.tuple(name, points(explicit), options).map((given) => histogram(...given)),
  fc.tuple(name, points(exponentials), options).map((given) => exponentialHistogram(...given)),
);
const scopes = fc.array(
  fc
    .tuple(fc.array(metric, { maxLength: 6 }), fc.record({ name: anyText, version: anyText, attributes }))
    .map((given) => scope(...given)),
  { maxLength: 3 },
);

describe.each(formats)('%s', (format) => {
  it('whatever the names, attributes and values, a strict parser takes it', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(scopes, attributes, (given, resource) => {
        parseStrictly(serialize(collection(given, resource), { format }), format);
      }),
      { numRuns: 5_000 },
    );
  });

  it('every series is shown, or told as dropped', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(scopes, (given) => {
        const problems: ExpositionProblem[] = [];
        // what a scope whose attributes have no key takes with it is told as one, so scopes are plain here
        const plain = given.map(({ metrics }) => scope(metrics));
        const text = serialize(collection(plain), { format, onProblem: (problem) => problems.push(problem) });
        const shown = [...parseStrictly(text, format)].flatMap(([family, { type, samples }]) =>
          type === 'histogram'
            ? samples.filter(({ name, labels }) => name === `${family}_bucket` && labels.get('le') === '+Inf')
            : samples,
        );
        const dropped = problems.filter((problem) => problem.dropped).reduce((sum, { series }) => sum + series, 0);
        const all = plain.flatMap(({ metrics }) => metrics.map(({ dataPoints }) => dataPoints.length));
        expect(shown.length + dropped).toBe(all.reduce((sum, series) => sum + series, 0));
      }),
      { numRuns: 2_000 },
    );
  });

  it('the size of the slabs makes no difference', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(scopes, fc.integer({ min: 1, max: 400 }), (given, size) => {
        const metrics = collection(given);
        const chunks = [...writePage(metrics, { format, newSlab: () => Buffer.alloc(size) })];
        expect(chunks.map((chunk) => chunk?.toString('utf8') ?? '').join('')).toBe(serialize(metrics, { format }));
      }),
      { numRuns: 1_000 },
    );
  });

  it('nothing at all makes it throw', { timeout: 120_000 }, () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
    });
    const nearly = fc.record({
      resource: fc.oneof(anything, fc.record({ attributes: anything })),
      scopeMetrics: fc.oneof(
        anything,
        fc.array(
          fc.record({
            scope: anything,
            metrics: fc.array(
              fc.record({
                descriptor: fc.oneof(anything, fc.record({ name: anything, unit: anything, description: anything })),
                dataPointType: fc.oneof(fc.integer({ min: 0, max: 4 }), anything),
                aggregationTemporality: anything,
                isMonotonic: anything,
                dataPoints: fc.oneof(
                  anything,
                  fc.array(
                    fc.record({
                      attributes: anything,
                      value: fc.oneof(anything, fc.record({ buckets: anything, count: anything })),
                    }),
                  ),
                ),
              }),
              { maxLength: 3 },
            ),
          }),
          { maxLength: 2 },
        ),
      ),
    });
    fc.assert(
      fc.property(fc.oneof(anything, nearly), (given) => {
        parseStrictly(serialize(given as ResourceMetrics, { format }), format);
      }),
      { numRuns: 10_000 },
    );
  });
});

it('a metric name is a name or empty, a label name is one', () => {
  const kind = fc.constantFrom('counter', 'gauge', 'up_down_counter', 'histogram');
  fc.assert(
    fc.property(anyText, anyText, kind, (given, ofUnit, ofKind) => {
      expect(prometheusName({ name: given, unit: ofUnit, kind: ofKind as 'counter' })).toMatch(
        /^([a-zA-Z_:][a-zA-Z0-9_:]*)?$/,
      );
      if (given !== '') expect(prometheusLabelName(given)).toMatch(/^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/);
    }),
    { numRuns: 10_000 },
  );
});

it('takes time in proportion to what it is given', () => {
  const long = 'a.é'.repeat(200_000);
  const started = process.cpuUsage();
  for (const piece of [
    long,
    '_'.repeat(500_000),
    '{'.repeat(500_000),
    ' '.repeat(500_000),
    '/'.repeat(500_000),
    '\\"\n'.repeat(200_000),
  ]) {
    const given = gauge(piece, [[{ [piece]: piece, [`${piece}.`]: 1 }, 1]], { unit: piece, description: piece });
    serialize(collection([scope([given])], { [piece]: piece }));
  }
  // microseconds of this process, whatever else the machine does; a square of these lengths takes minutes
  expect(process.cpuUsage(started).user).toBeLessThan(15_000_000);
});

/** Strings with halves of surrogate pairs, which JavaScript has and UTF-8 has not. */
function halfPairs(): fc.Arbitrary<string> {
  const units = fc.array(fc.constantFrom('\ud83d', '\udc4d', 'a', '\n', '"', '\\'), { maxLength: 5 });
  return units.map((all) => all.join(''));
}
