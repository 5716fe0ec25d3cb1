import { ATTR_ERROR_SEVERITY, ATTR_ERROR_TYPE, ERRORS, HTTP_SERVER_REQUEST_DURATION } from '@otel-monitor/semconv';
import { countName, seriesName } from '../series.js';
import { gained, RATE_WINDOW, rate, rises } from './expression.js';
import { failedRequest } from './failed-requests.js';
import { is } from './matcher.js';
import { JOB_REQUESTS_FAILED, OPERATION_FAILED } from './recordings.js';
import type { RuleFile } from './rule.js';

/** Nobody is woken for fewer failed requests in five minutes: of a request an hour one is all of them. */
const LEAST_FAILURES = 3;
const failedRequests = gained(['job'], RATE_WINDOW, countName(HTTP_SERVER_REQUEST_DURATION), failedRequest);

/** What fails in a service. */
export const errorAlerts: RuleFile = {
  name: 'errors',
  dashboard: 'error-tracking',
  about: 'Failed requests, failed operations and errors of every service.',
  groups: [
    {
      name: 'errors',
      rules: [
        {
          alert: 'HighErrorRate',
          severity: 'critical',
          limit: 0.05,
          expr: (limit) => `${JOB_REQUESTS_FAILED} > ${limit} and ${failedRequests} >= ${LEAST_FAILURES}`,
          for: '1m',
          summary: '{{ $labels.job }} fails {{ $value | humanizePercentage }} of its requests',
          dashboard: 'application-performance',
          description: 'Callers get a status from 500 on, or no complete answer.',
        },
        {
          alert: 'HighOperationErrorRate',
          severity: 'warning',
          limit: 0.05,
          expr: (limit) => `${OPERATION_FAILED} > ${limit}`,
          for: '5m',
          summary:
            '{{ $labels.job }}: {{ $value | humanizePercentage }} of the operations {{ $labels.monitor_operation_name }} fail',
          description:
            'One kind of work of the service fails. Its requests may still succeed, where it is tried again or left out.',
        },
        {
          alert: 'HighErrorsPerMinute',
          severity: 'warning',
          limit: 5,
          expr: (limit) => `60 * ${rate(['job'], seriesName(ERRORS))} > ${limit}`,
          for: '1m',
          summary: '{{ $labels.job }} has {{ $value | humanize }} errors a minute',
          description: 'Errors of all severities, over the last five minutes, each counted once.',
        },
        {
          alert: 'CriticalErrors',
          severity: 'critical',
          limit: 0,
          expr: (limit) =>
            `${rises(['job', ATTR_ERROR_TYPE], seriesName(ERRORS), '5m', is(ATTR_ERROR_SEVERITY, 'critical'))} > ${limit}`,
          summary: '{{ $labels.job }} has captured a critical error: {{ $labels.error_type }}',
          description: 'The program itself calls this error critical: something that it cannot do without has failed.',
        },
      ],
    },
  ],
};
