import { setTimeout as wait } from 'node:timers/promises';
import type { Histogram, ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { collectStore, MetricStore } from '@otel-monitor/bound-metrics';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HostMetrics } from '../src/host-metrics.js';
import type { HostReader, HostReading } from '../src/host-reading.js';

const running: HostMetrics[] = [];

function started(readings: HostReading[], cacheMillis = 5000) {
  let millis = 0;
  let reads = 0;
  const reader: HostReader = { read: () => readings[Math.min(reads++, readings.length - 1)]! };
  const store = new MetricStore();
  const host = new HostMetrics({
    store,
    scope: { name: 'test' },
    reader,
    cacheMillis,
    now: () => millis,
    procRoot: undefined,
  });
  running.push(host);
  return {
    host,
    store,
    reads: () => reads,
    later: (by: number) => {
      millis += by;
    },
    values: () => valuesOf(collectStore(store)),
  };
}

/** `name{a,b}` to value, of all metrics but histograms. */
function valuesOf(scopes: ScopeMetrics[]): Record<string, number> {
  const values: Record<string, number> = {};
  for (const { metrics } of scopes) {
    for (const { descriptor, dataPoints } of metrics) {
      for (const { attributes, value } of dataPoints) {
        const names = Object.values(attributes).join(',');
        if (typeof value === 'number') values[names === '' ? descriptor.name : `${descriptor.name}{${names}}`] = value;
      }
    }
  }
  return values;
}

afterEach(() => {
  for (const host of running.splice(0)) host.stop();
});

const disk = (device: string, read: number, written: number) => ({
  device,
  bytes: { read, written },
  operations: { read: 1, written: 2 },
});

describe('host metrics in the store', () => {
  it('gives what was read under the names and states of the conventions', () => {
    const { values, host } = started([
      {
        cpu: { user: 10, system: 20, idle: 70 },
        memory: { total: 1000, available: 400 },
        process: { memory: 100, virtualMemory: 5000, threads: 11 },
        fileDescriptors: 24,
        processDisk: { read: 7, written: 8 },
        disks: [disk('sda', 100, 200), disk('sdb', 10, 20)],
        interfaces: [{ name: 'eth0', received: 3, transmitted: 4 }],
      },
    ]);
    expect(values()).toMatchObject({
      'system.cpu.time{user}': 10,
      'system.cpu.time{system}': 20,
      'system.cpu.time{idle}': 70,
      'system.memory.limit': 1000,
      'system.memory.usage{used}': 600,
      'system.memory.usage{available}': 400,
      'system.memory.utilization{used}': 0.6,
      'system.memory.utilization{available}': 0.4,
      'system.disk.io{sda,read}': 100,
      'system.disk.io{sda,write}': 200,
      'system.disk.io{sdb,write}': 20,
      'system.disk.operations{sda,read}': 1,
      'system.disk.operations{sda,write}': 2,
      'system.network.io{eth0,receive}': 3,
      'system.network.io{eth0,transmit}': 4,
      'process.memory.usage': 100,
      'process.memory.utilization': 0.1,
      'process.memory.virtual': 5000,
      'process.thread.count': 11,
      'process.unix.file_descriptor.count': 24,
      'process.disk.io{read}': 7,
      'process.disk.io{write}': 8,
    });
    expect(host.resources()).toMatchObject({
      memoryBytes: 100,
      memoryPercent: 10,
      threads: 11,
      fileDescriptors: 24,
      systemMemoryBytes: 1000,
      systemMemoryPercent: 60,
      diskReadBytes: 110,
      diskWrittenBytes: 220,
      networkReceivedBytes: 3,
      networkTransmittedBytes: 4,
    });
  });

  it('tells the use of processors from the second reading on, the modes adding up to 1', () => {
    const { values, host, later } = started([
      { cpu: { user: 1000, system: 500, idle: 9000, iowait: 100 }, process: {} },
      { cpu: { user: 1030, system: 510, idle: 9050, iowait: 110 }, process: {} },
    ]);
    expect(Object.keys(values()).filter((name) => name.startsWith('system.cpu.utilization'))).toEqual([]);
    later(5000);
    expect(values()).toMatchObject({
      'system.cpu.utilization{user}': 0.3,
      'system.cpu.utilization{system}': 0.1,
      'system.cpu.utilization{idle}': 0.5,
      'system.cpu.utilization{iowait}': 0.1,
    });
    expect(host.resources().systemCpuPercent).toBeCloseTo(40, 10);
  });

  it('reads once for all who collect within the cache, and again after it', () => {
    const { values, host, later, reads } = started([
      { process: { threads: 1 } },
      { process: { threads: 2 } },
      { process: { threads: 3 } },
    ]);
    expect(values()['process.thread.count']).toBe(1);
    later(4999);
    expect(values()['process.thread.count']).toBe(1);
    expect(host.resources().threads).toBe(1);
    expect(reads()).toBe(1);
    later(1);
    expect(host.resources().threads).toBe(2);
    expect(values()['process.thread.count']).toBe(2);
    expect(host.cost.readings).toBe(2);
  });

  it('no longer gives out what is gone, and gives it again when it is back', () => {
    const eth0 = { name: 'eth0', received: 1, transmitted: 1 };
    const tun0 = { name: 'tun0', received: 9, transmitted: 9 };
    const { values, later } = started([
      { process: { threads: 5 }, interfaces: [eth0, tun0] },
      { process: {}, interfaces: [eth0] },
      { process: { threads: 6 }, interfaces: [tun0] },
    ]);
    const of = () => Object.keys(values()).filter((name) => /network|thread/.test(name));
    expect(of()).toEqual([
      'system.network.io{eth0,receive}',
      'system.network.io{eth0,transmit}',
      'system.network.io{tun0,receive}',
      'system.network.io{tun0,transmit}',
      'process.thread.count',
    ]);
    later(5000);
    expect(of()).toEqual(['system.network.io{eth0,receive}', 'system.network.io{eth0,transmit}']);
    later(5000);
    expect(of()).toEqual([
      'system.network.io{tun0,receive}',
      'system.network.io{tun0,transmit}',
      'process.thread.count',
    ]);
  });

  it('tells about the process and its heap even where the machine tells nothing', () => {
    const { values } = started([{ process: {} }]);
    const given = values();
    expect(given['process.uptime']).toBeGreaterThan(0);
    expect(given['process.cpu.time{user}']).toBeGreaterThan(0);
    expect(given['v8js.memory.heap.used{old_space}']).toBeGreaterThan(100_000);
    expect(given['v8js.memory.heap.space.size{old_space}']).toBeGreaterThan(
      given['v8js.memory.heap.used{old_space}']! / 2,
    );
    expect(Object.keys(given).filter((name) => /system\.(?!uptime)|NaN/.test(name))).toEqual([]);
  });

  it('loses a reading that throws, and nothing else', () => {
    const { store, later, values } = started([{ process: { threads: 1 } }]);
    values();
    const failing = new HostMetrics({
      store,
      scope: { name: 'failing' },
      reader: {
        read: () => {
          throw new Error('no');
        },
      },
      cacheMillis: 0,
      now: () => 0,
      procRoot: undefined,
    });
    running.push(failing);
    later(5000);
    expect(values()['process.thread.count']).toBe(1);
    expect(store.rejectedMeasurements).toBe(1);
  });

  it('gives out nothing once it is stopped, and a second stop does nothing', () => {
    const { values, host, later } = started([{ process: { threads: 1 } }]);
    expect(values()['process.thread.count']).toBe(1);
    host.stop();
    host.stop();
    later(5000);
    expect(values()).toEqual({});
  });

  it('measures the event loop: a loop that is blocked shows, an idle one does not', async () => {
    const { values, later, host } = started([{ process: {} }]);
    values();
    await wait(700);
    later(5000);
    const idle = values();
    const since = performance.now();
    expect(idle['nodejs.eventloop.delay.p50']).toBeLessThan(0.1);
    expect(idle['nodejs.eventloop.time{idle}']).toBeGreaterThan(0.3);
    await wait(100);
    block(400);
    await wait(100);
    later(5000);
    const blocked = values();
    const seconds = (performance.now() - since) / 1000;
    expect(blocked['nodejs.eventloop.delay.max']).toBeGreaterThan(0.2);
    expect(host.resources().eventLoopDelayP99Seconds).toBeGreaterThan(0.2);
    // the 400 ms are in it, and of the rest, which is mostly waiting, not all
    expect(blocked['nodejs.eventloop.utilization']).toBeGreaterThan((0.9 * 0.4) / seconds);
    expect(blocked['nodejs.eventloop.utilization']).toBeLessThan(1);
  });

  it('records garbage collections', async () => {
    const { store } = started([{ process: {} }]);
    const garbage: unknown[] = [];
    for (let i = 0; i < 300_000; i += 1) garbage[i % 1000] = { text: `${i}`, list: [i, i, i] };
    const minor = () => {
      const gc = collectStore(store)
        .flatMap(({ metrics }) => metrics)
        .find(({ descriptor }) => descriptor.name === 'v8js.gc.duration');
      const point = gc?.dataPoints.find(({ attributes }) => attributes['v8js.gc.type'] === 'minor');
      return point?.value as Histogram | undefined;
    };
    // the observer of collections is told in a turn of its own
    await vi.waitFor(() => expect(minor()?.count).toBeGreaterThan(0), { timeout: 20_000 });
    // seconds: in milliseconds it would be more
    expect((minor()?.sum ?? 0) / (minor()?.count ?? 0)).toBeLessThan(0.1);
  });

  it('does not grow over 10,000 readings of a machine whose devices keep changing their names', () => {
    let n = 0;
    const reader: HostReader = {
      read: () => {
        n += 1;
        return {
          process: {},
          disks: [disk(`sd${n}`, n, n)],
          interfaces: [{ name: `tun${n}`, received: n, transmitted: n }],
        };
      },
    };
    const store = new MetricStore();
    const settings = { store, scope: { name: 'test' }, reader, cacheMillis: 0, now: () => n, procRoot: undefined };
    const host = new HostMetrics(settings);
    running.push(host);
    const seriesCount = () => [...store.scopes].flatMap(({ all }) => [...all].flatMap((each) => each.all)).length;
    for (let i = 0; i < 2000; i += 1) host.resources();
    const series = seriesCount();
    for (let i = 0; i < 8000; i += 1) host.resources();
    expect(host.cost.readings).toBe(10_000);
    expect(seriesCount()).toBe(series);
    expect(series).toBeLessThan(1000);
  });
});

function block(millis: number): void {
  const end = performance.now() + millis;
  while (performance.now() < end);
}
