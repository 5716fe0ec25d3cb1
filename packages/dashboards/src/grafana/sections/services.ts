import {
  BytesIEC,
  DurationSeconds,
  PercentUnit,
  RequestsPerSecond,
  Seconds,
} from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_COMPONENT_STATE,
  ATTR_SERVICE_VERSION,
  COMPONENT_STATUS,
  HTTP_SERVER_REQUEST_DURATION,
  PROCESS_MEMORY_USAGE,
  PROCESS_UPTIME,
} from '@otel-monitor/semconv';
import { failedRequest } from '../../prometheus/failed-requests.js';
import { bucketName, countName, seriesName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { FAILURES } from '../limits.js';
import { by, chosen, gained, quantile, rate, share, where } from '../promql.js';
import { each, query } from '../query.js';
import { table } from '../table-panel.js';
import { timeSeries } from '../time-series-panel.js';
import { labelOfRow, tracesOf } from '../trace-link.js';
import { TARGET_INFO } from '../variables.js';
import { EACH_PROCESS } from './by-process.js';

const count = countName(HTTP_SERVER_REQUEST_DURATION);
const bucket = bucketName(HTTP_SERVER_REQUEST_DURATION);
const service = ['job'];
const version = ['job', ATTR_SERVICE_VERSION];

/** The services side by side, and how the work is spread over their processes. */
export const services: Section = {
  title: 'Services',
  panels: [
    table({
      title: 'Services',
      description: 'Each service at the end of the time that is shown; requests are of all of that time.',
      width: 16,
      labels: { job: 'Service' },
      values: [
        { title: 'Processes' },
        { title: 'Not healthy', limits: { warning: 1, critical: 3 } },
        { title: 'Requests' },
        { title: 'Failed', unit: PercentUnit, limits: FAILURES },
        { title: 'p95', unit: Seconds },
        { title: 'Memory', unit: BytesIEC },
        { title: 'Youngest', unit: DurationSeconds },
      ],
      sortedBy: 'Not healthy',
      queries: [
        query(by(service, chosen(TARGET_INFO), 'count')),
        query(
          by(service, chosen(seriesName(COMPONENT_STATUS), where(ATTR_COMPONENT_STATE, '=~', 'degraded|unhealthy'))),
        ),
        query(by(service, gained(chosen(count)))),
        query(share(service, gained(chosen(count, failedRequest)), gained(chosen(count)))),
        query(quantile(0.95, service, gained(chosen(bucket)))),
        query(by(service, chosen(seriesName(PROCESS_MEMORY_USAGE)))),
        query(by(service, chosen(seriesName(PROCESS_UPTIME)), 'min')),
      ],
      links: [tracesOf({ service: labelOfRow('job') })],
    }),
    table({
      title: 'Releases',
      description: 'Which releases run, and how many processes of each: two of one service are a release under way.',
      width: 8,
      labels: { job: 'Service', service_version: 'Release' },
      values: [{ title: 'Processes' }],
      sortedBy: 'Processes',
      queries: [query(by(version, chosen(TARGET_INFO), 'count'))],
    }),
    timeSeries({
      title: 'Requests by process',
      description: 'How a balancer spreads the requests of a service over its processes.',
      width: 12,
      unit: RequestsPerSecond,
      stacked: true,
      queries: [each(EACH_PROCESS, by(EACH_PROCESS, rate(chosen(count))))],
    }),
    timeSeries({
      title: 'Share of the requests by process',
      description: 'The same as a share of the requests of the service: with n processes that are alike each has 1/n.',
      width: 12,
      unit: PercentUnit,
      max: 1,
      queries: [
        each(
          EACH_PROCESS,
          `${by(EACH_PROCESS, rate(chosen(count)))} / on (job) group_left () (${by(service, rate(chosen(count)))} > 0)`,
        ),
      ],
    }),
  ],
};
