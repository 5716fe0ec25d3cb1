import {
  ATTR_CACHE_NAME,
  ATTR_CACHE_RESULT,
  ATTR_ERROR_SEVERITY,
  ATTR_FEATURE_NAME,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_ROUTE,
  ATTR_OPERATION_NAME,
  CACHE_REQUESTS,
  ERRORS,
  FEATURE_USES,
  HTTP_SERVER_REQUEST_DURATION,
  type MetricDefinition,
  OPERATION_DURATION,
} from '@otel-monitor/semconv';
import { countName, seriesName } from '../series.js';
import { mean, quantile, rate, share } from './expression.js';
import { failed, failedRequest } from './failed-requests.js';
import { is, type Matcher } from './matcher.js';
import type { RecordingRule, RuleFile } from './rule.js';

const PERCENTILES = { p50: 0.5, p95: 0.95, p99: 0.99 };

/** Names of recorded series that alerts read. Their form is `labels that are left:what it is:how it was made`. */
export const JOB_REQUESTS_FAILED = 'job:http_server_requests_failed:ratio_rate5m';
export const OPERATION_FAILED = 'job_operation:monitor_operations_failed:ratio_rate5m';
export const OPERATION_MEAN = `job_operation:${seriesName(OPERATION_DURATION)}:mean5m`;

interface Measured {
  readonly level: string;
  readonly what: string;
  readonly labels: readonly string[];
  readonly duration: MetricDefinition;
  readonly failure: Matcher;
}

/** Rate, share of failures, mean and percentiles of one histogram of durations. */
function red({ level, what, labels, duration, failure }: Measured): RecordingRule[] {
  const count = countName(duration);
  return [
    { record: `${level}:${what}:rate5m`, expr: rate(labels, count) },
    { record: `${level}:${what}_failed:ratio_rate5m`, expr: share(labels, count, failure) },
    { record: `${level}:${seriesName(duration)}:mean5m`, expr: mean(labels, duration) },
    ...Object.entries(PERCENTILES).map(([name, percentile]) => ({
      record: `${level}:${seriesName(duration)}:${name}_5m`,
      expr: quantile(percentile, labels, duration),
    })),
  ];
}

const requests = { what: 'http_server_requests', duration: HTTP_SERVER_REQUEST_DURATION, failure: failedRequest };
const routes = ['job', ATTR_HTTP_ROUTE, ATTR_HTTP_REQUEST_METHOD];
const operations = ['job', ATTR_OPERATION_NAME];

/** What dashboards and alerts read again and again, computed once. */
export const recordings: RuleFile = {
  name: 'recordings',
  about:
    'Rates, shares of failures, means and percentiles of five minutes: of HTTP requests by service and by route, of\n' +
    'operations, of errors, features and caches. Nothing fires here; alerts and dashboards read these series.',
  groups: [
    {
      name: 'http-requests',
      rules: [
        ...red({ ...requests, level: 'job', labels: ['job'] }),
        ...red({ ...requests, level: 'job_route', labels: routes }),
      ],
    },
    {
      name: 'operations',
      rules: red({
        level: 'job_operation',
        what: 'monitor_operations',
        labels: operations,
        duration: OPERATION_DURATION,
        failure: failed,
      }),
    },
    {
      name: 'errors-and-usage',
      rules: [
        { record: 'job_severity:monitor_errors:rate5m', expr: rate(['job', ATTR_ERROR_SEVERITY], seriesName(ERRORS)) },
        {
          record: 'job_feature:monitor_feature_uses:rate5m',
          expr: rate(['job', ATTR_FEATURE_NAME], seriesName(FEATURE_USES)),
        },
        {
          record: 'job_cache:monitor_cache_hits:ratio_rate5m',
          expr: share(['job', ATTR_CACHE_NAME], seriesName(CACHE_REQUESTS), is(ATTR_CACHE_RESULT, 'hit')),
        },
      ],
    },
  ],
};
