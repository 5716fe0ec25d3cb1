import { type AlertCase, type InputSeries, rising, scoped, steady } from '../alert-case.js';

const shop = { job: 'shop', instance: 'shop-1' };

const overflow = (values: string): InputSeries => ({
  [scoped('monitor_series_overflow_total', { ...shop, monitor_metric_name: 'monitor.operation.duration' })]: values,
});
const dropped = (values: string): InputSeries => ({
  [scoped('otel_sdk_processor_span_processed_total', { ...shop, error_type: 'queue_full' })]: values,
  [scoped('otel_sdk_processor_span_processed_total', shop)]: rising(1000),
});
const exported = (signal: string, values: string): InputSeries => ({
  [scoped(`otel_sdk_exporter_${signal}_exported_total`, { ...shop, error_type: 'ECONNREFUSED' })]: values,
  [scoped(`otel_sdk_exporter_${signal}_exported_total`, shop)]: rising(1000),
});
const queue = (signal: string, size: number): InputSeries => ({
  [scoped(`otel_sdk_processor_${signal}_queue_size`, shop)]: steady(size),
  [scoped(`otel_sdk_processor_${signal}_queue_capacity`, shop)]: steady(2048),
});

const overflows = {
  severity: 'warning',
  labels: { ...shop, monitor_metric_name: 'monitor.operation.duration' },
  summary: 'shop shop-1: monitor.operation.duration has reached its cap on series',
} as const;
const drops = {
  severity: 'warning',
  labels: { ...shop, error_type: 'queue_full', signal: 'span' },
  summary: 'shop shop-1 has dropped 5 of its spans (queue_full)',
} as const;
const cannotSend = (signal: string) =>
  ({
    severity: 'warning',
    labels: { ...shop, error_type: 'ECONNREFUSED', signal },
    summary: `shop shop-1 cannot send its ${signal}s (ECONNREFUSED)`,
  }) as const;
const fills = (signal: string) =>
  ({
    severity: 'warning',
    labels: { ...shop, signal },
    summary: `shop shop-1: the queue of ${signal}s is 83.01% full`,
  }) as const;

export const telemetryCases: readonly AlertCase[] = [
  { alert: 'SeriesOverflow', when: 'the first', series: overflow(`_x5 ${steady(1)}`), at: '6m', fires: [overflows] },
  { alert: 'SeriesOverflow', when: 'long ago', series: overflow(steady(9)), at: '20m', fires: [] },
  {
    alert: 'TelemetryDropped',
    when: 'five a minute ago',
    series: dropped(`_x2 ${steady(5)}`),
    at: '3m',
    fires: [drops],
  },
  { alert: 'TelemetryDropped', when: 'five just now', series: dropped(`_x2 ${steady(5)}`), at: '2m', fires: [] },
  { alert: 'TelemetryDropped', when: 'long ago', series: dropped(steady(5)), at: '20m', fires: [] },
  ...['span', 'log', 'metric_data_point'].flatMap((signal): AlertCase[] => [
    {
      alert: 'TelemetryExportFailing',
      when: `${signal}s for 5 minutes`,
      series: exported(signal, rising(10)),
      at: '6m',
      fires: [cannotSend(signal)],
    },
    {
      alert: 'TelemetryExportFailing',
      when: `${signal}s for 4 minutes`,
      series: exported(signal, rising(10)),
      at: '5m',
      fires: [],
    },
  ]),
  { alert: 'TelemetryExportFailing', when: 'long ago', series: exported('span', steady(10)), at: '20m', fires: [] },
  {
    alert: 'TelemetryQueueNearlyFull',
    when: 'spans for 5 minutes',
    series: queue('span', 1700),
    at: '5m',
    fires: [fills('span')],
  },
  {
    alert: 'TelemetryQueueNearlyFull',
    when: 'logs for 5 minutes',
    series: queue('log', 1700),
    at: '5m',
    fires: [fills('log')],
  },
  { alert: 'TelemetryQueueNearlyFull', when: 'spans for 4 minutes', series: queue('span', 1700), at: '4m', fires: [] },
  { alert: 'TelemetryQueueNearlyFull', when: '73 % full', series: queue('span', 1500), at: '20m', fires: [] },
];
