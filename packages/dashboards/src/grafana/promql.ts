import { labelName } from '../series.js';

/** Matchers that every query of a service has: what is chosen at the top of the dashboard. */
const CHOSEN = ['job=~"$job"', 'instance=~"$instance"'];

/**
 * The series of one name, of the chosen services: `name{job=~"$job", instance=~"$instance", …}`.
 *
 * @param matchers further ones, as `where()` makes them
 */
export function chosen(name: string, ...matchers: readonly string[]): string {
  return `${name}{${[...CHOSEN, ...matchers].join(', ')}}`;
}

/** A matcher of an attribute: `where('monitor.operation.name', '=~', '$operation')`. */
export function where(attribute: string, operator: '=' | '!=' | '=~' | '!~', value: string): string {
  return `${labelName(attribute)}${operator}"${value}"`;
}

/** What a counter gains a second, over an interval that Grafana chooses so that it holds four scrapes at least. */
export const rate = (selector: string): string => `rate(${selector}[$__rate_interval])`;

/** The same over an hour, for what is looked at over days. */
export const hourlyRate = (selector: string): string => `rate(${selector}[1h])`;

/** What a counter has gained in the time that the dashboard shows. */
export const gained = (selector: string): string => `increase(${selector}[$__range])`;

export type Aggregation = 'sum' | 'avg' | 'max' | 'min' | 'count';

/**
 * One series for each combination of values of these labels; no labels: one series.
 *
 * @param labels attributes (`error.type`), or labels of Prometheus (`job`)
 */
export function by(labels: readonly string[], expression: string, aggregation: Aggregation = 'sum'): string {
  if (labels.length === 0) return `${aggregation}(${expression})`;
  return `${aggregation} by (${labels.map(labelOf).join(', ')}) (${expression})`;
}

/**
 * A part as a share of the whole, 0 to 1, for each combination of values of these labels. Where the part has no series yet
 * it is 0; where nothing happened at all there is none.
 */
export function share(labels: readonly string[], part: string, whole: string): string {
  const all = by(labels, whole);
  return `(${by(labels, part)} or 0 * ${all}) / (${all} > 0)`;
}

/** A quantile of a histogram, interpolated in its bucket. @param buckets a rate of `…_bucket` */
export function quantile(of: number, labels: readonly string[], buckets: string): string {
  return `histogram_quantile(${of}, ${by(['le', ...labels], buckets)})`;
}

/** The largest few. */
export const largest = (many: number, expression: string): string => `topk(${many}, ${expression})`;

/** `{{job}} {{error_type}}`: the values of these labels, as the name of a series. */
export const legendOf = (labels: readonly string[]): string => labels.map((label) => `{{${labelOf(label)}}}`).join(' ');

/** A variable that stands for a label is left as it is. */
const labelOf = (label: string): string => (label.startsWith('$') ? label : labelName(label));
