import { type AlertCase, type InputSeries, labelText, steady } from '../alert-case.js';

const up = (...instances: readonly string[]): InputSeries =>
  Object.fromEntries(
    instances.map((values, index) => [`up{${labelText({ job: 'shop', instance: `shop-${index + 1}` })}}`, values]),
  );
/** Up for a minute, then not. */
const falls = `1 ${steady(0)}`;
const stays = steady(1);

const info = (values: string): InputSeries => ({
  'target_info{job="shop",instance="shop-1",telemetry_sdk_language="nodejs"}': values,
});
const collectorAlone: InputSeries = {
  'target_info{job="collector-telemetry",instance="127.0.0.1:8888",service_name="otelcol"}': steady(1),
};

const down = {
  severity: 'critical',
  labels: { job: 'shop', instance: 'shop-1' },
  summary: 'shop shop-1 does not answer Prometheus',
} as const;
const away = {
  severity: 'critical',
  labels: { job: 'shop' },
  summary: 'No instance of shop answers Prometheus',
} as const;
const missing = {
  severity: 'warning',
  labels: { job: 'shop' },
  summary: 'The metrics of shop do not come any more',
} as const;
const nothing = {
  severity: 'critical',
  labels: {},
  summary: 'Prometheus has no metrics of any monitored program',
} as const;

export const targetCases: readonly AlertCase[] = [
  { alert: 'TargetDown', when: 'one of two for 2 minutes', series: up(falls, stays), at: '3m', fires: [down] },
  { alert: 'TargetDown', when: 'for a minute', series: up(falls, stays), at: '2m', fires: [] },
  { alert: 'TargetDown', when: 'all are up', series: up(stays, stays), at: '20m', fires: [] },
  { alert: 'TargetDown', when: 'there is none', series: info(stays), at: '20m', fires: [] },
  { alert: 'ServiceDown', when: 'all instances for a minute', series: up(falls, falls), at: '2m', fires: [away] },
  { alert: 'ServiceDown', when: 'all, just now', series: up(falls, falls), at: '1m', fires: [] },
  { alert: 'ServiceDown', when: 'one of two', series: up(falls, stays), at: '20m', fires: [] },
  {
    alert: 'ServiceMetricsMissing',
    when: 'away for 5 minutes',
    series: info('1+0x5 stale'),
    at: '11m',
    fires: [missing],
  },
  { alert: 'ServiceMetricsMissing', when: 'away for 4 minutes', series: info('1+0x5 stale'), at: '10m', fires: [] },
  {
    alert: 'ServiceMetricsMissing',
    when: 'away for more than an hour',
    series: info('1+0x5 stale'),
    at: '70m',
    fires: [],
  },
  { alert: 'ServiceMetricsMissing', when: 'they come', series: info(stays), at: '20m', fires: [] },
  { alert: 'NoMetricsAtAll', when: 'for 10 minutes', series: up(stays), at: '10m', fires: [nothing] },
  {
    alert: 'NoMetricsAtAll',
    when: 'the Collector tells of itself',
    series: collectorAlone,
    at: '10m',
    fires: [nothing],
  },
  { alert: 'NoMetricsAtAll', when: 'for 9 minutes', series: up(stays), at: '9m', fires: [] },
  { alert: 'NoMetricsAtAll', when: 'there are some', series: info(stays), at: '20m', fires: [] },
];
