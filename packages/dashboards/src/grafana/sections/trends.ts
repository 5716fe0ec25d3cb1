import {
  BytesIEC,
  CountsPerSecond,
  PercentUnit,
  RequestsPerSecond,
  Seconds,
} from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_COMPONENT_STATE,
  ATTR_OPERATION_NAME,
  COMPONENT_STATUS,
  ERRORS,
  HTTP_SERVER_REQUEST_DURATION,
  OPERATION_DURATION,
  PROCESS_MEMORY_USAGE,
} from '@otel-monitor/semconv';
import { failed } from '../../prometheus/failed-requests.js';
import { bucketName, countName, seriesName, sumName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { FAILURES, HEALTHY } from '../limits.js';
import { by, chosen, hourlyRate, quantile, share, where } from '../promql.js';
import { each, query } from '../query.js';
import { timeSeries } from '../time-series-panel.js';

const service = ['job'];
const names = ['job', ATTR_OPERATION_NAME];
const operations = hourlyRate(chosen(countName(OPERATION_DURATION)));
const requests = hourlyRate(chosen(countName(HTTP_SERVER_REQUEST_DURATION)));
const requestTimes = (hours: string) =>
  quantile(0.95, service, `rate(${chosen(bucketName(HTTP_SERVER_REQUEST_DURATION))}${hours})`);
const status = seriesName(COMPONENT_STATUS);
const hourlyMean = (selector: string) => `avg_over_time(${selector}[1h])`;

/** How it goes over days: figures of an hour each, and what they were a week before. */
export const trends: Section = {
  title: 'Trends: of an hour each',
  panels: [
    timeSeries({
      title: 'Time of requests, p95',
      description: 'Against the same hour a week before.',
      width: 8,
      unit: Seconds,
      queries: [query(requestTimes('[1h]'), '{{job}}'), query(requestTimes('[1h] offset 1w'), '{{job}} a week before')],
    }),
    timeSeries({
      title: 'Requests',
      description: 'Against the same hour a week before.',
      width: 8,
      unit: RequestsPerSecond,
      queries: [
        query(by(service, requests), '{{job}}'),
        query(
          by(service, `rate(${chosen(countName(HTTP_SERVER_REQUEST_DURATION))}[1h] offset 1w)`),
          '{{job}} a week before',
        ),
      ],
    }),
    timeSeries({
      title: 'Failed operations',
      description: 'Share of the operations that failed.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: FAILURES,
      queries: [each(service, share(service, hourlyRate(chosen(countName(OPERATION_DURATION), failed)), operations))],
    }),
    timeSeries({
      title: 'Mean time of operations',
      description: 'Mean time of each operation; it is exact.',
      width: 8,
      unit: Seconds,
      queries: [
        each(names, `${by(names, hourlyRate(chosen(sumName(OPERATION_DURATION))))} / (${by(names, operations)} > 0)`),
      ],
    }),
    timeSeries({
      title: 'Errors',
      description: 'Errors a second of each service.',
      width: 8,
      unit: CountsPerSecond,
      queries: [each(service, by(service, hourlyRate(chosen(seriesName(ERRORS)))))],
    }),
    timeSeries({
      title: 'Healthy components',
      description: 'Share of the time in which the components of a service were healthy.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: HEALTHY,
      queries: [
        each(service, by(service, hourlyMean(chosen(status, where(ATTR_COMPONENT_STATE, '=', 'healthy'))), 'avg')),
      ],
    }),
    timeSeries({
      title: 'Memory',
      description: 'Mean physical memory of the largest process of each service. A line that only rises is a leak.',
      width: 24,
      unit: BytesIEC,
      queries: [each(service, by(service, hourlyMean(chosen(seriesName(PROCESS_MEMORY_USAGE))), 'max'))],
    }),
  ],
};
