import { eachSignal } from './each-signal.js';
import type { RuleFile } from './rule.js';

const SIGNALS = ['spans', 'metric_points', 'log_records'] as const;
const perExporter = 'by (job, instance, exporter)';
const who = 'The Collector {{ $labels.instance }}';

/**
 * The rate of a counter of the Collector. It is called `…_total` when Prometheus asks for OpenMetrics, as it does by
 * itself, and has no such end in the older text format.
 */
const rateOf = (by: string, counter: string, where = '') =>
  `sum ${by} (rate(${counter}_total${where}[5m]) or rate(${counter}${where}[5m]))`;

/** What fails in a component of this name is tried again by the queue before it (prometheus-remote-write-queue.yaml): it is not lost. */
const hasNoQueue = (label: string) => `{${label}!~".+/behind-queue"}`;

/** What the Collector loses, refuses or cannot get rid of. */
export const collectorAlerts: RuleFile = {
  name: 'collector',
  dashboard: 'alerts-and-trends',
  about: 'The Collector about itself (port 8888): what it loses, refuses, or cannot get rid of.',
  groups: [
    {
      name: 'collector',
      rules: [
        {
          alert: 'CollectorExportFailing',
          severity: 'critical',
          limit: 0,
          expr: (limit) =>
            `${eachSignal(SIGNALS, (signal) => rateOf(perExporter, `otelcol_exporter_send_failed_${signal}`, hasNoQueue('exporter')))} > ${limit}`,
          for: '5m',
          summary: `${who} gives up {{ $value | humanize }} {{ $labels.signal }} a second at {{ $labels.exporter }}`,
          description:
            'It has tried as often as it may, or was told not to try again: this data is lost for that backend.',
        },
        {
          alert: 'CollectorDropping',
          severity: 'critical',
          limit: 0,
          expr: (limit) =>
            `${eachSignal(SIGNALS, (signal) => rateOf(perExporter, `otelcol_exporter_enqueue_failed_${signal}`))} > ${limit}`,
          for: '1m',
          summary: `${who} drops {{ $value | humanize }} {{ $labels.signal }} a second before {{ $labels.exporter }}`,
          description: 'The sending queue is full, or its disk is: what does not fit is lost for that backend.',
        },
        {
          alert: 'CollectorQueueNearlyFull',
          severity: 'warning',
          limit: 0.8,
          expr: (limit) => `otelcol_exporter_queue_size / (otelcol_exporter_queue_capacity > 0) > ${limit}`,
          for: '5m',
          summary: `${who}: the queue of {{ $labels.exporter }} is {{ $value | humanizePercentage }} full`,
          description:
            'The backend is slower than what comes, or away. When the queue is full data is dropped or refused.',
        },
        {
          alert: 'CollectorRefusing',
          severity: 'warning',
          limit: 0,
          expr: (limit) =>
            `${eachSignal(SIGNALS, (signal) => rateOf('by (job, instance, receiver)', `otelcol_receiver_refused_${signal}`, hasNoQueue('receiver')))} > ${limit}`,
          for: '2m',
          summary: `${who} refuses {{ $value | humanize }} {{ $labels.signal }} a second`,
          description:
            'It is near its limit of memory, or no queue takes more. Programs try again and keep what they can.',
        },
      ],
    },
  ],
};
