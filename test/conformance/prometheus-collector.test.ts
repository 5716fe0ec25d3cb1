import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serialize } from '../../packages/prometheus/src/index.js';
import {
  buckets,
  collection,
  counter,
  exponential,
  exponentialHistogram,
  gauge,
  histogram,
  scope,
} from '../../packages/prometheus/test/metric-data.js';
import { type Parsed, parseStrictly } from '../../packages/prometheus/test/strict-parser.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { agreedCorpus, resource } from './agreed-corpus.js';
import { otlpJson } from './otlp-json.js';

const openMetricsAccept = 'application/openmetrics-text;version=1.0.0';
const config = [fileURLToPath(new URL('open-metrics.yaml', import.meta.url))];

/** What is compared: type, help and samples of each family. UNIT is left out, the Collector writes none. */
function comparable(parsed: Parsed) {
  return Object.fromEntries(
    [...parsed].map(([name, { type, help, samples }]) => {
      const lines = samples.map((sample) => {
        const labels = [...sample.labels].filter(([key, value]) => !(setByCollector.get(key) === value));
        return { name: sample.name, labels: Object.fromEntries(labels), value: sample.value };
      });
      const key = ({ name, labels }: (typeof lines)[number]) => JSON.stringify([name, Object.entries(labels).sort()]);
      return [name, { type, help, samples: lines.sort((a, b) => (key(a) < key(b) ? -1 : 1)) }];
    }),
  );
}
const setByCollector = new Map([
  ['job', 'test/conformance'],
  ['instance', 'one'],
]);

describe.skipIf(!collectorAvailable)(
  'the page against the Collector’s prometheus exporter (needs a Collector: OTELCOL)',
  () => {
    let collector: CollectorProcess;

    async function page(accept = 'text/plain'): Promise<string> {
      return (await fetch(collector.prometheusUrl, { headers: { accept } })).text();
    }

    /** Sends the collections and gives the page once the last of them has arrived. */
    async function scrapeAfter(...collections: ResourceMetrics[]): Promise<string> {
      const mark = `mark.${Math.random()}`;
      const last = collection([scope([gauge('arrived', [[{ mark }, 1]])], { name: 'mark' })], resource);
      const response = await fetch(`${collector.otlpHttpUrl}/v1/metrics`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: otlpJson([...collections, last]),
      });
      expect([response.status, await response.text()]).toEqual([200, '{"partialSuccess":{}}']);
      for (let tries = 0; tries < 200; tries += 1) {
        const text = await page();
        if (text.includes(mark)) return text;
        await delay(50);
      }
      throw new Error(`not on the Collector's page:\n${collector.logs()}`);
    }

    beforeAll(async () => {
      collector = await startCollector({ config });
    });
    afterAll(() => collector?.stop());

    it('shows the same families, types, help, labels and values, in both formats', async () => {
      const corpus = agreedCorpus();
      const problems: string[] = [];
      const ours = (format: 'text' | 'openmetrics') =>
        parseStrictly(
          serialize(corpus, { format, onProblem: ({ reason, metric }) => problems.push(`${reason} ${metric}`) }),
          format,
        );

      const text = comparable(parseStrictly(await scrapeAfter(corpus), 'text'));
      delete text.arrived;
      expect(comparable(ours('text'))).toEqual(text);
      expect(Object.keys(text).length).toBeGreaterThan(620);
      expect(problems).toEqual([]);

      const openMetricsPage = await page(openMetricsAccept);
      // two families called `same` are invalid OpenMetrics, so ours calls the counter unknown
      const renamed = openMetricsPage.replace(
        '# HELP same About same.\n# TYPE same counter',
        '# HELP same_total About same.\n# TYPE same_total unknown',
      );
      expect(renamed).not.toBe(openMetricsPage);
      const openMetrics = comparable(parseStrictly(renamed, 'openmetrics'));
      delete openMetrics.arrived;
      expect(comparable(ours('openmetrics'))).toEqual(openMetrics);
      expect(problems).toEqual([]);
    });

    describe('where the two differ', () => {
      const scopeText = 'otel_scope_name="s",otel_scope_schema_url="",otel_scope_version=""';
      const jobText = 'instance="one",job="test/conformance",';
      const metrics = (...all: Parameters<typeof scope>[0]) => collection([scope(all, { name: 's' })], resource);
      const samplesOf = (text: string, prefix: string) =>
        text
          .split('\n')
          .filter((line) => line.startsWith(prefix))
          .map((line) => line.replace(jobText, ''))
          .sort();

      /** Samples whose names begin with the prefix, ours and theirs. */
      async function both(data: ResourceMetrics, prefix: string) {
        const theirs = samplesOf(await scrapeAfter(data), prefix);
        const text = serialize(data);
        parseStrictly(text, 'text');
        return { ours: samplesOf(text, prefix), theirs };
      }

      it.each([
        ['keys that become one label', { 'a.b': 'x', a_b: 'y' }, `a_b="x;y",${scopeText}`],
        ['an attribute called like a scope label', { 'otel.scope.name': 'x' }, scopeText.replace('"s"', '"x;s"')],
        ['an attribute called job', { job: 'x' }, `job="x",${scopeText}`],
        ['a key with a reserved name', { __name__: 'x' }, `_name_="x",${scopeText}`],
        ['a key of foreign characters alone', { 日本: 'x' }, `_="x",${scopeText}`],
      ])('%s: the Collector drops the series', async (about, attributes, labels) => {
        const name = about.replaceAll(' ', '.');
        const shown = await both(metrics(gauge(name, [[attributes, 1]])), name.replaceAll('.', '_'));
        expect(shown).toEqual({ ours: [`${name.replaceAll('.', '_')}{${labels}} 1`], theirs: [] });
      });

      it.each([
        ['an attribute without a key', gauge('no.key', [[{ '': 'x' }, 1]]), 'no_key'],
        ['a name without a character that counts', gauge('日本', [[{}, 1]]), '_{'],
        ['a metric called target_info', gauge('target.info', [[{ mine: 1 }, 1]]), 'target_info{mine'],
      ])('%s: both drop it', async (_about, metric, prefix) => {
        expect(await both(metrics(metric), prefix)).toEqual({ ours: [], theirs: [] });
      });

      it('two types under one name: the first is shown, the Collector shows either', async () => {
        const shown = await both(
          metrics(gauge('two.types.total', [[{}, 1]]), counter('two.types', [[{}, 2]])),
          'two_types',
        );
        expect(shown.ours).toEqual([`two_types_total{${scopeText}} 1`]);
        expect([[`two_types_total{${scopeText}} 1`], [`two_types_total{${scopeText}} 2`]]).toContainEqual(shown.theirs);
      });

      it('two descriptions: the first is shown, the Collector shows either, and no series is lost', async () => {
        const data = metrics(
          gauge('two.helps', [[{ a: 1 }, 1]], { description: 'One.' }),
          gauge('two.helps', [[{ a: 2 }, 1]], { description: 'Two.' }),
        );
        const shown = await both(data, 'two_helps');
        expect(shown.ours).toHaveLength(2);
        expect(shown.theirs).toEqual(shown.ours);
        expect(serialize(data)).toContain('# HELP two_helps One.\n');
        expect(await page()).toMatch(/^# HELP two_helps (One|Two)\.$/m);
      });

      it('samples that would share a name: the first family is shown, the Collector shows either', async () => {
        const data = metrics(gauge('sharing.count', [[{}, 9]]), histogram('sharing', [[{}, buckets([], [1], 1)]]));
        const shown = await both(data, 'sharing');
        expect(shown.ours).toEqual([`sharing_count{${scopeText}} 9`]);
        expect([1, 3]).toContain(shown.theirs.length);
      });

      it('an attribute le on a histogram: the Collector’s page has the label twice, and no scraper takes it', async () => {
        const shown = await both(metrics(histogram('with.le', [[{ le: 'x' }, buckets([], [1], 1)]])), 'with_le_bucket');
        expect(shown).toEqual({
          ours: [`with_le_bucket{exported_le="x",${scopeText},le="+Inf"} 1`],
          theirs: [`with_le_bucket{le="x",${scopeText},le="+Inf"} 1`],
        });
      });

      it('an exponential histogram has its buckets, on the Collector’s page `+Inf` alone', async () => {
        const value = exponential({ count: 6, sum: 9, zeroCount: 1, positive: { offset: 0, bucketCounts: [2, 3] } });
        const shown = await both(metrics(exponentialHistogram('exponential', [[{}, value]])), 'exponential');
        const common = [
          `exponential_bucket{${scopeText},le="+Inf"} 6`,
          `exponential_count{${scopeText}} 6`,
          `exponential_sum{${scopeText}} 9`,
        ];
        expect(shown.theirs).toEqual(common);
        expect(shown.ours.filter((line) => !/le="[0-9]/.test(line))).toEqual(common);
        expect(shown.ours.filter((line) => /le="[0-9]/.test(line))).toEqual([
          `exponential_bucket{${scopeText},le="0"} 1`,
          `exponential_bucket{${scopeText},le="1"} 1`,
          `exponential_bucket{${scopeText},le="2"} 3`,
          `exponential_bucket{${scopeText},le="4"} 6`,
        ]);
      });

      it('delta values are dropped; the Collector adds them up', async () => {
        const shown = await both(metrics(counter('deltas', [[{}, 3]], { delta: true })), 'deltas');
        expect(shown).toEqual({ ours: [], theirs: [`deltas_total{${scopeText}} 3`] });
      });

      it('a series that differs by an empty label alone is the same series; the Collector shows it twice', async () => {
        const points = [
          [{}, 1],
          [{ a: '' }, 2],
        ] as const;
        const shown = await both(metrics(gauge('empty.label', points)), 'empty_label');
        expect(shown).toEqual({
          ours: [`empty_label{${scopeText}} 1`],
          theirs: [`empty_label{${scopeText}} 1`, `empty_label{a="",${scopeText}} 2`].sort(),
        });
      });

      it('OpenMetrics has units, and neither counters nor sums that it forbids; the Collector’s has them', async () => {
        const data = metrics(
          counter('forbidden.time', [[{}, -1]], { unit: 's' }),
          histogram('forbidden.size', [[{}, buckets([-1], [1, 0], -2)]], { unit: 'By' }),
        );
        await scrapeAfter(data);
        const lines = (text: string) => text.split('\n').filter((line) => /^(# UNIT )?forbidden/.test(line));
        expect(lines(serialize(data, { format: 'openmetrics' }))).toEqual([
          '# UNIT forbidden_size_bytes bytes',
          `forbidden_size_bytes_bucket{${scopeText},le="-1.0"} 1`,
          `forbidden_size_bytes_bucket{${scopeText},le="+Inf"} 1`,
        ]);
        const theirs = await page(openMetricsAccept);
        expect(lines(theirs).map((line) => line.replace(jobText, ''))).toEqual([
          `forbidden_size_bytes_bucket{${scopeText},le="-1.0"} 1`,
          `forbidden_size_bytes_bucket{${scopeText},le="+Inf"} 1`,
          `forbidden_size_bytes_sum{${scopeText}} -2.0`,
          `forbidden_size_bytes_count{${scopeText}} 1`,
          `forbidden_time_seconds_total{${scopeText}} -1.0`,
        ]);
      });

      it('a resource without service.instance.id has target_info here, and none there', async () => {
        const data = collection([], { 'service.name': 'x', 'host.name': 'nameless' });
        const shown = await both(data, 'target_info{host_name="nameless"');
        expect(shown).toEqual({ ours: ['target_info{host_name="nameless"} 1'], theirs: [] });
      });
    });
  },
);
