import { BytesIEC, PercentUnit, RequestsPerSecond, Seconds } from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  HTTP_SERVER_ACTIVE_REQUESTS,
  HTTP_SERVER_REQUEST_BODY_SIZE,
  HTTP_SERVER_REQUEST_DURATION,
  HTTP_SERVER_RESPONSE_BODY_SIZE,
  type MetricDefinition,
} from '@otel-monitor/semconv';
import { failed, failedRequest } from '../../prometheus/failed-requests.js';
import { bucketName, countName, seriesName, sumName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { heatmap } from '../heatmap-panel.js';
import { FAILURES } from '../limits.js';
import { by, chosen, quantile, rate, share } from '../promql.js';
import { each, query, withExemplars } from '../query.js';
import { timeSeries } from '../time-series-panel.js';
import { labelOfSeries, tracesOf } from '../trace-link.js';

const count = countName(HTTP_SERVER_REQUEST_DURATION);
const bucket = bucketName(HTTP_SERVER_REQUEST_DURATION);
const routes = ['job', ATTR_HTTP_REQUEST_METHOD, ATTR_HTTP_ROUTE];
const failures = ['job', ATTR_HTTP_ROUTE, ATTR_ERROR_TYPE];
const service = ['job'];

const meanSize = (histogram: MetricDefinition, title: string) => ({
  ...query(
    `${by(service, rate(chosen(sumName(histogram))))} / (${by(service, rate(chosen(countName(histogram))))} > 0)`,
    `{{job}} ${title}`,
  ),
});

/** Requests that the services answer: how many, how well, how fast. */
export const httpRequests: Section = {
  title: 'HTTP requests to the services',
  panels: [
    timeSeries({
      title: 'Requests by route',
      description: 'Requests that end, by method and route template. Without a route: no template matched.',
      width: 8,
      unit: RequestsPerSecond,
      queries: [each(routes, by(routes, rate(chosen(count))))],
    }),
    timeSeries({
      title: 'Failed requests by route',
      description: 'Share of the requests that the service failed: a status from 500 on, or no complete answer.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: FAILURES,
      queries: [each(routes, share(routes, rate(chosen(count, failedRequest)), rate(chosen(count))))],
      links: [tracesOf({ service: labelOfSeries('job') })],
    }),
    timeSeries({
      title: 'Requests by status',
      description: 'Requests that end, by status; without one: nothing was answered.',
      width: 8,
      unit: RequestsPerSecond,
      stacked: true,
      queries: [each([ATTR_HTTP_RESPONSE_STATUS_CODE], by([ATTR_HTTP_RESPONSE_STATUS_CODE], rate(chosen(count))))],
    }),
    timeSeries({
      title: 'Time of requests',
      description: 'Quantiles of all chosen services together. Points are single requests: a click leads to the trace.',
      width: 8,
      unit: Seconds,
      queries: [
        query(quantile(0.5, [], rate(chosen(bucket))), 'p50'),
        withExemplars(query(quantile(0.95, [], rate(chosen(bucket))), 'p95')),
        query(quantile(0.99, [], rate(chosen(bucket))), 'p99'),
      ],
    }),
    timeSeries({
      title: 'Time of requests by route, p95',
      description: '95 of 100 requests of each route are answered within this time.',
      width: 8,
      unit: Seconds,
      queries: [withExemplars(each(routes, quantile(0.95, routes, rate(chosen(bucket)))))],
    }),
    heatmap({
      title: 'Time of requests, all of them',
      description: 'How many requests took how long. Two bands are two kinds of requests, or a cache.',
      width: 8,
      unit: Seconds,
      queries: [query(by(['le'], rate(chosen(bucket))), '{{le}}')],
    }),
    timeSeries({
      title: 'Requests in work',
      description: 'Requests that have come and are not answered yet.',
      width: 8,
      queries: [each(service, by(service, chosen(seriesName(HTTP_SERVER_ACTIVE_REQUESTS))))],
    }),
    timeSeries({
      title: 'Failed requests by kind',
      description: 'Failed requests by route and error.type: a status, the class of an error, or a code.',
      width: 8,
      unit: RequestsPerSecond,
      queries: [each(failures, by(failures, rate(chosen(count, failed))))],
      links: [tracesOf({ service: labelOfSeries('job'), errorType: labelOfSeries(ATTR_ERROR_TYPE) })],
    }),
    timeSeries({
      title: 'Size of bodies',
      description: 'Mean size of the bodies of requests and answers.',
      width: 8,
      unit: BytesIEC,
      queries: [meanSize(HTTP_SERVER_REQUEST_BODY_SIZE, 'request'), meanSize(HTTP_SERVER_RESPONSE_BODY_SIZE, 'answer')],
    }),
  ],
};
