import { spawnSync } from 'node:child_process';
import { boundMeter, type MetricStore, metricStore, spanIds } from '@otel-monitor/bound-metrics';
import { runtimeState } from '@otel-monitor/runtime';
import { describe, expect, it } from 'vitest';
import { serialize } from '../../packages/prometheus/src/index.js';
import { exponential, exponentialHistogram, scope } from '../../packages/prometheus/test/metric-data.js';
import { numberOf, parseStrictly } from '../../packages/prometheus/test/strict-parser.js';
import { promtoolProgram } from '../real-parts/prometheus.js';
import { agreedCorpus } from './agreed-corpus.js';
import { preparePython } from './python-packages.js';
import { PAGE_PARSERS, parseByPython } from './python-parsers.js';

type Format = 'text' | 'openmetrics';
const formats: Format[] = ['text', 'openmetrics'];
const packages = preparePython(PAGE_PARSERS);

/** Bound series of every kind, with exemplars. */
function boundSeries(): MetricStore {
  runtimeState.metrics = 'own';
  const meter = boundMeter({ name: 'bound', version: '1' });
  meter.createCounter('bound.jobs', { unit: '{job}', description: 'Jobs.' }).bind({ kind: 'a"\\\n👍' }).add(2);
  meter.createUpDownCounter('bound.queue', { description: 'Waiting.' }).bind({ q: 1 }).add(-1.5);
  const duration = meter.createHistogram('bound.duration', { unit: 's', description: 'Durations.' });
  const span = spanIds('0af7651916cd43dd8448eb211c80319c', '00f067aa0ba902b7');
  for (let i = 0; i < 100; i += 1) duration.bind({ route: '/' }).record(i / 7, span, 1_700_000_000_000 + i);
  const sizes = meter.createExponentialHistogram('bound.size', { unit: 'By', description: 'Sizes.' });
  for (let i = 0; i < 100; i += 1) sizes.bind({ route: '/' }).record(i ** 3);
  return metricStore;
}

function page(format: Format): string {
  const corpus = agreedCorpus();
  const value = exponential({ count: 6, sum: 9, zeroCount: 1, positive: { offset: 0, bucketCounts: [2, 3] } });
  const more = scope([exponentialHistogram('exponential', [[{ a: 'b' }, value]])], { name: 'more' });
  const scopeMetrics = [...corpus.scopeMetrics, more] as typeof corpus.scopeMetrics;
  return serialize({ ...corpus, scopeMetrics }, { format, store: boundSeries() });
}

/** Python writes `inf` and `nan`. */
const fromPython = (text: string) => numberOf(text.replace('inf', '+Inf').replace('-+', '-').replace('nan', 'NaN'));

describe.skipIf(packages === undefined)('prometheus-client’s parsers (needs Python)', () => {
  it.each(formats)('read all samples of the page, in %s', (format) => {
    const text = page(format);
    const ours = [...parseStrictly(text, format).values()].flatMap(({ samples }) =>
      samples.map(({ name, labels, value, exemplar }) => ({
        name,
        labels: Object.fromEntries(labels),
        value,
        exemplar,
      })),
    );
    const theirs = parseByPython(packages!, text, format).flatMap(({ samples }) =>
      samples.map(({ name, labels, value, exemplar }) => ({
        name,
        labels,
        value: fromPython(value),
        exemplar: exemplar
          ? { labels: exemplar.labels, value: fromPython(exemplar.value), seconds: fromPython(exemplar.seconds) }
          : undefined,
      })),
    );
    expect(theirs.length).toBeGreaterThan(1400);
    const key = ({ name, labels }: (typeof ours)[number]) => JSON.stringify([name, Object.entries(labels).sort()]);
    const sorted = (all: typeof ours) => new Map(all.map((each) => [key(each), each]));
    expect(sorted(theirs as typeof ours)).toEqual(sorted(ours));
    expect(theirs).toHaveLength(ours.length);
    const exemplars = theirs.filter(({ exemplar }) => exemplar !== undefined);
    expect(exemplars.length > 5).toBe(format === 'openmetrics');
  });

  it('read types, help and units of OpenMetrics', () => {
    const text = page('openmetrics');
    const ours = [...parseStrictly(text, 'openmetrics')].map(([name, { type, help, unit = '' }]) => ({
      name,
      type,
      help,
      unit,
    }));
    const theirs = parseByPython(packages!, text, 'openmetrics').map(({ name, type, help, unit }) => ({
      name,
      type,
      help,
      unit,
    }));
    // it takes the spaces in front of a HELP away
    expect(theirs).toEqual(ours.map((family) => ({ ...family, help: family.help.replace(/^ +/, '') })));
  });

  it('refuse a page that breaks off, in OpenMetrics', () => {
    const text = page('openmetrics');
    expect(() => parseByPython(packages!, text.slice(0, text.length / 2), 'openmetrics')).toThrow('refuses the page');
  });
});

describe.skipIf(promtoolProgram === undefined)('promtool check metrics (needs Prometheus)', () => {
  const check = (text: string) => {
    const { status, stdout, stderr } = spawnSync(promtoolProgram!, ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
    });
    return { status, said: `${stdout}${stderr}`.split('\n').filter((line) => line !== '') };
  };
  /** What it says of a page that it cannot read; a page that it dislikes is 3. */
  const UNREADABLE = 1;
  const DISLIKED = 3;

  it('reads all of the page; it dislikes names that the data have', () => {
    const { status, said } = check(page('text'));
    expect(status).toBe(DISLIKED);
    // of two units in one name it tells one, by chance
    const kinds = new Set(said.map((line) => line.slice(line.indexOf(' ') + 1).replace(/"\w+" instead of "\w+"/, '…')));
    expect([...kinds].sort()).toEqual([
      "label names should be written in 'snake_case' not 'camelCase'",
      "metric names should be written in 'snake_case' not 'camelCase'",
      "metric names should not contain ':'",
      'metric names should not contain abbreviated units',
      'no help text',
      'non-counter metrics should not have "_total" suffix',
      'non-histogram metrics should not have "le" label',
      'non-summary metrics should not have "quantile" label',
      'use base unit …',
    ]);
  });

  it('likes the bound series', () => {
    const { resource } = agreedCorpus();
    expect(check(serialize({ resource, scopeMetrics: [] }, { store: boundSeries() }))).toEqual({ status: 0, said: [] });
  });

  it('and would tell of a page that cannot be read', () => {
    expect(check('a{b="c} 1\n').status).toBe(UNREADABLE);
  });
});
