import { CountsPerSecond, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import { ATTR_FEATURE_ACTION, ATTR_FEATURE_NAME, FEATURE_DURATION, FEATURE_USES } from '@otel-monitor/semconv';
import { failed } from '../../prometheus/failed-requests.js';
import { bucketName, seriesName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { FAILURES } from '../limits.js';
import { by, chosen, quantile, rate, share } from '../promql.js';
import { each } from '../query.js';
import { timeSeries } from '../time-series-panel.js';

const uses = seriesName(FEATURE_USES);
const actions = ['job', ATTR_FEATURE_NAME, ATTR_FEATURE_ACTION];
const names = ['job', ATTR_FEATURE_NAME];

/** What is used: `monitor.trackFeature(name, action, …)`. */
export const features: Section = {
  title: 'Features',
  panels: [
    timeSeries({
      title: 'Uses of features',
      description: 'monitor.trackFeature(name, action, …). Users are not here: `otel-monitor usage` counts them.',
      width: 8,
      unit: CountsPerSecond,
      queries: [each(actions, by(actions, rate(chosen(uses))))],
    }),
    timeSeries({
      title: 'Failed uses',
      description: 'Share of the uses of each feature that failed.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: FAILURES,
      queries: [each(names, share(names, rate(chosen(uses, failed)), rate(chosen(uses))))],
    }),
    timeSeries({
      title: 'Time of uses, p95',
      description: '95 of 100 uses take this time or less, where the program says how long: { durationSeconds }.',
      width: 8,
      unit: Seconds,
      queries: [each(actions, quantile(0.95, actions, rate(chosen(bucketName(FEATURE_DURATION)))))],
    }),
  ],
};
