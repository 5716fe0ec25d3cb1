import { type MetricDefinition, PROCESS_UPTIME } from '@otel-monitor/semconv';
import { bucketName, countName, labelName, seriesName, sumName } from '../series.js';
import { type Matcher, select } from './matcher.js';

/** The window of rates: four scrapes of a minute fit into it, so that one that fails leaves no gap. */
export const RATE_WINDOW = '5m';

/** Windows in seconds, with one scrape of a minute: a process that began with the window may be as old as that. */
const SECONDS = { '5m': 360, '15m': 960 } as const;

/** Labels of a `by (…)`, from names of attributes; `job`, `instance` and `le` are Prometheus's own. */
export const by = (labels: readonly string[]): string => `by (${labels.map(labelName).join(', ')})`;

/** The rate a second of a counter, added up by labels. */
export const rate = (labels: readonly string[], counter: string, ...matchers: readonly Matcher[]): string =>
  `sum ${by(labels)} (rate(${select(counter, ...matchers)}[${RATE_WINDOW}]))`;

/** What a counter has gained in a window, added up by labels. */
export const gained = (
  labels: readonly string[],
  window: string,
  counter: string,
  ...matchers: readonly Matcher[]
): string => `sum ${by(labels)} (increase(${select(counter, ...matchers)}[${window}]))`;

/**
 * The share of the counts that match. Where nothing has matched yet it is 0 and not absent; where nothing has happened at
 * all in the window there is none. It would be NaN, and an average over a day with one NaN in it is NaN.
 */
export function share(labels: readonly string[], counter: string, ...matchers: readonly Matcher[]): string {
  const all = rate(labels, counter);
  return `(${rate(labels, counter, ...matchers)} or 0 * ${all}) / (${all} > 0)`;
}

/**
 * The mean of what a histogram measures, in its unit; none where nothing was measured. It is exact; percentiles are as exact
 * as the buckets.
 */
export const mean = (labels: readonly string[], histogram: MetricDefinition, ...matchers: readonly Matcher[]): string =>
  `${rate(labels, sumName(histogram), ...matchers)} / (${rate(labels, countName(histogram), ...matchers)} > 0)`;

/** A percentile (0 to 1) of a histogram, interpolated within its bucket; none where nothing was measured. */
export const quantile = (percentile: number, labels: readonly string[], histogram: MetricDefinition): string =>
  `histogram_quantile(${percentile}, ${rate([...labels, 'le'], bucketName(histogram))}) >= 0`; // NaN is not

/**
 * How often a counter has gone up within a window, with series that began in it. `increase` alone misses the first: a
 * series that comes into being at 1 has never been seen to rise. Series of a process that is older than the window and
 * that Prometheus has not seen before it did not begin in it: Prometheus did.
 */
export function rises(
  labels: readonly string[],
  counter: string,
  window: keyof typeof SECONDS,
  ...matchers: readonly Matcher[]
): string {
  const series = select(counter, ...matchers);
  const uptime = seriesName(PROCESS_UPTIME);
  const notSeenBefore = `(${uptime} > ${SECONDS[window]} unless ${uptime} offset ${window})`;
  const began = `${series} unless ${series} offset ${window} unless on (job, instance) ${notSeenBefore}`;
  return `sum ${by(labels)} ((${began}) or increase(${series}[${window}]))`;
}
