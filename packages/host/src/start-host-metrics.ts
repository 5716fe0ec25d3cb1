import { type MetricStore, metricStore } from '@otel-monitor/bound-metrics';
import { processWide, type Scope } from '@otel-monitor/runtime';
import { HostMetrics, type ReadingCost } from './host-metrics.js';
import { LinuxReader } from './linux-reader.js';
import { PortableReader } from './portable-reader.js';
import type { ResourceReading } from './resource-reading.js';

const SCOPE: Scope = { name: '@otel-monitor/host', version: '0.1.0' };
const DEFAULT_CACHE_SECONDS = 5;

export interface HostMetricsOptions {
  /** Seconds for which a reading serves all who collect; default 5, 0 reads each time. */
  readonly cacheDurationSeconds?: number;
  /** Scope of the metrics; default `@otel-monitor/host`. */
  readonly scope?: Scope;
  /** Milliseconds of a clock that does not go back; for tests. */
  readonly now?: () => number;
  /** False: metrics of the process and its runtime alone, none of the machine (`system.*`); default true. */
  readonly machine?: boolean;
  /** `portable` reads what Node tells everywhere, on Linux too; default: /proc on Linux, else `portable`. */
  readonly reader?: 'linux' | 'portable';
}

/** Host metrics that run. */
export interface RunningHostMetrics {
  /** Ends reading once everyone who started it has stopped; a second call does nothing. */
  stop(): void;
  /** What process and machine use, read anew if the last reading is older than the cache allows. */
  resources(): ResourceReading;
  /** What reading has cost since the start. */
  readonly cost: ReadingCost;
}

/** The one set of readings of the process: read twice, garbage collections would count twice. */
interface Shared {
  running: HostMetrics | undefined;
  users: number;
}

const shared: Shared = processWide('host-metrics', () => ({ running: undefined, users: 0 }));

/**
 * Puts host, process and runtime metrics into the store of the process, read when it is collected. Started twice, the
 * first one's options hold for both. Keeps no timer, and nothing of it keeps the process alive.
 */
export function startHostMetrics(options: HostMetricsOptions = {}): RunningHostMetrics {
  shared.running ??= createHostMetrics(metricStore, options);
  shared.users += 1;
  const running = shared.running;
  let isStopped = false;
  return {
    stop: () => {
      if (isStopped) return;
      isStopped = true;
      shared.users -= 1;
      if (shared.users > 0) return;
      running.stop();
      shared.running = undefined;
    },
    resources: () => running.resources(),
    get cost() {
      return running.cost;
    },
  };
}

/** The same on a store of its own. */
export function createHostMetrics(store: MetricStore, options: HostMetricsOptions = {}): HostMetrics {
  const { cacheDurationSeconds = DEFAULT_CACHE_SECONDS, scope = SCOPE, now = () => performance.now() } = options;
  const isLinux = (options.reader ?? (process.platform === 'linux' ? 'linux' : 'portable')) === 'linux';
  return new HostMetrics({
    store,
    scope,
    now,
    reader: isLinux ? new LinuxReader() : new PortableReader(),
    cacheMillis: cacheDurationSeconds * 1000,
    procRoot: isLinux ? '/proc' : undefined,
    isMachineRead: options.machine ?? true,
  });
}
