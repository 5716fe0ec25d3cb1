import { availableParallelism } from 'node:os';
import type { ScopedInstruments } from '@otel-monitor/bound-metrics';
import {
  SYSTEM_CPU_TIME,
  SYSTEM_CPU_UTILIZATION,
  SYSTEM_DISK_IO,
  SYSTEM_DISK_OPERATIONS,
  SYSTEM_MEMORY_LIMIT,
  SYSTEM_MEMORY_USAGE,
  SYSTEM_MEMORY_UTILIZATION,
  SYSTEM_NETWORK_IO,
  SYSTEM_UPTIME,
} from '@otel-monitor/semconv';
import type { CpuMode, HostReading } from '../host-reading.js';
import type { MutableResourceReading } from '../resource-reading.js';
import { MetricGroup } from './metric-group.js';
import { ShareOverTime } from './share-over-time.js';

/** A shorter stretch says nothing: the kernel counts in hundredths of a second. */
const MIN_SECONDS = 0.5;

/** The machine: processors, memory, disks, network. */
export class SystemMetrics {
  readonly #group: MetricGroup;
  readonly #cpuTime;
  readonly #cpuUtilization;
  readonly #memoryUsage;
  readonly #memoryLimit;
  readonly #memoryUtilization;
  readonly #diskIo;
  readonly #diskOperations;
  readonly #networkIo;
  readonly #uptime;
  readonly #cpuShares = new ShareOverTime<CpuMode>(MIN_SECONDS * availableParallelism());

  constructor(instruments: ScopedInstruments) {
    const group = new MetricGroup(instruments);
    this.#group = group;
    this.#cpuTime = group.metric(SYSTEM_CPU_TIME);
    this.#cpuUtilization = group.metric(SYSTEM_CPU_UTILIZATION);
    this.#memoryUsage = group.metric(SYSTEM_MEMORY_USAGE);
    this.#memoryLimit = group.metric(SYSTEM_MEMORY_LIMIT);
    this.#memoryUtilization = group.metric(SYSTEM_MEMORY_UTILIZATION);
    this.#diskIo = group.metric(SYSTEM_DISK_IO);
    this.#diskOperations = group.metric(SYSTEM_DISK_OPERATIONS);
    this.#networkIo = group.metric(SYSTEM_NETWORK_IO);
    this.#uptime = group.metric(SYSTEM_UPTIME);
  }

  record(reading: HostReading, uptimeSeconds: number | undefined, resources: MutableResourceReading): void {
    this.#recordCpu(reading, resources);
    this.#recordMemory(reading, resources);
    this.#recordDisks(reading, resources);
    this.#recordNetwork(reading, resources);
    this.#uptime.set(uptimeSeconds);
    resources.systemUptimeSeconds = uptimeSeconds;
    this.#group.endRound();
  }

  clear(): void {
    this.#group.clear();
  }

  #recordCpu({ cpu }: HostReading, resources: MutableResourceReading): void {
    if (cpu === undefined) return;
    let total = 0;
    for (const mode of modesOf(cpu)) {
      total += cpu[mode] ?? 0;
      this.#cpuTime.set(cpu[mode], mode);
    }
    // the time of all modes together is the time that has passed on all processors
    const shares = this.#cpuShares.next(total, cpu);
    if (shares === undefined) return;
    for (const mode of modesOf(shares)) this.#cpuUtilization.set(shares[mode], mode);
    resources.systemCpuPercent = 100 * Math.max(0, 1 - (shares.idle ?? 0) - (shares.iowait ?? 0));
  }

  #recordMemory({ memory }: HostReading, resources: MutableResourceReading): void {
    if (memory === undefined) return;
    const { total, available } = memory;
    const used = total - available;
    this.#memoryLimit.set(total);
    this.#memoryUsage.set(used, 'used');
    this.#memoryUsage.set(available, 'available');
    this.#memoryUtilization.set(used / total, 'used');
    this.#memoryUtilization.set(available / total, 'available');
    resources.systemMemoryBytes = total;
    resources.systemMemoryPercent = (100 * used) / total;
  }

  #recordDisks({ disks }: HostReading, resources: MutableResourceReading): void {
    if (disks === undefined) return;
    let read = 0;
    let written = 0;
    for (const { device, bytes, operations } of disks) {
      this.#diskIo.set(bytes.read, device, 'read');
      this.#diskIo.set(bytes.written, device, 'write');
      this.#diskOperations.set(operations.read, device, 'read');
      this.#diskOperations.set(operations.written, device, 'write');
      read += bytes.read;
      written += bytes.written;
    }
    resources.diskReadBytes = read;
    resources.diskWrittenBytes = written;
  }

  #recordNetwork({ interfaces }: HostReading, resources: MutableResourceReading): void {
    if (interfaces === undefined) return;
    let received = 0;
    let transmitted = 0;
    for (const each of interfaces) {
      this.#networkIo.set(each.received, each.name, 'receive');
      this.#networkIo.set(each.transmitted, each.name, 'transmit');
      received += each.received;
      transmitted += each.transmitted;
    }
    resources.networkReceivedBytes = received;
    resources.networkTransmittedBytes = transmitted;
  }
}

function modesOf(times: Readonly<Partial<Record<CpuMode, number>>>): CpuMode[] {
  return Object.keys(times) as CpuMode[];
}
