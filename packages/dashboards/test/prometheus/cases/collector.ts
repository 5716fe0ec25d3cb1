import { type AlertCase, type InputSeries, labelText, rising, steady } from '../alert-case.js';

const collector = { job: 'collector-telemetry', instance: '127.0.0.1:8888' };
const backend = { ...collector, exporter: 'otlp_http/jaeger' };
const who = 'The Collector 127.0.0.1:8888';

/** A counter by its name in OpenMetrics, or in the older text format. */
const counter = (name: string, values: string, labels: Record<string, string> = backend): InputSeries => ({
  [`${name}{${labelText({ ...labels, server_address: '127.0.0.1' })}}`]: values,
});
const queue = (size: number): InputSeries => ({
  [`otelcol_exporter_queue_size{${labelText({ ...backend, data_type: 'traces' })}}`]: steady(size),
  [`otelcol_exporter_queue_capacity{${labelText({ ...backend, data_type: 'traces' })}}`]: steady(1000),
});

const gone = (signal: string) =>
  ({
    severity: 'critical',
    labels: { ...backend, signal },
    summary: `${who} gives up 10 ${signal} a second at otlp_http/jaeger`,
  }) as const;
const drops = {
  severity: 'critical',
  labels: { ...backend, signal: 'log_records' },
  summary: `${who} drops 10 log_records a second before otlp_http/jaeger`,
} as const;
const fills = {
  severity: 'warning',
  labels: { ...backend, data_type: 'traces' },
  summary: `${who}: the queue of otlp_http/jaeger is 85% full`,
} as const;
const refuses = {
  severity: 'warning',
  labels: { ...collector, receiver: 'otlp', signal: 'spans' },
  summary: `${who} refuses 10 spans a second`,
} as const;

const failed = 'otelcol_exporter_send_failed';
const full = 'otelcol_exporter_enqueue_failed_log_records_total';
const refused = 'otelcol_receiver_refused_spans_total';
const behindQueue = {
  ...collector,
  exporter: 'prometheus_remote_write/behind-queue',
  receiver: 'otlp/behind-queue',
};
const otlp = { ...collector, receiver: 'otlp', transport: 'http' };

/** At the sixth minute a window of five is full, and rates are exact. */
export const collectorCases: readonly AlertCase[] = [
  {
    alert: 'CollectorExportFailing',
    when: 'spans for 5 minutes',
    series: counter(`${failed}_spans_total`, rising(600)),
    at: '6m',
    fires: [gone('spans')],
  },
  {
    alert: 'CollectorExportFailing',
    when: 'points, by the older name',
    series: counter(`${failed}_metric_points`, rising(600)),
    at: '6m',
    fires: [gone('metric_points')],
  },
  {
    alert: 'CollectorExportFailing',
    when: 'spans for 4 minutes',
    series: counter(`${failed}_spans_total`, rising(600)),
    at: '5m',
    fires: [],
  },
  {
    alert: 'CollectorExportFailing',
    when: 'some, long ago',
    series: counter(`${failed}_spans_total`, steady(600)),
    at: '20m',
    fires: [],
  },
  {
    alert: 'CollectorExportFailing',
    when: 'tries that the queue before them tries again',
    series: counter(`${failed}_metric_points_total`, rising(600), behindQueue),
    at: '20m',
    fires: [],
  },
  { alert: 'CollectorDropping', when: 'for minutes', series: counter(full, rising(600)), at: '6m', fires: [drops] },
  {
    alert: 'CollectorDropping',
    when: 'for a minute',
    series: counter(full, `${steady(0, 9)} ${rising(600)}`),
    at: '12m',
    fires: [{ ...drops, summary: drops.summary.replace('10', '4') }],
  },
  {
    alert: 'CollectorDropping',
    when: 'just now',
    series: counter(full, `${steady(0, 9)} ${rising(600)}`),
    at: '11m',
    fires: [],
  },
  { alert: 'CollectorDropping', when: 'some, long ago', series: counter(full, steady(600)), at: '20m', fires: [] },
  { alert: 'CollectorQueueNearlyFull', when: '85 % for 5 minutes', series: queue(850), at: '5m', fires: [fills] },
  { alert: 'CollectorQueueNearlyFull', when: '85 % for 4 minutes', series: queue(850), at: '4m', fires: [] },
  { alert: 'CollectorQueueNearlyFull', when: '75 %', series: queue(750), at: '20m', fires: [] },
  {
    alert: 'CollectorRefusing',
    when: 'for minutes',
    series: counter(refused, rising(600), otlp),
    at: '6m',
    fires: [refuses],
  },
  {
    alert: 'CollectorRefusing',
    when: 'for 2 minutes',
    series: counter(refused, `${steady(0, 9)} ${rising(600)}`, otlp),
    at: '13m',
    fires: [{ ...refuses, summary: refuses.summary.replace('10', '6') }],
  },
  {
    alert: 'CollectorRefusing',
    when: 'for a minute',
    series: counter(refused, `${steady(0, 9)} ${rising(600)}`, otlp),
    at: '12m',
    fires: [],
  },
  {
    alert: 'CollectorRefusing',
    when: 'some, long ago',
    series: counter(refused, steady(600), otlp),
    at: '20m',
    fires: [],
  },
  {
    alert: 'CollectorRefusing',
    when: 'tries that the queue before them tries again',
    series: counter('otelcol_receiver_refused_metric_points_total', rising(600), behindQueue),
    at: '20m',
    fires: [],
  },
];
