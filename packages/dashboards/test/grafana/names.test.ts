import * as semconv from '@otel-monitor/semconv';
import { describe, expect, it } from 'vitest';
import { bucketName, countName, customSeriesName, labelName, seriesName, sumName } from '../../src/series.js';
import { dashboardFiles, shownPanels } from './dashboard-json.js';

const isMetric = (value: unknown): value is semconv.MetricDefinition =>
  typeof value === 'object' && value !== null && 'kind' in value && 'unit' in value;

/** Every series that our packages can record. */
const series = Object.values(semconv)
  .filter(isMetric)
  .flatMap((metric) =>
    metric.kind === 'histogram' ? [bucketName(metric), countName(metric), sumName(metric)] : [seriesName(metric)],
  );

/** Figures of a program's own, by the keys of its collectors: docs/dashboards.md tells to record them. */
const own = ['agents_total', 'agents_healthy', 'agents_idle', 'state_file_bytes'].map(customSeriesName);

/** What Prometheus makes itself, and the resource. */
const others = ['ALERTS', 'ALERTS_FOR_STATE', 'target_info'];

const labels = Object.entries(semconv)
  .filter(([name]) => name.startsWith('ATTR_'))
  .map(([, value]) => labelName(String(value)));
const prometheusLabels = ['job', 'instance', 'le', 'alertname', 'severity', 'alertstate', '__name__'];

/** Words of PromQL that are used. */
const words = [
  ...['sum', 'max', 'min', 'avg', 'count', 'topk', 'by', 'on', 'ignoring', 'group_left', 'or', 'and', 'unless', 'bool'],
  ...['rate', 'increase', 'histogram_quantile', 'vector', 'time', 'offset', 'avg_over_time', 'count_over_time'],
];

/** The words of an expression that are neither text nor durations nor variables. */
function wordsOf(expression: string): string[] {
  const bare = expression
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\$\w+/g, '');
  return bare.match(/(?<![\w.])[a-zA-Z_]\w*/g) ?? [];
}

describe.each(dashboardFiles)('%s', (_path, dashboard) => {
  it('asks for names of the conventions and of the guide alone', () => {
    const known = new Set([...series, ...own, ...others, ...labels, ...prometheusLabels, ...words]);
    const expressions = shownPanels(dashboard).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(expressions.flatMap(wordsOf).filter((word) => !known.has(word))).toEqual([]);
  });
});

it('a word that is no name would be seen', () => {
  expect(wordsOf('sum by (job) (rate(nothing_total{job=~"$job"}[$__rate_interval])) offset 1w')).toEqual([
    'sum',
    'by',
    'job',
    'rate',
    'nothing_total',
    'job',
    'offset',
  ]);
});
