import { type AlertCase, type Firing, type InputSeries, rising, scoped, steady } from '../alert-case.js';

const route = { job: 'shop', instance: 'shop-1', http_route: '/pay' };
const count = (labels: Record<string, string>) =>
  scoped('http_server_request_duration_seconds_count', { ...route, ...labels });
const inTime = scoped('http_server_request_duration_seconds_bucket', { ...route, le: '0.5' });
const failedInTime = scoped('http_server_request_duration_seconds_bucket', { ...route, le: '0.5', error_type: '500' });

/** Ten thousand requests a minute. Those that fail do so quickly: they are in the bucket, and no good for all that. */
const requests = (failed: number, slow: number): InputSeries => ({
  [count({})]: rising(10_000 - failed),
  [count({ error_type: '500' })]: rising(failed),
  [inTime]: rising(10_000 - failed - slow),
  [failedInTime]: rising(failed),
});

/** One in twenty fails for half an hour, and then none. */
const mended: InputSeries = {
  [count({})]: `0+9500x30 295000+10000x400`,
  [count({ error_type: '500' })]: `0+500x30 ${steady(15_000, 400)}`,
  [inTime]: `0+9500x30 295000+10000x400`,
};

const hourly: InputSeries = {
  [count({})]: steady(0, 200),
  [count({ error_type: '500' })]: '0x59 1x59 2x59',
  [inTime]: steady(0, 200),
};
/** Begun long ago: what a counter near 0 is drawn out to is another thing in each line of Prometheus. */
const onceFailed: InputSeries = {
  [count({})]: '10x59 11x59 11x59',
  [count({ error_type: '500' })]: '10x119 11x59',
  [inTime]: '10x59 11x59 11x59',
};
const twenty: InputSeries = {
  [count({})]: steady(0, 100),
  [count({ error_type: '500' })]: Array.from({ length: 24 }, (_, failures) => `${failures}x2`).join(' '),
  [inTime]: steady(0, 100),
};

const burns =
  (slo: string) =>
  (window: string, share: string): Firing => ({
    severity: window === '1h' || window === '6h' ? 'critical' : 'warning',
    labels: { job: 'shop', slo, window },
    summary: `shop has missed ${slo} in ${share} of all cases for ${window}`,
  });
const fails = burns('http-availability');
const lags = burns('http-latency');

const on = (when: string, series: InputSeries, at: string, ...fires: Firing[]): AlertCase => ({
  alert: 'ErrorBudgetBurn',
  when,
  series,
  at,
  fires,
});

/**
 * A twentieth failed, and it is over: the shares of it, in a line of Prometheus. The window of five minutes that the failures
 * leave has lost them a little sooner in 3.
 */
const over = (line: 2 | 3, soon: string, later: string, late: string): readonly AlertCase[] =>
  [
    on(
      'a twentieth failed, and it is over',
      mended,
      '50m',
      fails('6h', soon),
      fails('1d', soon),
      fails('3d', soon),
      lags('1d', soon),
      lags('3d', soon),
    ),
    on('over for 45 minutes', mended, '75m', fails('1d', later), fails('3d', later), lags('3d', later)),
    on('over for 2 hours', mended, '160m', fails('3d', late)),
  ].map((each) => ({ ...each, line }));

export const objectiveCases: readonly AlertCase[] = [
  on('1.6 % fail for 2 minutes', requests(160, 0), '3m', fails('1h', '1.6%'), fails('6h', '1.6%')),
  on('1.6 % fail for a minute', requests(160, 0), '2m'),
  on('1.3 % fail', requests(130, 0), '3m', fails('6h', '1.3%')),
  on('0.7 % fail for 2 minutes', requests(70, 0), '3m', fails('6h', '0.7%')),
  on('0.7 % fail for a minute', requests(70, 0), '2m'),
  on('0.5 % fail', requests(50, 0), '16m', fails('1d', '0.5%'), fails('3d', '0.5%')),
  on('0.35 % fail for 15 minutes', requests(35, 0), '16m', fails('1d', '0.35%'), fails('3d', '0.35%')),
  on('0.35 % fail for 14 minutes', requests(35, 0), '15m'),
  on('0.27 % fail', requests(27, 0), '20m', fails('3d', '0.27%')),
  on('0.11 % fail for 15 minutes', requests(11, 0), '16m', fails('3d', '0.11%')),
  on('0.09 % fail', requests(9, 0), '30m'),
  on(
    'one request an hour, and all fail',
    hourly,
    '140m',
    ...['1d', '3d'].flatMap((w) => [fails(w, '100%'), lags(w, '100%')]),
  ),
  on(
    'one request an hour, of which one failed',
    onceFailed,
    '140m',
    ...['1d', '3d'].flatMap((w) => [fails(w, '50%'), lags(w, '50%')]),
  ),
  on(
    'twenty an hour, and all fail',
    twenty,
    '61m',
    ...['1h', '6h', '1d', '3d'].flatMap((w) => [fails(w, '100%'), lags(w, '100%')]),
  ),
  on('nothing is asked for', { [count({})]: steady(0), [inTime]: steady(0) }, '30m'),
  ...over(2, '3.125%', '2.055%', '0.9494%'),
  ...over(3, '3.073%', '2.021%', '0.9335%'),
  on('over for 6 hours', mended, '400m'),

  on('16 % are late for 2 minutes', requests(0, 1600), '3m', lags('1h', '16%'), lags('6h', '16%')),
  on('16 % are late for a minute', requests(0, 1600), '2m'),
  on('13 % are late', requests(0, 1300), '3m', lags('6h', '13%')),
  on('7 % are late for 2 minutes', requests(0, 700), '3m', lags('6h', '7%')),
  on('7 % are late for a minute', requests(0, 700), '2m'),
  on('5 % are late', requests(0, 500), '16m', lags('1d', '5%'), lags('3d', '5%')),
  on('3.5 % are late for 15 minutes', requests(0, 350), '16m', lags('1d', '3.5%'), lags('3d', '3.5%')),
  on('3.5 % are late for 14 minutes', requests(0, 350), '15m'),
  on('2.7 % are late', requests(0, 270), '20m', lags('3d', '2.7%')),
  on('1.1 % are late for 15 minutes', requests(0, 110), '16m', lags('3d', '1.1%')),
  on('0.9 % are late', requests(0, 90), '30m'),
];
