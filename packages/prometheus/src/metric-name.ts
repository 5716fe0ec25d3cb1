import { unitSuffix } from './unit-words.js';

/** The kinds of instrument of the metrics API. */
export type MetricKind =
  | 'counter'
  | 'observable_counter'
  | 'up_down_counter'
  | 'observable_up_down_counter'
  | 'gauge'
  | 'observable_gauge'
  | 'histogram';

/** What the Prometheus name of a metric follows from. */
export interface NamedMetric {
  readonly name: string;
  /** UCUM unit; empty or left out: none. */
  readonly unit?: string;
  readonly kind: MetricKind;
}

/**
 * The Prometheus name of a metric: `http.server.request.duration` in `s` → `http_server_request_duration_seconds`.
 * A histogram's samples add `_bucket`, `_sum` and `_count` to it. Empty when no character of name and unit can be kept.
 * Source: what the Collector's prometheus exporter 0.159 does (README), specification "OTLP Metric points to Prometheus".
 */
export function prometheusName({ name, unit = '', kind }: NamedMetric): string {
  const isCounter = kind === 'counter' || kind === 'observable_counter';
  const isGauge = kind === 'gauge' || kind === 'observable_gauge';

  let words = name.split(/[^a-zA-Z0-9:]+/).filter((word) => word !== '');
  const { main, per } = unitSuffix(unit);
  // no doubled suffix: a unit whose word is anywhere in the name is not said again
  const mainWord = words.includes(main) ? '' : main;
  const perWords = words.includes(per) ? '' : per;
  if (mainWord !== '') words.push(perWords === '' ? mainWord : mainWord.replace(/_$/, ''));
  if (perWords !== '') words.push(perWords);

  if (isCounter) words = [...words.filter((word) => word !== 'total'), 'total'];
  if (isGauge && unit === '1') words = [...words.filter((word) => word !== 'ratio'), 'ratio'];

  const joined = words.join('_');
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

/** The unit at the end of a Prometheus name, as `# UNIT` wants it; empty when the name does not end with one. */
export function unitAtEndOf(prometheusFamilyName: string, unit: string): string {
  const { main, per } = unitSuffix(unit);
  const words = unit === '1' ? 'ratio' : [main, per].filter((word) => word !== '').join('_');
  return words !== '' && prometheusFamilyName.endsWith(`_${words}`) ? words : '';
}
