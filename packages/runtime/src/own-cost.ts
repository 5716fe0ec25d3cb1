import { processWide } from './registry.js';

/** What monitoring itself has used since the process started, as far as it can be told apart. */
export interface OwnCost {
  /**
   * CPU time of background work on the main thread: collection, reading the host, serialisation, export.
   * CPU time proper where Node can tell that of a thread (`process.threadCpuUsage`), else elapsed time, an upper bound.
   * What runs inside recording calls is not in it: to measure that would cost more than the calls.
   */
  readonly cpuSeconds: number;
  /** `cpuSeconds` as a share of one processor over the life of the process, 0 to 100. */
  readonly cpuPercent: number;
  /** Bytes handed to sockets and files. */
  readonly bytesWritten: number;
  /** Bytes of the tables and queues that said what they hold; an estimate. Code and garbage are not in it. */
  readonly memoryBytes: number;
}

/** Most parts that may say what they hold. */
const MAX_PARTS = 100;

interface ThreadCpuUsage {
  user: number;
  system: number;
}

/** Node 20 and early 22 do not have it. */
const threadCpuUsage = (process as { threadCpuUsage?: () => ThreadCpuUsage }).threadCpuUsage;

/** Adds up what monitoring costs; one for the process. */
export class OwnCostMeter {
  #cpuMillis = 0;
  #bytesWritten = 0;
  #isInside = false;
  readonly #held = new Map<string, () => number>();

  constructor(
    private readonly now: () => number = cpuMillis,
    private readonly uptimeSeconds: () => number = () => process.uptime(),
  ) {}

  /**
   * Runs `work` and counts the time until it returns or throws; what it throws passes through. Only the part before
   * the first await of an asynchronous function counts. Nested calls count once.
   */
  time<T>(work: () => T): T {
    if (this.#isInside) return work();
    this.#isInside = true;
    const start = this.now();
    try {
      return work();
    } finally {
      this.#cpuMillis += Math.max(0, this.now() - start);
      this.#isInside = false;
    }
  }

  /** Counts bytes that were handed to a socket or a file. */
  bytesWritten(bytes: number): void {
    if (bytes > 0 && bytes < Number.POSITIVE_INFINITY) this.#bytesWritten += bytes;
  }

  /**
   * Lets a table or queue say how many bytes it holds, asked at each report; returns the way to take it back.
   *
   * @param part a fixed word, one for each table; a second call for it takes the place of the first
   */
  memoryHeld(part: string, estimate: () => number): () => void {
    if (this.#held.size < MAX_PARTS || this.#held.has(part)) this.#held.set(part, estimate);
    return () => {
      if (this.#held.get(part) === estimate) this.#held.delete(part);
    };
  }

  report(): OwnCost {
    const cpuSeconds = this.#cpuMillis / 1000;
    const uptime = this.uptimeSeconds();
    return {
      cpuSeconds,
      cpuPercent: uptime > 0 ? (100 * cpuSeconds) / uptime : 0,
      bytesWritten: this.#bytesWritten,
      memoryBytes: this.#memoryBytes(),
    };
  }

  #memoryBytes(): number {
    let sum = 0;
    for (const estimate of this.#held.values()) {
      try {
        const bytes = estimate();
        if (bytes > 0 && bytes < Number.POSITIVE_INFINITY) sum += bytes;
      } catch {
        // a part that cannot tell is left out
      }
    }
    return sum;
  }
}

function cpuMillis(): number {
  if (threadCpuUsage === undefined) return performance.now();
  const { user, system } = threadCpuUsage.call(process);
  return (user + system) / 1000;
}

/** What monitoring costs in this process, whichever package and copy of it does the work. */
export const ownCost: OwnCostMeter = processWide('own-cost', () => new OwnCostMeter());
