import { uptime } from 'node:os';
import type { MetricStore } from '@otel-monitor/bound-metrics';
import { ownCost, type Scope } from '@otel-monitor/runtime';
import type { HostReader } from './host-reading.js';
import { EventLoopMetrics } from './metrics/event-loop-metrics.js';
import { FileSystemMetrics } from './metrics/file-system-metrics.js';
import { HeapMetrics } from './metrics/heap-metrics.js';
import { ProcessMetrics } from './metrics/process-metrics.js';
import { SystemMetrics } from './metrics/system-metrics.js';
import type { MutableResourceReading, ResourceReading } from './resource-reading.js';

/** What reading the host has cost. */
export interface ReadingCost {
  /** Readings that were made. */
  readonly readings: number;
  /** Elapsed time of all of them. */
  readonly totalSeconds: number;
  /** Elapsed time of the last one. */
  readonly lastSeconds: number;
}

export interface HostMetricsSettings {
  readonly store: MetricStore;
  readonly scope: Scope;
  readonly reader: HostReader;
  readonly cacheMillis: number;
  /** Milliseconds of a clock that does not go back. */
  readonly now: () => number;
  /** Where proc is mounted, for the file systems; undefined: they are left out. */
  readonly procRoot: string | undefined;
  /** Whether metrics of the machine are given out; default true. */
  readonly isMachineRead?: boolean;
}

/** Keeps the metrics of host, process and runtime in a store fresh: reads them when they are collected, and not too often. */
export class HostMetrics {
  readonly #system: SystemMetrics | undefined;
  readonly #process: ProcessMetrics;
  readonly #eventLoop: EventLoopMetrics;
  readonly #heap: HeapMetrics;
  readonly #fileSystems: FileSystemMetrics | undefined;
  readonly #unhook: () => void;
  #readAt = Number.NEGATIVE_INFINITY;
  #resources: ResourceReading = {};
  #cost: ReadingCost = { readings: 0, totalSeconds: 0, lastSeconds: 0 };
  #isStopped = false;

  constructor(private readonly settings: HostMetricsSettings) {
    const { store, scope, procRoot, isMachineRead = true } = settings;
    const instruments = store.scope(scope);
    this.#system = isMachineRead ? new SystemMetrics(instruments) : undefined;
    this.#process = new ProcessMetrics(instruments);
    this.#eventLoop = new EventLoopMetrics(instruments);
    this.#heap = new HeapMetrics(instruments);
    this.#fileSystems =
      procRoot === undefined || !isMachineRead ? undefined : new FileSystemMetrics(instruments, procRoot);
    this.#unhook = store.beforeCollect(() => this.#refresh());
  }

  get cost(): ReadingCost {
    return this.#cost;
  }

  resources(): ResourceReading {
    this.#refresh();
    return this.#resources;
  }

  /** Ends all reading; values that were read are no longer given out. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#unhook();
    for (const part of [this.#system, this.#process, this.#eventLoop, this.#heap, this.#fileSystems]) part?.clear();
  }

  #refresh(): void {
    const now = this.settings.now();
    if (this.#isStopped || now - this.#readAt < this.settings.cacheMillis) return;
    this.#readAt = now;
    ownCost.time(() => this.#read());
  }

  #read(): void {
    const start = performance.now();
    const reading = this.settings.reader.read();
    const resources: MutableResourceReading = {};
    this.#system?.record(reading, systemUptime(), resources);
    this.#process.record(reading, resources);
    this.#eventLoop.record(resources);
    this.#heap.record(resources);
    this.#fileSystems?.record(resources);
    this.#resources = resources as ResourceReading;
    const lastSeconds = (performance.now() - start) / 1000;
    const { readings, totalSeconds } = this.#cost;
    this.#cost = { readings: readings + 1, totalSeconds: totalSeconds + lastSeconds, lastSeconds };
  }
}

/** Sandboxes may refuse it. */
function systemUptime(): number | undefined {
  try {
    return uptime();
  } catch {
    return undefined;
  }
}
