import { expect, it } from 'vitest';
import { redirectReports, report } from '../src/report.js';

it('says one line a minute for each topic, and how many it held back', () => {
  const lines: string[] = [];
  let now = 0;
  const restore = redirectReports(
    (line) => lines.push(line),
    () => now,
  );
  report('export', 'the Collector is down');
  report('export', 'the Collector is down');
  report('server', 'port 9464 is in use');
  now = 59_999;
  report('export', 'the Collector is down');
  now = 60_000;
  report('export', 'the Collector is down');
  restore();
  expect(lines).toEqual([
    'otel-monitor: the Collector is down\n',
    'otel-monitor: port 9464 is in use\n',
    'otel-monitor: the Collector is down (and 2 more like it)\n',
  ]);
});

it('a stream that throws does not reach the caller', () => {
  const restore = redirectReports(() => {
    throw new Error('EPIPE');
  });
  expect(() => report('export', 'x')).not.toThrow();
  restore();
});
