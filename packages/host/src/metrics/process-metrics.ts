import { availableParallelism } from 'node:os';
import type { ScopedInstruments } from '@otel-monitor/bound-metrics';
import {
  PROCESS_CPU_TIME,
  PROCESS_CPU_UTILIZATION,
  PROCESS_DISK_IO,
  PROCESS_MEMORY_USAGE,
  PROCESS_MEMORY_UTILIZATION,
  PROCESS_MEMORY_VIRTUAL,
  PROCESS_THREAD_COUNT,
  PROCESS_UNIX_FILE_DESCRIPTOR_COUNT,
  PROCESS_UPTIME,
} from '@otel-monitor/semconv';
import type { HostReading } from '../host-reading.js';
import type { MutableResourceReading } from '../resource-reading.js';
import { MetricGroup } from './metric-group.js';
import { ShareOverTime } from './share-over-time.js';

/** The CPU time of a process is counted in microseconds; in less than this, the reading itself would show. */
const MIN_SECONDS = 0.1;

/** This process: CPU, memory, threads, descriptors, storage. */
export class ProcessMetrics {
  readonly #group: MetricGroup;
  readonly #cpuTime;
  readonly #cpuUtilization;
  readonly #memoryUsage;
  readonly #memoryUtilization;
  readonly #memoryVirtual;
  readonly #diskIo;
  readonly #threads;
  readonly #fileDescriptors;
  readonly #uptime;
  readonly #processors = availableParallelism();
  /** A process begins with no CPU time used: the first reading has its life to look back on. */
  readonly #cpuShares = new ShareOverTime<'user' | 'system'>(MIN_SECONDS * this.#processors, {
    at: 0,
    counters: { user: 0, system: 0 },
  });

  constructor(instruments: ScopedInstruments) {
    const group = new MetricGroup(instruments);
    this.#group = group;
    this.#cpuTime = group.metric(PROCESS_CPU_TIME);
    this.#cpuUtilization = group.metric(PROCESS_CPU_UTILIZATION);
    this.#memoryUsage = group.metric(PROCESS_MEMORY_USAGE);
    this.#memoryUtilization = group.metric(PROCESS_MEMORY_UTILIZATION);
    this.#memoryVirtual = group.metric(PROCESS_MEMORY_VIRTUAL);
    this.#diskIo = group.metric(PROCESS_DISK_IO);
    this.#threads = group.metric(PROCESS_THREAD_COUNT);
    this.#fileDescriptors = group.metric(PROCESS_UNIX_FILE_DESCRIPTOR_COUNT);
    this.#uptime = group.metric(PROCESS_UPTIME);
  }

  record(reading: HostReading, resources: MutableResourceReading): void {
    const uptime = process.uptime();
    this.#uptime.set(uptime);
    resources.uptimeSeconds = uptime;
    this.#recordCpu(uptime, resources);
    this.#recordMemory(reading, resources);
    this.#threads.set(reading.process.threads);
    resources.threads = reading.process.threads;
    this.#fileDescriptors.set(reading.fileDescriptors);
    resources.fileDescriptors = reading.fileDescriptors;
    this.#diskIo.set(reading.processDisk?.read, 'read');
    this.#diskIo.set(reading.processDisk?.written, 'write');
    this.#group.endRound();
  }

  clear(): void {
    this.#group.clear();
  }

  #recordCpu(uptime: number, resources: MutableResourceReading): void {
    const usage = process.cpuUsage();
    const times = { user: usage.user / 1e6, system: usage.system / 1e6 };
    this.#cpuTime.set(times.user, 'user');
    this.#cpuTime.set(times.system, 'system');
    const shares = this.#cpuShares.next(uptime * this.#processors, times);
    if (shares === undefined) return;
    this.#cpuUtilization.set(shares.user, 'user');
    this.#cpuUtilization.set(shares.system, 'system');
    resources.cpuPercent = 100 * Math.min(1, (shares.user ?? 0) + (shares.system ?? 0));
  }

  #recordMemory({ process: own, memory }: HostReading, resources: MutableResourceReading): void {
    this.#memoryUsage.set(own.memory);
    this.#memoryVirtual.set(own.virtualMemory);
    resources.memoryBytes = own.memory;
    if (own.memory === undefined || memory === undefined) return;
    const share = own.memory / memoryLimit(memory.total);
    this.#memoryUtilization.set(share);
    resources.memoryPercent = 100 * share;
  }
}

/** What a container allows, where it allows less than the machine has; 0 or a giant number when there is no limit. */
function memoryLimit(total: number): number {
  const allowed = process.constrainedMemory();
  return allowed > 0 && allowed < total ? allowed : total;
}
