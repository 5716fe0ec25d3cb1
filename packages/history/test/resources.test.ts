import { expect, it } from 'vitest';
import { PointsByName } from '../src/points-by-name.js';
import { readResources } from '../src/read-resources.js';
import { histograms, madeScope, numbers } from './made-metrics.js';

const named = (name: string, ...points: [Record<string, string>, number][]) => numbers({ name }, ...points);

it('resources are read by the names of the semantic conventions', () => {
  const mode = (name: string) => ({ 'cpu.mode': name });
  const io = (direction: string, device: string) => ({ 'disk.io.direction': direction, 'system.device.name': device });
  const net = (direction: string, name: string) => ({
    'network.io.direction': direction,
    'network.interface.name': name,
  });
  const fs = (mountpoint: string, state: string) => ({
    'system.filesystem.mountpoint': mountpoint,
    'system.filesystem.state': state,
  });
  const scope = madeScope([
    named('process.uptime', [{}, 90]),
    named('process.cpu.utilization', [mode('user'), 0.25], [mode('system'), 0.125]),
    named('process.cpu.time', [mode('user'), 6], [mode('system'), 1.5]),
    named('process.memory.usage', [{}, 80_000_000]),
    named('process.memory.utilization', [{}, 0.02]),
    named('process.memory.virtual', [{}, 900_000_000]),
    named('process.thread.count', [{}, 11]),
    named('process.unix.file_descriptor.count', [{}, 24]),
    named('process.disk.io', [{ 'disk.io.direction': 'read' }, 100], [{ 'disk.io.direction': 'write' }, 200]),
    named('system.uptime', [{}, 3600]),
    named('system.cpu.utilization', [mode('user'), 0.25], [mode('system'), 0.25], [mode('idle'), 0.5]),
    named(
      'system.memory.usage',
      [{ 'system.memory.state': 'used' }, 3_000],
      [{ 'system.memory.state': 'available' }, 1_000],
    ),
    named('system.memory.limit', [{}, 4_000]),
    named('system.filesystem.usage', [fs('/', 'used'), 60], [fs('/', 'free'), 30], [fs('/', 'reserved'), 10]),
    named('system.disk.io', [io('read', 'sda'), 1], [io('read', 'sdb'), 2], [io('write', 'sda'), 4]),
    named('system.network.io', [net('receive', 'eth0'), 8], [net('receive', 'lo'), 16], [net('transmit', 'eth0'), 32]),
    named('nodejs.eventloop.delay.mean', [{}, 0.0101]),
    named('nodejs.eventloop.delay.p50', [{}, 0.01]),
    named('nodejs.eventloop.delay.p90', [{}, 0.011]),
    named('nodejs.eventloop.delay.p99', [{}, 0.02]),
    named('nodejs.eventloop.delay.max', [{}, 0.03]),
    named('nodejs.eventloop.utilization', [{}, 0.4]),
    named('v8js.memory.heap.used', [{ 'v8js.heap.space.name': 'new_space' }, 10], [{}, 20]),
    named('v8js.memory.heap.space.size', [{ 'v8js.heap.space.name': 'new_space' }, 50], [{}, 50]),
    histograms({ name: 'v8js.gc.duration', boundaries: [0.01] }, [{ 'v8js.gc.type': 'minor' }, [0.25, 0.5]]),
  ]);
  expect(readResources(new PointsByName([scope]))).toEqual({
    process: {
      uptimeSeconds: 90,
      cpuUtilization: 0.375,
      cpuSeconds: 7.5,
      memory: 80_000_000,
      memoryUtilization: 0.02,
      virtualMemory: 900_000_000,
      threads: 11,
      openFileDescriptors: 24,
      disk: { read: 100, written: 200 },
    },
    system: {
      uptimeSeconds: 3600,
      cpuUtilization: 0.5,
      memory: { used: 3000, total: 4000 },
      filesystems: [{ name: '/', used: 60, total: 100 }],
      disk: { read: 3, written: 4 },
      network: { received: 24, transmitted: 32 },
    },
    runtime: {
      eventLoopDelaySeconds: { mean: 0.0101, p50: 0.01, p90: 0.011, p99: 0.02, max: 0.03 },
      eventLoopUtilization: 0.4,
      heap: { used: 30, size: 100 },
      garbageCollection: { count: 2, totalSeconds: 0.75 },
    },
  });
});

it('what is not measured is left out', () => {
  expect(readResources(new PointsByName([]))).toEqual({});
  const scope = madeScope([named('process.uptime', [{}, 1]), named('system.memory.limit', [{}, 4])]);
  expect(readResources(new PointsByName([scope]))).toEqual({ process: { uptimeSeconds: 1 } });
});

it('of a service with workers what is of one process or event loop is that of the oldest or worst of them', () => {
  const worker = { 'monitor.worker.id': '1' };
  const scope = madeScope([
    named('process.uptime', [{}, 90], [worker, 5]),
    named('process.cpu.utilization', [{}, 0.25], [worker, 0.5]),
    named('nodejs.eventloop.delay.p99', [{}, 0.01], [worker, 0.2]),
    named('nodejs.eventloop.utilization', [{}, 0.1], [worker, 0.9]),
  ]);
  expect(readResources(new PointsByName([scope]))).toEqual({
    process: { uptimeSeconds: 90, cpuUtilization: 0.75 },
    runtime: { eventLoopDelaySeconds: { p99: 0.2 }, eventLoopUtilization: 0.9 },
  });
});
