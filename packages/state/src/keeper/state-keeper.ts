import { ownCost, withDeadline } from '@otel-monitor/runtime';
import { FLUSH_INTERVAL_MILLIS, type KeeperOptions, type KeeperTimes, TIMES } from './keeper-options.js';
import { KeptFiles } from './kept-files.js';
import type { StateStatus } from './state-status.js';

/**
 * Keeps what is to outlive the process in files. It opens them after the start, writes what has changed at each interval, and
 * the rest when the process ends. Nothing of it throws, rejects, holds the application up or keeps it alive.
 */
export class StateKeeper {
  readonly #files: KeptFiles;
  readonly #times: KeeperTimes;
  readonly #stops: (() => void)[] = [];
  #queue: Promise<void> = Promise.resolve();

  constructor(private readonly options: KeeperOptions) {
    this.#files = new KeptFiles(options);
    this.#times = { ...TIMES, ...options.times };
  }

  /** Begins to keep; returns at once. */
  start(): void {
    const { open, merge, touch } = this.#times;
    void this.#enqueue(() => this.#files.useKeyThatIsThere());
    const opening = setTimeout(() => void this.open(), open).unref();
    this.#stops.push(() => clearTimeout(opening));
    this.#every(this.options.flushIntervalMillis ?? FLUSH_INTERVAL_MILLIS, () => this.#files.flush(false));
    this.#every(merge, () => this.#files.merge());
    this.#every(touch, () => this.#files.touch());
    this.#stops.push(ownCost.memoryHeld('state', () => this.#files.memoryBytes));
  }

  /** Opens the files now, and restores what is there. Never rejects. */
  open(): Promise<void> {
    return this.#enqueue(() => this.#files.open());
  }

  /** Writes what has changed; resolves within the deadline. Never rejects. */
  async flush(timeoutMillis: number): Promise<void> {
    const flushed = this.#enqueue(() => this.#files.flush(true));
    await withDeadline(flushed, timeoutMillis);
  }

  /** Restores what is in slots that nobody holds any more. Never rejects. */
  merge(): Promise<void> {
    return this.#enqueue(() => this.#files.merge());
  }

  /** Writes at once what is not in the files yet, and gives the slot up: the process ends. Never throws. */
  writeLast(): void {
    this.#files.writeLast(performance.now() + this.#times.last);
  }

  /** Writes what has changed and keeps no more. The slot stays with this process, whose memory has what is in it. */
  async stop(timeoutMillis: number): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop();
    const flushed = this.#enqueue(() => this.#files.flush(true));
    const closed = this.#enqueue(() => this.#files.close());
    await withDeadline(Promise.all([flushed, closed]), timeoutMillis);
  }

  status(): StateStatus {
    return this.#files.status();
  }

  /** A disk that does not answer is not asked again before it has. */
  #every(millis: number, work: () => Promise<void>): void {
    let isUnderWay = false;
    const timer = setInterval(() => {
      if (isUnderWay) return;
      isUnderWay = true;
      void this.#enqueue(work).then(() => {
        isUnderWay = false;
      });
    }, millis).unref();
    this.#stops.push(() => clearInterval(timer));
  }

  /** One thing after the other; what it throws is a problem and no more. */
  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work).catch((error: unknown) => this.#files.failed(error));
    this.#queue = done;
    return done;
  }
}
