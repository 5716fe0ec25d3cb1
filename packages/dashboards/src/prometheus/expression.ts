import type { MetricDefinition } from '@otel-monitor/semconv';
import { bucketName, countName, labelName, sumName } from '../series.js';
import { type Matcher, select } from './matcher.js';

/** The window of rates: four scrapes of a minute fit into it, so that one that fails leaves no gap. */
export const RATE_WINDOW = '5m';

/** Labels of a `by (…)`, from names of attributes; `job`, `instance` and `le` are Prometheus's own. */
export const by = (labels: readonly string[]): string => `by (${labels.map(labelName).join(', ')})`;

/** The rate a second of a counter, added up by labels. */
export const rate = (labels: readonly string[], counter: string, ...matchers: readonly Matcher[]): string =>
  `sum ${by(labels)} (rate(${select(counter, ...matchers)}[${RATE_WINDOW}]))`;

/**
 * The share of the counts that match. Where nothing has matched yet it is 0 and not absent; where nothing has happened
 * at all in the window it is NaN, which no threshold is passed by.
 */
export function share(labels: readonly string[], counter: string, ...matchers: readonly Matcher[]): string {
  const all = rate(labels, counter);
  return `(${rate(labels, counter, ...matchers)} or 0 * ${all}) / ${all}`;
}

/** The mean of what a histogram measures, in its unit. It is exact; percentiles are as exact as the buckets. */
export const mean = (labels: readonly string[], histogram: MetricDefinition, ...matchers: readonly Matcher[]): string =>
  `${rate(labels, sumName(histogram), ...matchers)} / ${rate(labels, countName(histogram), ...matchers)}`;

/** A percentile (0 to 1) of a histogram, interpolated within its bucket. */
export const quantile = (percentile: number, labels: readonly string[], histogram: MetricDefinition): string =>
  `histogram_quantile(${percentile}, ${rate([...labels, 'le'], bucketName(histogram))})`;

/**
 * How often a counter has gone up within a window, with series that began in it. `increase` alone misses the first: a
 * series that comes into being at 1 has never been seen to rise.
 */
export function rises(
  labels: readonly string[],
  counter: string,
  window: string,
  ...matchers: readonly Matcher[]
): string {
  const series = select(counter, ...matchers);
  return `sum ${by(labels)} ((${series} unless ${series} offset ${window}) or increase(${series}[${window}]))`;
}
