import { ATTR_ERROR_TYPE, ATTR_METRIC_NAME, SERIES_OVERFLOW } from '@otel-monitor/semconv';
import { SDK_SIGNALS, sdkExported, sdkProcessed, sdkQueueCapacity, sdkQueueSize } from '../sdk-metrics.js';
import { seriesName } from '../series.js';
import { eachSignal } from './each-signal.js';
import { rises } from './expression.js';
import { isNot } from './matcher.js';
import type { RuleFile } from './rule.js';

const perError = ['job', 'instance', ATTR_ERROR_TYPE];
const lost = isNot(ATTR_ERROR_TYPE, '');
const who = '{{ $labels.job }} {{ $labels.instance }}';

const fill = eachSignal(['span', 'log'] as const, (signal) => {
  const [size, capacity] = [sdkQueueSize(signal), sdkQueueCapacity(signal)].map(
    (metric) => `sum by (job, instance) (${seriesName(metric)})`,
  );
  return `${size} / ${capacity}`;
});

/** What programs lose of their own telemetry. */
export const telemetryAlerts: RuleFile = {
  name: 'telemetry',
  dashboard: 'alerts-and-trends',
  about:
    'What monitored programs lose of their telemetry before it reaches a Collector, by what they count themselves. The\n' +
    'programs work on; dashboards and traces have holes.',
  groups: [
    {
      name: 'telemetry',
      rules: [
        {
          alert: 'SeriesOverflow',
          severity: 'warning',
          limit: 0,
          expr: (limit) =>
            `${rises(['job', 'instance', ATTR_METRIC_NAME], seriesName(SERIES_OVERFLOW), '15m')} > ${limit}`,
          summary: `${who}: {{ $labels.monitor_metric_name }} has reached its cap on series`,
          description:
            'A dimension has too many values. What comes beyond the cap is counted in one series for all of it.',
        },
        {
          alert: 'TelemetryDropped',
          severity: 'warning',
          limit: 0,
          expr: (limit) =>
            `${eachSignal(['span', 'log'] as const, (signal) => rises(perError, seriesName(sdkProcessed(signal)), '5m', lost))} > ${limit}`,
          for: '1m',
          summary: `${who} has dropped {{ $value | humanize }} of its {{ $labels.signal }}s ({{ $labels.error_type }})`,
          description: 'The queue in the program was full, or what was in it could not be sent in time.',
        },
        {
          alert: 'TelemetryExportFailing',
          severity: 'warning',
          limit: 0,
          expr: (limit) =>
            `${eachSignal(SDK_SIGNALS, (signal) => rises(perError, seriesName(sdkExported(signal)), '5m', lost))} > ${limit}`,
          for: '5m',
          summary: `${who} cannot send its {{ $labels.signal }}s ({{ $labels.error_type }})`,
          description: 'The Collector is not there, refuses, or is too slow.',
        },
        {
          alert: 'TelemetryQueueNearlyFull',
          severity: 'warning',
          limit: 0.8,
          expr: (limit) => `${fill} > ${limit}`,
          for: '5m',
          summary: `${who}: the queue of {{ $labels.signal }}s is {{ $value | humanizePercentage }} full`,
          description:
            'Spans and log records come faster than they leave. When the queue is full new ones are dropped.',
        },
      ],
    },
  ],
};
