import {
  DurationSeconds,
  OpsPerSecond,
  PercentUnit,
  RequestsPerSecond,
  Seconds,
} from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_COMPONENT_STATE,
  COMPONENT_STATUS,
  HTTP_SERVER_REQUEST_DURATION,
  OPERATION_DURATION,
  PROCESS_UPTIME,
} from '@otel-monitor/semconv';
import { failedRequest } from '../../prometheus/failed-requests.js';
import { bucketName, countName, seriesName } from '../../series.js';
import { FIRING } from '../alert-series.js';
import type { Section } from '../dashboard.js';
import { FAILURES } from '../limits.js';
import { by, chosen, quantile, rate, share, where } from '../promql.js';
import { query } from '../query.js';
import { stat } from '../stat-panel.js';
import { TARGET_INFO } from '../variables.js';

const requests = rate(chosen(countName(HTTP_SERVER_REQUEST_DURATION)));
const failed = rate(chosen(countName(HTTP_SERVER_REQUEST_DURATION), failedRequest));

/** Eight figures: is everything there, is it well, is it fast. */
export const atAGlance: Section = {
  title: 'Now',
  panels: [
    stat({
      title: 'Processes',
      description: 'Processes of the chosen services that Prometheus hears of.',
      width: 3,
      queries: [query(by([], chosen(TARGET_INFO), 'count'))],
    }),
    stat({
      title: 'Not healthy',
      description: 'Components that are degraded or unhealthy: health checks, heartbeats, and what depends on them.',
      width: 3,
      limits: { warning: 1, critical: 3 },
      queries: [
        query(by([], chosen(seriesName(COMPONENT_STATUS), where(ATTR_COMPONENT_STATE, '=~', 'degraded|unhealthy')))),
      ],
    }),
    stat({
      title: 'Alerts',
      description: 'Alerts of Prometheus that fire, of the chosen services and of no service.',
      width: 3,
      limits: { warning: 1, critical: 3 },
      queries: [query(`count(${FIRING}) or vector(0)`)],
    }),
    stat({
      title: 'Requests',
      description: 'HTTP requests that the services answer.',
      width: 3,
      unit: RequestsPerSecond,
      queries: [query(by([], requests))],
    }),
    stat({
      title: 'Failed requests',
      description: 'Share of the requests that the services failed: a status from 500 on, or no complete answer.',
      width: 3,
      unit: PercentUnit,
      limits: FAILURES,
      queries: [query(share([], failed, requests))],
    }),
    stat({
      title: 'Requests, p95',
      description: '95 of 100 requests are answered within this time.',
      width: 3,
      unit: Seconds,
      queries: [query(quantile(0.95, [], rate(chosen(bucketName(HTTP_SERVER_REQUEST_DURATION)))))],
    }),
    stat({
      title: 'Operations',
      description: 'Operations that end, failed ones with them.',
      width: 3,
      unit: OpsPerSecond,
      queries: [query(by([], rate(chosen(countName(OPERATION_DURATION)))))],
    }),
    stat({
      title: 'Youngest process',
      description: 'The shortest time since a start: it falls when a process was restarted.',
      width: 3,
      unit: DurationSeconds,
      queries: [query(by([], chosen(seriesName(PROCESS_UPTIME)), 'min'))],
    }),
  ],
};
