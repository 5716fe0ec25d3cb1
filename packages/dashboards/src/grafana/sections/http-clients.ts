import { PercentUnit, RequestsPerSecond, Seconds } from '@grafana/grafana-foundation-sdk/units';
import { ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT, HTTP_CLIENT_REQUEST_DURATION } from '@otel-monitor/semconv';
import { failed } from '../../prometheus/failed-requests.js';
import { bucketName, countName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { FAILURES } from '../limits.js';
import { by, chosen, quantile, rate, share } from '../promql.js';
import { each, withExemplars } from '../query.js';
import { timeSeries } from '../time-series-panel.js';
import { labelOfSeries, tracesOf } from '../trace-link.js';

const count = countName(HTTP_CLIENT_REQUEST_DURATION);
const bucket = bucketName(HTTP_CLIENT_REQUEST_DURATION);
const servers = ['job', ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT];

/** Requests that the services send: to whom, how well, how fast. Who depends on whom is read off them. */
export const httpClients: Section = {
  title: 'HTTP requests to others',
  panels: [
    timeSeries({
      title: 'Requests to others',
      description: 'Requests that the services send, by who is asked.',
      width: 8,
      unit: RequestsPerSecond,
      queries: [each(servers, by(servers, rate(chosen(count))))],
    }),
    timeSeries({
      title: 'Failed requests to others',
      description: 'Share of the requests that failed: a status from 400 on, or no answer.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: FAILURES,
      queries: [each(servers, share(servers, rate(chosen(count, failed)), rate(chosen(count))))],
      links: [tracesOf({ service: labelOfSeries('job') })],
    }),
    timeSeries({
      title: 'Time of requests to others, p95',
      description: '95 of 100 requests are answered within this time, as who asks has it.',
      width: 8,
      unit: Seconds,
      queries: [withExemplars(each(servers, quantile(0.95, servers, rate(chosen(bucket)))))],
    }),
  ],
};
