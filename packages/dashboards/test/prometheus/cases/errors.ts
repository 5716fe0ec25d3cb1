import { type AlertCase, type InputSeries, rising, scoped, steady } from '../alert-case.js';

const shop = { job: 'shop', instance: 'shop-1' };

function requests(good: number, failed: number, aborted = 0): InputSeries {
  const count = (labels: Record<string, string>) =>
    scoped('http_server_request_duration_seconds_count', { ...shop, http_route: '/pay', ...labels });
  return {
    [count({ http_response_status_code: '200' })]: rising(good),
    [count({ http_response_status_code: '503', error_type: '503' })]: rising(failed),
    [count({ error_type: 'ECONNRESET' })]: rising(aborted),
  };
}

function operations(good: number, failed: number): InputSeries {
  const count = (labels: Record<string, string>) =>
    scoped('monitor_operation_duration_seconds_count', { ...shop, monitor_operation_name: 'checkout', ...labels });
  return { [count({})]: rising(good), [count({ error_type: 'RangeError' })]: rising(failed) };
}

const errors = (severity: string, values: string): InputSeries => ({
  [scoped('monitor_errors_total', {
    ...shop,
    monitor_error_severity: severity,
    error_type: 'RangeError',
    monitor_operation_name: 'checkout',
  })]: values,
});

const failing = { severity: 'critical', labels: { job: 'shop' }, summary: 'shop fails 5.5% of its requests' } as const;
/** One request an hour, which fails. */
const hourly: InputSeries = {
  [scoped('http_server_request_duration_seconds_count', { ...shop, http_route: '/pay', error_type: '503' })]:
    '0x59 1x59 2x59 3x59',
};
const operationFails = {
  severity: 'warning',
  labels: { job: 'shop', monitor_operation_name: 'checkout' },
  summary: 'shop: 5.5% of the operations checkout fail',
} as const;
const many = { severity: 'warning', labels: { job: 'shop' }, summary: 'shop has 5.9 errors a minute' } as const;
const critical = {
  severity: 'critical',
  labels: { job: 'shop', error_type: 'RangeError' },
  summary: 'shop has captured a critical error: RangeError',
} as const;

export const errorCases: readonly AlertCase[] = [
  { alert: 'HighErrorRate', when: '5.5 % for a minute', series: requests(945, 55), at: '2m', fires: [failing] },
  { alert: 'HighErrorRate', when: '5.5 %, just begun', series: requests(945, 55), at: '1m', fires: [] },
  { alert: 'HighErrorRate', when: 'the only request of an hour fails', series: hourly, at: '122m', fires: [] },
  { alert: 'HighErrorRate', when: 'the same, a moment later', series: hourly, at: '124m', fires: [] },
  {
    alert: 'HighErrorRate',
    when: 'one in a minute, and all fail',
    series: requests(0, 1),
    at: '6m',
    fires: [{ ...failing, summary: 'shop fails 100% of its requests' }],
  },
  { alert: 'HighErrorRate', when: '4.5 %', series: requests(955, 45), at: '20m', fires: [] },
  { alert: 'HighErrorRate', when: 'clients go away', series: requests(900, 0, 100), at: '20m', fires: [] },
  { alert: 'HighErrorRate', when: 'nothing is asked for', series: requests(0, 0), at: '20m', fires: [] },
  {
    alert: 'HighOperationErrorRate',
    when: '5.5 % for 5 minutes',
    series: operations(945, 55),
    at: '6m',
    fires: [operationFails],
  },
  { alert: 'HighOperationErrorRate', when: '5.5 % for 4 minutes', series: operations(945, 55), at: '5m', fires: [] },
  { alert: 'HighOperationErrorRate', when: '4.5 %', series: operations(955, 45), at: '20m', fires: [] },
  {
    alert: 'HighErrorsPerMinute',
    when: '5.9 for a minute',
    series: errors('error', rising(5.9)),
    at: '6m',
    fires: [many],
  },
  { alert: 'HighErrorsPerMinute', when: '5.9, just begun', series: errors('error', rising(5.9)), at: '5m', fires: [] },
  { alert: 'HighErrorsPerMinute', when: '4.5', series: errors('error', rising(4.5)), at: '20m', fires: [] },
  {
    alert: 'CriticalErrors',
    when: 'the first one',
    series: errors('critical', `_x5 ${steady(1)}`),
    at: '6m',
    fires: [critical],
  },
  {
    alert: 'CriticalErrors',
    when: 'one more',
    series: errors('critical', `${steady(3, 9)} ${steady(4)}`),
    at: '12m',
    fires: [critical],
  },
  {
    alert: 'CriticalErrors',
    when: 'one long ago',
    series: errors('critical', `_x5 ${steady(1)}`),
    at: '12m',
    fires: [],
  },
  {
    alert: 'CriticalErrors',
    when: 'Prometheus has just begun to look at a program that is an hour old',
    series: { ...errors('critical', `_x5 ${steady(7)}`), [scoped('process_uptime_seconds', shop)]: '_x5 3600+60x20' },
    at: '7m',
    fires: [],
  },
  {
    alert: 'CriticalErrors',
    when: 'a program that has just started',
    series: { ...errors('critical', `_x5 ${steady(1)}`), [scoped('process_uptime_seconds', shop)]: '_x5 10+60x20' },
    at: '7m',
    fires: [critical],
  },
  {
    alert: 'CriticalErrors',
    when: 'the first one of a program that was there',
    series: { ...errors('critical', `_x9 ${steady(1)}`), [scoped('process_uptime_seconds', shop)]: '3600+60x30' },
    at: '11m',
    fires: [critical],
  },
  {
    alert: 'CriticalErrors',
    when: 'errors of another severity',
    series: errors('error', rising(100)),
    at: '12m',
    fires: [],
  },
];
