import { realpathSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { ScopedInstruments } from '@otel-monitor/bound-metrics';
import { SYSTEM_FILESYSTEM_USAGE, SYSTEM_FILESYSTEM_UTILIZATION } from '@otel-monitor/semconv';
import { localMountOf, parseMounts } from '../proc/mounts.js';
import { ProcFiles } from '../proc/proc-files.js';
import type { MutableResourceReading } from '../resource-reading.js';
import { MetricGroup } from './metric-group.js';

/** The local file systems of the working directory at start and of `/`. */
export class FileSystemMetrics {
  readonly #group: MetricGroup;
  readonly #usage;
  readonly #utilization;
  readonly #mountpoints: readonly string[];
  #isAsking = false;
  #isStopped = false;
  #percent: number | undefined;

  /** @param root where proc is mounted; another folder in tests */
  constructor(instruments: ScopedInstruments, root = '/proc', workingDirectory = currentDirectory()) {
    this.#group = new MetricGroup(instruments);
    this.#usage = this.#group.metric(SYSTEM_FILESYSTEM_USAGE);
    this.#utilization = this.#group.metric(SYSTEM_FILESYSTEM_UTILIZATION);
    const mounts = parseMounts(new ProcFiles(root).read('self/mountinfo') ?? '');
    const found = [workingDirectory, '/'].map((path) => localMountOf(path, mounts)?.mountpoint);
    this.#mountpoints = [...new Set(found.filter((mountpoint) => mountpoint !== undefined))];
  }

  /** Gives the last answer and asks anew in the background: a disk may take its time to answer. */
  record(resources: MutableResourceReading): void {
    resources.diskPercent = this.#percent;
    if (this.#isAsking || this.#isStopped || this.#mountpoints.length === 0) return;
    this.#isAsking = true;
    void this.#ask().finally(() => {
      this.#isAsking = false;
    });
  }

  clear(): void {
    this.#isStopped = true;
    this.#group.clear();
  }

  async #ask(): Promise<void> {
    const answers = await Promise.all(this.#mountpoints.map((mountpoint) => statfs(mountpoint).catch(() => undefined)));
    if (this.#isStopped) return;
    answers.forEach((answer, index) => {
      const mountpoint = this.#mountpoints[index]!;
      if (answer === undefined || answer.blocks === 0) return;
      const { blocks, bfree, bavail, bsize } = answer;
      const states = { used: blocks - bfree, free: bavail, reserved: bfree - bavail };
      for (const [state, count] of Object.entries(states)) {
        this.#usage.set(count * bsize, mountpoint, state);
        this.#utilization.set(count / blocks, mountpoint, state);
      }
      // as df shows it: what is reserved for root is neither used nor free; the first is the working directory's
      if (index === 0) this.#percent = (100 * states.used) / (states.used + states.free);
    });
    this.#group.endRound();
  }
}

/** The working directory may have been deleted. */
function currentDirectory(): string {
  try {
    return realpathSync(process.cwd());
  } catch {
    return '/';
  }
}
