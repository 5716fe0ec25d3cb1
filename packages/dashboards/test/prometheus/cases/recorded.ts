import { type InputSeries, labelText, rising, scoped, steady } from '../alert-case.js';
import type { RecordedCase } from '../recorded-case.js';

interface Measured {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly perMinute: number;
  readonly failedPerMinute?: number;
  /** Of all, of a minute. */
  readonly seconds: number;
  /** How many of a minute were not longer. */
  readonly buckets: Readonly<Record<string, number>>;
}

/** The series of a histogram. Failed ones are counted apart; for the buckets that makes no difference. */
function histogram({ name, labels, perMinute, failedPerMinute = 0, seconds, buckets }: Measured): InputSeries {
  const instance = { job: 'shop', instance: 'shop-1', ...labels };
  const bucket = ([le, count]: [string, number]) => [scoped(`${name}_bucket`, { ...instance, le }), rising(count)];
  return {
    [scoped(`${name}_count`, instance)]: rising(perMinute - failedPerMinute),
    [scoped(`${name}_count`, { ...instance, error_type: '503' })]: rising(failedPerMinute),
    [scoped(`${name}_sum`, instance)]: rising(seconds),
    ...Object.fromEntries(Object.entries({ ...buckets, '+Inf': perMinute }).map(bucket)),
  };
}

const pay = {
  perMinute: 600,
  failedPerMinute: 60,
  seconds: 120,
  buckets: { '0.1': 300, '0.25': 540, '0.5': 594 },
};
const list = { perMinute: 600, seconds: 30, buckets: { '0.1': 600, '0.25': 600, '0.5': 600 } };

const request = 'http_server_request_duration_seconds';
const operation = 'monitor_operation_duration_seconds';
const route = (http_route: string) => ({ http_route, http_request_method: 'GET' });
const ofRoute = (http_route: string) => labelText({ http_request_method: 'GET', http_route, job: 'shop' });
const ofOperation = (monitor_operation_name: string) => labelText({ job: 'shop', monitor_operation_name });

const requests: RecordedCase = {
  what: 'requests of two routes, of which one fails at times',
  series: {
    ...histogram({ ...pay, name: request, labels: route('/pay') }),
    ...histogram({ ...list, name: request, labels: route('/list') }),
  },
  at: '10m',
  holds: {
    'job:http_server_requests:rate5m': { 'job="shop"': 200_000 },
    'job:http_server_requests_failed:ratio_rate5m': { 'job="shop"': 500 },
    [`job:${request}:mean5m`]: { 'job="shop"': 1250 },
    [`job:${request}:p50_5m`]: { 'job="shop"': 667 },
    [`job:${request}:p95_5m`]: { 'job="shop"': 2500 },
    [`job:${request}:p99_5m`]: { 'job="shop"': 4722 },
    'job_route:http_server_requests:rate5m': { [ofRoute('/list')]: 100_000, [ofRoute('/pay')]: 100_000 },
    'job_route:http_server_requests_failed:ratio_rate5m': { [ofRoute('/list')]: 0, [ofRoute('/pay')]: 1000 },
    [`job_route:${request}:mean5m`]: { [ofRoute('/list')]: 500, [ofRoute('/pay')]: 2000 },
    [`job_route:${request}:p50_5m`]: { [ofRoute('/list')]: 500, [ofRoute('/pay')]: 1000 },
    [`job_route:${request}:p95_5m`]: { [ofRoute('/list')]: 950, [ofRoute('/pay')]: 3889 },
    [`job_route:${request}:p99_5m`]: { [ofRoute('/list')]: 990, [ofRoute('/pay')]: 5000 },
  },
};

const operations: RecordedCase = {
  what: 'two operations, of which one fails at times',
  series: {
    ...histogram({ ...pay, name: operation, labels: { monitor_operation_name: 'pay' } }),
    ...histogram({ ...list, name: operation, labels: { monitor_operation_name: 'list' } }),
  },
  at: '10m',
  holds: {
    'job_operation:monitor_operations:rate5m': { [ofOperation('list')]: 100_000, [ofOperation('pay')]: 100_000 },
    'job_operation:monitor_operations_failed:ratio_rate5m': { [ofOperation('list')]: 0, [ofOperation('pay')]: 1000 },
    [`job_operation:${operation}:mean5m`]: { [ofOperation('list')]: 500, [ofOperation('pay')]: 2000 },
    [`job_operation:${operation}:p50_5m`]: { [ofOperation('list')]: 500, [ofOperation('pay')]: 1000 },
    [`job_operation:${operation}:p95_5m`]: { [ofOperation('list')]: 950, [ofOperation('pay')]: 3889 },
    [`job_operation:${operation}:p99_5m`]: { [ofOperation('list')]: 990, [ofOperation('pay')]: 5000 },
  },
};

const shop = { job: 'shop', instance: 'shop-1' };
const errorsAndUsage: RecordedCase = {
  what: 'errors, uses and a cache',
  series: {
    [scoped('monitor_errors_total', { ...shop, monitor_error_severity: 'error', error_type: 'A' })]: rising(6),
    [scoped('monitor_errors_total', { ...shop, monitor_error_severity: 'error', error_type: 'B' })]: rising(6),
    [scoped('monitor_errors_total', { ...shop, monitor_error_severity: 'info', error_type: 'A' })]: rising(3),
    [scoped('monitor_feature_uses_total', { ...shop, monitor_feature_name: 'export' })]: rising(30),
    [scoped('monitor_cache_requests_total', { ...shop, monitor_cache_name: 'tiles', monitor_cache_result: 'hit' })]:
      rising(90),
    [scoped('monitor_cache_requests_total', { ...shop, monitor_cache_name: 'tiles', monitor_cache_result: 'miss' })]:
      rising(30),
    [scoped('monitor_cache_requests_total', { ...shop, monitor_cache_name: 'cold', monitor_cache_result: 'miss' })]:
      rising(30),
  },
  at: '10m',
  holds: {
    'job_severity:monitor_errors:rate5m': {
      'job="shop",monitor_error_severity="error"': 2000,
      'job="shop",monitor_error_severity="info"': 500,
    },
    'job_feature:monitor_feature_uses:rate5m': { 'job="shop",monitor_feature_name="export"': 5000 },
    'job_cache:monitor_cache_hits:ratio_rate5m': {
      'job="shop",monitor_cache_name="cold"': 0,
      'job="shop",monitor_cache_name="tiles"': 7500,
    },
  },
};

/** Two in a hundred fail, four more are late. */
const objective = (slo: string) => labelText({ job: 'shop', slo });
const ratio = { [objective('http-availability')]: 200, [objective('http-latency')]: 600 };
const objectives: RecordedCase = {
  what: 'what objectives count',
  series: {
    [scoped(`${request}_count`, shop)]: rising(588),
    [scoped(`${request}_count`, { ...shop, error_type: '503' })]: rising(12),
    [scoped(`${request}_bucket`, { ...shop, le: '0.5' })]: rising(564),
    [scoped(`${request}_bucket`, { ...shop, le: '0.5', error_type: '503' })]: rising(12),
    [scoped(`${request}_bucket`, { ...shop, le: '0.75' })]: rising(588),
  },
  at: '10m',
  holds: {
    'job_slo:monitor_slo_events:rate5m': {
      [objective('http-availability')]: 100_000,
      [objective('http-latency')]: 100_000,
    },
    'job_slo:monitor_slo_failures:rate5m': {
      [objective('http-availability')]: 2000,
      [objective('http-latency')]: 6000,
    },
    // 12 and 36 a minute, for the ten minutes that it is looked at
    'job_slo:monitor_slo_failures:increase1h': {
      [objective('http-availability')]: 1_200_000,
      [objective('http-latency')]: 3_600_000,
    },
    ...Object.fromEntries(
      ['5m', '30m', '1h', '2h', '6h', '1d', '3d'].map((window) => [
        `job_slo:monitor_slo_failures:ratio_rate${window}`,
        ratio,
      ]),
    ),
  },
};

/** A job for each number of agents. */
const agents = (numbers: readonly number[]): InputSeries =>
  Object.fromEntries(numbers.map((number) => [`monitor_custom_agents_total{job="with-${number}"}`, steady(number)]));
const limits = (byAgents: Readonly<Record<number, number>>) =>
  Object.fromEntries(Object.entries(byAgents).map(([number, limit]) => [`job="with-${number}"`, limit]));
const agentLimits: RecordedCase = {
  what: 'the limits of cycles by agents',
  series: agents([1, 10, 11, 25, 26, 50, 51, 100, 101, 200]),
  at: '1m',
  holds: {
    'job:monitoring_cycle_limit_seconds:warning': limits({
      1: 300,
      10: 300,
      11: 600,
      25: 600,
      26: 1200,
      50: 1200,
      51: 2500,
      100: 2500,
      101: 5000,
      200: 5000,
    }),
    'job:monitoring_cycle_limit_seconds:critical': limits({
      1: 500,
      10: 500,
      11: 1000,
      25: 1000,
      26: 2000,
      50: 2000,
      51: 4000,
      100: 4000,
      101: 7500,
      200: 7500,
    }),
  },
};

const baseline: RecordedCase = {
  what: 'what cycles took: ten minutes ago and before',
  series: {
    [scoped(`${operation}_sum`, { ...shop, monitor_operation_name: 'monitoring_cycle' })]: '0+1x20 25+5x20',
    [scoped(`${operation}_count`, { ...shop, monitor_operation_name: 'monitoring_cycle' })]: rising(10, 41),
  },
  at: '30m',
  holds: { [`job:${operation}:monitoring_cycle_baseline1d`]: { 'job="shop"': 1000 } },
};

/** A cycle that was idle for a quarter of an hour between two times of work. */
const idleBetween: RecordedCase = {
  what: 'what cycles took, over a time without any',
  series: {
    [scoped(`${operation}_sum`, { ...shop, monitor_operation_name: 'monitoring_cycle' })]: '0+1x20 20x15 20+1x20',
    [scoped(`${operation}_count`, { ...shop, monitor_operation_name: 'monitoring_cycle' })]: '0+10x20 200x15 200+10x20',
  },
  at: '55m',
  holds: { [`job:${operation}:monitoring_cycle_baseline1d`]: { 'job="shop"': 1000 } },
};

/** What was asked for once, and is no more. */
const nothingAsked: RecordedCase = {
  what: 'nothing for ten minutes: shares, means and percentiles are absent, and not NaN',
  series: {
    ...Object.fromEntries(
      ['count', 'sum', 'bucket'].flatMap((part) =>
        [request, operation].map((name) => [
          scoped(`${name}_${part}`, {
            ...shop,
            ...(name === operation && { monitor_operation_name: 'checkout' }),
            ...(part === 'bucket' && { le: '+Inf' }),
          }),
          steady(7),
        ]),
      ),
    ),
    [scoped('monitor_cache_requests_total', { ...shop, monitor_cache_name: 'tiles', monitor_cache_result: 'hit' })]:
      steady(7),
  },
  at: '10m',
  holds: Object.fromEntries(
    [
      'job:http_server_requests_failed:ratio_rate5m',
      `job:${request}:mean5m`,
      `job:${request}:p95_5m`,
      'job_operation:monitor_operations_failed:ratio_rate5m',
      `job_operation:${operation}:mean5m`,
      `job_operation:${operation}:p99_5m`,
      'job_cache:monitor_cache_hits:ratio_rate5m',
      'job_slo:monitor_slo_failures:ratio_rate5m',
      'job_slo:monitor_slo_failures:ratio_rate3d',
    ].map((name) => [name, {}]),
  ),
};

/** A service whose operations, patterns and pool are just as good as this. */
function speedrun(job: string, sla: { success: number; compile: number; load: number; quality: number; pool: number }) {
  const takes = (monitor_operation_name: string, seconds: number): InputSeries => ({
    [scoped(`${operation}_sum`, { job, monitor_operation_name })]: rising(1000 * seconds),
    [scoped(`${operation}_count`, { job, monitor_operation_name })]: rising(1000),
  });
  const experiment = { job, monitor_operation_name: 'experiment' };
  const processes = Array.from({ length: 100 }, (_, index): [string, string][] =>
    ['healthy', 'unhealthy'].map((monitor_component_state) => [
      scoped('monitor_component_status', { job, monitor_component_name: `process_${index}`, monitor_component_state }),
      steady((monitor_component_state === 'healthy') === index < sla.pool ? 1 : 0),
    ]),
  );
  return {
    ...takes('script_compilation', sla.compile),
    ...takes('checkpoint_loading', sla.load),
    [scoped(`${operation}_count`, experiment)]: rising(sla.success),
    [scoped(`${operation}_count`, { ...experiment, error_type: 'Timeout' })]: rising(1000 - sla.success),
    [scoped('monitor_custom_pattern_quality', { job, monitor_collector_name: 'patterns' })]: steady(sla.quality),
    ...Object.fromEntries(processes.flat()),
  };
}
const targets = ['availability', 'checkpoint_loading', 'experiment_success', 'pattern_quality', 'script_compilation'];
const compliance = (job: string, value: number) => targets.map((sla) => [labelText({ job, sla }), value]);
const sla: RecordedCase = {
  what: 'targets that are just reached, just missed, and of a service that does nothing',
  series: {
    ...speedrun('good', { success: 951, compile: 0.099, load: 0.499, quality: 0.7, pool: 99 }),
    ...speedrun('bad', { success: 949, compile: 0.101, load: 0.501, quality: 0.69, pool: 98 }),
    [scoped(`${operation}_sum`, { job: 'idle', monitor_operation_name: 'script_compilation' })]: steady(9),
    [scoped(`${operation}_count`, { job: 'idle', monitor_operation_name: 'script_compilation' })]: steady(9),
  },
  at: '10m',
  holds: {
    'job_sla:monitor_sla:compliance': Object.fromEntries([...compliance('good', 10_000), ...compliance('bad', 0)]),
  },
};

export const recordedCases: readonly RecordedCase[] = [
  requests,
  operations,
  errorsAndUsage,
  objectives,
  agentLimits,
  baseline,
  idleBetween,
  nothingAsked,
  sla,
];
