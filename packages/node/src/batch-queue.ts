import { withDeadline } from '@otel-monitor/runtime';

/** Bounds of a queue (specification, Trace SDK, "Batching processor"). */
export interface BatchQueueLimits {
  /** Most items that wait; further ones are dropped. Default 2048. */
  readonly maxQueueSize: number;
  /** Most items of one export. Default 512. */
  readonly maxExportBatchSize: number;
  /** Longest time in milliseconds that an item waits for the batch to fill. */
  readonly scheduledDelayMillis: number;
}

/** Who exports the batches and counts what became of them. */
export interface BatchQueueOwner<T> {
  /** Sends a batch; resolves when it is delivered or given up. Must not reject. */
  exportBatch(batch: readonly T[]): Promise<void>;
  /** An item found the queue full, or closed. */
  dropped(): void;
}

/** Items wait here, bounded, for one export at a time. Nothing in it keeps the process alive but `flush`. */
export class BatchQueue<T> {
  #waiting: T[] = [];
  #inFlight: readonly T[] = [];
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pushed = 0;
  #finished = 0;
  #isClosed = false;

  constructor(
    private readonly limits: BatchQueueLimits,
    private readonly owner: BatchQueueOwner<T>,
  ) {}

  /** Items that wait, not counting those under way. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Items that were neither delivered nor given up yet. */
  get pending(): number {
    return this.#waiting.length + this.#inFlight.length;
  }

  /** What was neither delivered nor given up yet. */
  *items(): Iterable<T> {
    yield* this.#inFlight;
    yield* this.#waiting;
  }

  /** Whether an item that is pushed now would be taken. */
  get hasRoom(): boolean {
    return !this.#isClosed && this.#waiting.length < this.limits.maxQueueSize;
  }

  push(item: T): void {
    if (!this.hasRoom) {
      this.owner.dropped();
      return;
    }
    this.#waiting.push(item);
    this.#pushed += 1;
    this.#schedule();
  }

  /** Exports what was pushed before the call, or as much of it as the deadline allows. Never rejects. */
  async flush(timeoutMillis: number): Promise<void> {
    await withDeadline(this.#exportUntil(this.#pushed), timeoutMillis);
  }

  /** Takes no more items. */
  close(): void {
    this.#isClosed = true;
  }

  /** Takes everything that is not known to have left: what waits, and what is under way unless `isInFlightSent`. */
  takeUnsent(isInFlightSent: boolean): T[] {
    const unsent = isInFlightSent ? this.#waiting : [...this.#inFlight, ...this.#waiting];
    this.#waiting = [];
    this.#inFlight = [];
    return unsent;
  }

  async #exportUntil(target: number): Promise<void> {
    while (this.#finished < target && this.pending > 0) await (this.#running ?? this.#exportOne());
  }

  #schedule(): void {
    if (this.#running !== undefined) return;
    if (this.#waiting.length >= this.limits.maxExportBatchSize) {
      void this.#exportOne();
      return;
    }
    this.#timer ??= setTimeout(() => void this.#exportOne(), this.limits.scheduledDelayMillis).unref();
  }

  #exportOne(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#waiting.splice(0, this.limits.maxExportBatchSize);
    if (batch.length === 0) return Promise.resolve();
    this.#inFlight = batch;
    this.#running = this.owner.exportBatch(batch).then(() => {
      this.#running = undefined;
      this.#inFlight = [];
      this.#finished += batch.length;
      if (this.#waiting.length > 0) this.#schedule();
    });
    return this.#running;
  }
}
