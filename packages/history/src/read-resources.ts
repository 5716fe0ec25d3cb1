import {
  ATTR_CPU_MODE,
  ATTR_DISK_IO_DIRECTION,
  ATTR_NETWORK_IO_DIRECTION,
  ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT,
  ATTR_SYSTEM_FILESYSTEM_STATE,
  ATTR_SYSTEM_MEMORY_STATE,
  NODEJS_EVENTLOOP_DELAY_MAX,
  NODEJS_EVENTLOOP_DELAY_MEAN,
  NODEJS_EVENTLOOP_DELAY_P50,
  NODEJS_EVENTLOOP_DELAY_P90,
  NODEJS_EVENTLOOP_DELAY_P99,
  NODEJS_EVENTLOOP_UTILIZATION,
  PROCESS_CPU_TIME,
  PROCESS_CPU_UTILIZATION,
  PROCESS_DISK_IO,
  PROCESS_MEMORY_USAGE,
  PROCESS_MEMORY_UTILIZATION,
  PROCESS_MEMORY_VIRTUAL,
  PROCESS_THREAD_COUNT,
  PROCESS_UNIX_FILE_DESCRIPTOR_COUNT,
  PROCESS_UPTIME,
  SYSTEM_CPU_UTILIZATION,
  SYSTEM_DISK_IO,
  SYSTEM_FILESYSTEM_USAGE,
  SYSTEM_MEMORY_LIMIT,
  SYSTEM_MEMORY_USAGE,
  SYSTEM_NETWORK_IO,
  SYSTEM_UPTIME,
  V8JS_GC_DURATION,
  V8JS_MEMORY_HEAP_SPACE_SIZE,
  V8JS_MEMORY_HEAP_USED,
} from '@otel-monitor/semconv';
import { attributeName } from './attribute-name.js';
import { MergedHistogram } from './merged-histogram.js';
import type { PointsByName } from './points-by-name.js';
import type { ProcessSnapshot, ResourcesSnapshot, RuntimeSnapshot, SystemSnapshot } from './resources-snapshot.js';
import { OTHER } from './snapshot.js';

type Metric = { readonly name: string };

/** Most file systems that are told apart. */
const MAX_FILESYSTEMS = 50;

export function readResources(points: PointsByName): ResourcesSnapshot {
  return {
    ...whole('process', readProcess(points)),
    ...whole('system', readSystem(points)),
    ...whole('runtime', readRuntime(points)),
  };
}

function readProcess(points: PointsByName): ProcessSnapshot {
  return {
    ...largest('uptimeSeconds', points, PROCESS_UPTIME),
    ...sum('cpuUtilization', points, PROCESS_CPU_UTILIZATION),
    ...sum('cpuSeconds', points, PROCESS_CPU_TIME),
    ...sum('memory', points, PROCESS_MEMORY_USAGE),
    ...sum('memoryUtilization', points, PROCESS_MEMORY_UTILIZATION),
    ...sum('virtualMemory', points, PROCESS_MEMORY_VIRTUAL),
    ...sum('threads', points, PROCESS_THREAD_COUNT),
    ...sum('openFileDescriptors', points, PROCESS_UNIX_FILE_DESCRIPTOR_COUNT),
    ...both('disk', points, PROCESS_DISK_IO, ATTR_DISK_IO_DIRECTION, { read: 'read', written: 'write' }),
  };
}

function readSystem(points: PointsByName): SystemSnapshot {
  const idle = ['idle', 'iowait'];
  const cpu = points.numbers(SYSTEM_CPU_UTILIZATION.name);
  const busy = cpu.filter(({ attributes }) => !idle.includes(String(attributes[ATTR_CPU_MODE])));
  const used = total(points, SYSTEM_MEMORY_USAGE, ATTR_SYSTEM_MEMORY_STATE, 'used');
  const limit = total(points, SYSTEM_MEMORY_LIMIT);
  const filesystems = readFilesystems(points);
  return {
    ...sum('uptimeSeconds', points, SYSTEM_UPTIME),
    ...(cpu.length > 0 && { cpuUtilization: busy.reduce((all, { value }) => all + value, 0) }),
    ...(used !== undefined && limit !== undefined && { memory: { used, total: limit } }),
    ...(filesystems.length > 0 && { filesystems }),
    ...both('disk', points, SYSTEM_DISK_IO, ATTR_DISK_IO_DIRECTION, { read: 'read', written: 'write' }),
    ...both('network', points, SYSTEM_NETWORK_IO, ATTR_NETWORK_IO_DIRECTION, {
      received: 'receive',
      transmitted: 'transmit',
    }),
  };
}

function readRuntime(points: PointsByName): RuntimeSnapshot {
  const delay = {
    ...largest('mean', points, NODEJS_EVENTLOOP_DELAY_MEAN),
    ...largest('p50', points, NODEJS_EVENTLOOP_DELAY_P50),
    ...largest('p90', points, NODEJS_EVENTLOOP_DELAY_P90),
    ...largest('p99', points, NODEJS_EVENTLOOP_DELAY_P99),
    ...largest('max', points, NODEJS_EVENTLOOP_DELAY_MAX),
  };
  const used = total(points, V8JS_MEMORY_HEAP_USED);
  const size = total(points, V8JS_MEMORY_HEAP_SPACE_SIZE);
  const collections = new MergedHistogram();
  for (const { value } of points.histograms(V8JS_GC_DURATION.name)) collections.add(value);
  const { count, mean = 0 } = collections;
  return {
    ...whole('eventLoopDelaySeconds', delay),
    ...largest('eventLoopUtilization', points, NODEJS_EVENTLOOP_UTILIZATION),
    ...(used !== undefined && size !== undefined && { heap: { used, size } }),
    ...(count > 0 && { garbageCollection: { count, totalSeconds: count * mean } }),
  };
}

function readFilesystems(points: PointsByName): NonNullable<SystemSnapshot['filesystems']> {
  const found = new Map<string, { name: string; used: number; total: number }>();
  for (const { attributes, value } of points.numbers(SYSTEM_FILESYSTEM_USAGE.name)) {
    const name = attributeName(attributes, ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT) ?? OTHER;
    const one = found.get(name) ?? { name, used: 0, total: 0 };
    if (attributes[ATTR_SYSTEM_FILESYSTEM_STATE] === 'used') one.used += value;
    // the states add up to the capacity
    one.total += value;
    if (found.size < MAX_FILESYSTEMS) found.set(name, one);
  }
  return [...found.values()];
}

/** All points of a metric, or those that have an attribute, added up; undefined without any. */
function total(points: PointsByName, { name }: Metric, key?: string, wanted?: string): number | undefined {
  const all = points.numbers(name).filter(({ attributes }) => key === undefined || attributes[key] === wanted);
  return all.length === 0 ? undefined : all.reduce((sum, { value }) => sum + value, 0);
}

/** A field with the sum of a metric, or none. */
function sum<K extends string>(field: K, points: PointsByName, metric: Metric): { [F in K]?: number } {
  const value = total(points, metric);
  return value === undefined ? {} : ({ [field]: value } as { [F in K]?: number });
}

/** A field with the largest value of a metric, or none: what is of one event loop or process is not added up over workers. */
function largest<K extends string>(field: K, points: PointsByName, { name }: Metric): { [F in K]?: number } {
  const values = points.numbers(name).map(({ value }) => value);
  return values.length === 0 ? {} : ({ [field]: Math.max(...values) } as { [F in K]?: number });
}

/** A field with both directions of a metric, or none. */
function both<K extends string, D extends string>(
  field: K,
  points: PointsByName,
  metric: Metric,
  key: string,
  directions: Record<D, string>,
): { [F in K]?: Record<D, number> } {
  const values = Object.entries<string>(directions).map(
    ([name, of]) => [name, total(points, metric, key, of)] as const,
  );
  if (values.every(([, value]) => value === undefined)) return {};
  const known = Object.fromEntries(values.map(([name, value]) => [name, value ?? 0]));
  return { [field]: known } as { [F in K]?: Record<D, number> };
}

/** A field with an object, or none when the object is empty. */
function whole<K extends string, T extends object>(field: K, value: T): { [F in K]?: T } {
  return Object.keys(value).length === 0 ? {} : ({ [field]: value } as { [F in K]?: T });
}
