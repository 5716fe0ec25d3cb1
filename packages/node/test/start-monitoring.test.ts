import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { redirectReports } from '@otel-monitor/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError, type Monitoring, startMonitoring } from '../src/index.js';

const QUIET = { server: false, host: { enabled: false } } as const;
let monitoring: Monitoring | undefined;
let lines: string[];
let restoreReports: () => void;
let listeners: number;

const listenerCount = () =>
  ['beforeExit', 'exit', 'SIGTERM', 'SIGINT', 'SIGHUP', 'uncaughtExceptionMonitor']
    .map((name) => process.listenerCount(name))
    .reduce((sum, count) => sum + count, 0);

beforeEach(() => {
  lines = [];
  restoreReports = redirectReports((line) => lines.push(line));
  listeners = listenerCount();
});

afterEach(async () => {
  await monitoring?.shutdown({ timeoutMillis: 1000 });
  monitoring = undefined;
  for (const api of [trace, metrics, logs, context, propagation]) api.disable();
  restoreReports();
});

test('everything is registered when the call returns', async () => {
  const started = startMonitoring(QUIET);
  expect(trace.getTracer('t').startSpan('s').isRecording()).toBe(true);
  monitoring = await started;
  expect(Object.values(monitoring.status().signals).map(({ ownership }) => ownership)).toEqual(['own', 'own', 'own']);
});

test('a second start gives the monitoring that runs; options that do nothing are told of', async () => {
  monitoring = await startMonitoring(QUIET);
  expect(await startMonitoring()).toBe(monitoring);
  expect(lines).toEqual([]);
  expect(await startMonitoring({ environment: 'test' })).toBe(monitoring);
  expect(lines).toHaveLength(1);
});

test('a bad configuration rejects with a ConfigError, and nothing was registered', async () => {
  const started = startMonitoring({ ...QUIET, sampling: { performanceSampleRate: 7 } });
  await expect(started).rejects.toBeInstanceOf(ConfigError);
  await expect(started).rejects.toThrow('sampling.performanceSampleRate: found 7, expected');
  expect(trace.getTracer('t').startSpan('s').isRecording()).toBe(false);
  expect(listenerCount()).toBe(listeners);
  monitoring = await startMonitoring(QUIET);
});

test('a key that is not known is a warning with the nearest known one', async () => {
  monitoring = await startMonitoring({ ...QUIET, enviroment: 'test' } as typeof QUIET);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/enviroment.*environment/);
});

test('after a shutdown nothing listens to the process any more, and monitoring can start again', async () => {
  const first = await startMonitoring(QUIET);
  expect(listenerCount()).toBeGreaterThan(listeners);
  await first.shutdown();
  await first.shutdown();
  expect(listenerCount()).toBe(listeners);
  monitoring = await startMonitoring(QUIET);
  expect(monitoring).not.toBe(first);
  await first.shutdown();
  expect(await startMonitoring()).toBe(monitoring);
});
