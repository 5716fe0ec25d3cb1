import { PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import { ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT, HTTP_CLIENT_REQUEST_DURATION } from '@otel-monitor/semconv';
import { failed } from '../../prometheus/failed-requests.js';
import { bucketName, countName, labelName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { FAILURES } from '../limits.js';
import { by, chosen, gained, quantile, share } from '../promql.js';
import { query } from '../query.js';
import { table } from '../table-panel.js';
import { labelOfRow, tracesOf } from '../trace-link.js';

const count = countName(HTTP_CLIENT_REQUEST_DURATION);
const edges = ['job', ATTR_SERVER_ADDRESS, ATTR_SERVER_PORT];

/** Who asks whom. */
export const dependencies: Section = {
  title: 'Dependencies',
  panels: [
    table({
      title: 'Who asks whom',
      description:
        'Each service and what it asked by HTTP in the time that is shown. Traces show the way of one request.',
      width: 24,
      labels: {
        job: 'Service',
        [labelName(ATTR_SERVER_ADDRESS)]: 'Asks',
        [labelName(ATTR_SERVER_PORT)]: 'Port',
      },
      values: [
        { title: 'Requests' },
        { title: 'Failed', unit: PercentUnit, limits: FAILURES },
        { title: 'p95', unit: Seconds },
      ],
      sortedBy: 'Requests',
      queries: [
        query(by(edges, gained(chosen(count)))),
        query(share(edges, gained(chosen(count, failed)), gained(chosen(count)))),
        query(quantile(0.95, edges, gained(chosen(bucketName(HTTP_CLIENT_REQUEST_DURATION))))),
      ],
      links: [tracesOf({ service: labelOfRow('job') })],
    }),
  ],
};
