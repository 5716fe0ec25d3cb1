import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { collectStore, metricStore } from '@otel-monitor/bound-metrics';
import { ownCost } from '@otel-monitor/runtime';
import { expect, it } from 'vitest';
import { startHostMetrics } from '../src/start-host-metrics.js';

const names = () =>
  collectStore(metricStore).flatMap(({ metrics }) => metrics.map(({ descriptor }) => descriptor.name));
const built = (name: string) => fileURLToPath(new URL(`../../${name}/dist/index.js`, import.meta.url));

it('started twice reads once, and goes on until both have stopped', () => {
  const first = startHostMetrics({ cacheDurationSeconds: 0 });
  const second = startHostMetrics();
  first.resources();
  expect(second.cost.readings).toBe(1);
  first.stop();
  first.stop();
  expect(names()).toContain('process.memory.usage');
  expect(second.resources().memoryBytes).toBeGreaterThan(10 * 2 ** 20);
  second.stop();
  expect(names()).toEqual([]);
  const third = startHostMetrics();
  expect(third.cost.readings).toBe(0);
  third.stop();
});

it('counts among what monitoring costs', () => {
  const { cpuSeconds } = ownCost.report();
  const host = startHostMetrics();
  const other = startHostMetrics();
  host.resources();
  other.stop();
  expect(ownCost.report().cpuSeconds).toBeGreaterThan(cpuSeconds);
  host.stop();
});

it.runIf(process.platform === 'linux')('tells the health metrics of a service (needs Linux)', () => {
  const host = startHostMetrics();
  const uptimeBefore = process.uptime();
  const { cpuPercent, memoryBytes, memoryPercent, threads, fileDescriptors, uptimeSeconds } = host.resources();
  const uptimeAfter = process.uptime();
  host.stop();
  expect(cpuPercent).toBeGreaterThan(0);
  expect(cpuPercent).toBeLessThanOrEqual(100);
  expect(memoryBytes).toBeGreaterThan(10 * 2 ** 20);
  expect(memoryPercent).toBeGreaterThan(0);
  expect(memoryPercent).toBeLessThan(100);
  expect(threads).toBeGreaterThan(1);
  expect(fileDescriptors ?? 3).toBeGreaterThan(2);
  expect(uptimeSeconds).toBeGreaterThanOrEqual(uptimeBefore);
  expect(uptimeSeconds).toBeLessThanOrEqual(uptimeAfter);
});

it('does not keep a process alive, before or after a reading', async () => {
  const program = `
    const { startHostMetrics } = await import(${JSON.stringify(built('host'))});
    const host = startHostMetrics({ cacheDurationSeconds: 0 });
    host.resources();
    setTimeout(() => { host.resources(); console.log('read', host.cost.readings); }, 600);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    timeout: 60_000,
  });
  expect(stdout).toBe('read 2\n');
});

it('without the machine gives what is of the process and its runtime alone', () => {
  const host = startHostMetrics({ cacheDurationSeconds: 0, machine: false });
  const given = names();
  expect(given.filter((name) => name.startsWith('system.'))).toEqual([]);
  expect(given).toEqual(expect.arrayContaining(['process.memory.usage', 'v8js.memory.heap.used']));
  host.stop();
});
