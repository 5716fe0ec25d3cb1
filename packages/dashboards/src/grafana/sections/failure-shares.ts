import { PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import { FEATURE_USES, HTTP_SERVER_REQUEST_DURATION, OPERATION_DURATION } from '@otel-monitor/semconv';
import { failed, failedRequest } from '../../prometheus/failed-requests.js';
import { countName, seriesName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { FAILURES } from '../limits.js';
import { chosen, rate, share } from '../promql.js';
import { each } from '../query.js';
import { timeSeries } from '../time-series-panel.js';
import { labelOfSeries, tracesOf } from '../trace-link.js';

const service = ['job'];
const ofService = (counter: string, matcher: string) => [
  each(service, share(service, rate(chosen(counter, matcher)), rate(chosen(counter)))),
];
const common = {
  width: 8,
  unit: PercentUnit,
  max: 1,
  limits: FAILURES,
  links: [tracesOf({ service: labelOfSeries('job') })],
};

/** What errors do: shares that fail, by service. */
export const failureShares: Section = {
  title: 'What fails',
  panels: [
    timeSeries({
      ...common,
      title: 'Failed requests by service',
      description: 'Share of the requests that the service failed: a status from 500 on, or no complete answer.',
      queries: ofService(countName(HTTP_SERVER_REQUEST_DURATION), failedRequest),
    }),
    timeSeries({
      ...common,
      title: 'Failed operations by service',
      description: 'Share of the operations that failed.',
      queries: ofService(countName(OPERATION_DURATION), failed),
    }),
    timeSeries({
      ...common,
      title: 'Failed uses of features by service',
      description: 'Share of the uses of features that failed.',
      queries: ofService(seriesName(FEATURE_USES), failed),
    }),
  ],
};
