import { setTimeout as delay } from 'node:timers/promises';
import type { Job, JobData, JobResult } from './job.js';

interface StoredJob {
  readonly id: number;
  readonly name: string;
  /** As text: what a queue keeps has left the process that made it. */
  readonly text: string;
  attempts: number;
  reason: string | undefined;
}

/** Who waits for jobs of a name. */
interface Taker {
  readonly name: string;
  readonly wake: () => void;
}

export interface QueueOptions {
  /** How often a job is tried. */
  readonly attempts: number;
  /** Before it is tried again, in milliseconds; twice as long each time. */
  readonly backoffMillis: number;
}

/**
 * A queue as BullMQ has one, in the place of the server behind it: it keeps jobs as text, hands them out one by one or in
 * batches, and has those that failed tried again.
 */
export class Queue {
  readonly results: JobResult[] = [];
  readonly #waiting: StoredJob[] = [];
  readonly #taken = new Map<number, StoredJob>();
  readonly #takers = new Set<Taker>();
  readonly #waitingForEnd: (() => void)[] = [];
  #unsettled = 0;
  #lastId = 0;
  #isClosed = false;

  constructor(private readonly options: QueueOptions) {}

  add<Payload>(name: string, data: JobData<Payload>): number {
    this.#lastId += 1;
    this.#unsettled += 1;
    this.#put({ id: this.#lastId, name, text: JSON.stringify(data), attempts: 0, reason: undefined });
    return this.#lastId;
  }

  /**
   * Up to `max` jobs of this name, in the order they came; waits for the first, and then so long for others. None when the
   * queue was closed.
   */
  async take(name: string, max: number, lingerMillis: number): Promise<Job[]> {
    while (!this.#waiting.some((job) => job.name === name)) {
      if (this.#isClosed) return [];
      await new Promise<void>((wake) => this.#takers.add({ name, wake }));
    }
    if (lingerMillis > 0) await delay(lingerMillis);
    const jobs = this.#waiting.filter((job) => job.name === name).slice(0, max);
    for (const job of jobs) {
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      this.#taken.set(job.id, job);
      job.attempts += 1;
    }
    return jobs.map(({ id, text, attempts }) => ({ id, name, data: JSON.parse(text), attempt: attempts }));
  }

  complete(id: number): void {
    this.#settle(id, 'completed');
  }

  fail(id: number, reason: string): void {
    const job = this.#taken.get(id);
    if (job === undefined) return;
    job.reason = reason;
    if (job.attempts >= this.options.attempts) {
      this.#settle(id, 'failed');
      return;
    }
    this.#taken.delete(id);
    setTimeout(() => this.#put(job), this.options.backoffMillis * 2 ** (job.attempts - 1));
  }

  /** When every job that was added is done, or has failed for good. */
  async settled(): Promise<void> {
    if (this.#unsettled > 0) await new Promise<void>((resolve) => this.#waitingForEnd.push(resolve));
  }

  /** Whoever waits for jobs gets none. */
  close(): void {
    this.#isClosed = true;
    for (const taker of this.#takers) this.#wake(taker);
  }

  #put(job: StoredJob): void {
    this.#waiting.push(job);
    for (const taker of this.#takers) if (taker.name === job.name) this.#wake(taker);
  }

  #wake(taker: Taker): void {
    this.#takers.delete(taker);
    taker.wake();
  }

  #settle(id: number, state: JobResult['state']): void {
    const job = this.#taken.get(id);
    if (job === undefined) return;
    this.#taken.delete(id);
    const { name, attempts, reason } = job;
    this.results.push({ id, name, state, attempts, reason });
    this.#unsettled -= 1;
    if (this.#unsettled === 0) for (const resolve of this.#waitingForEnd.splice(0)) resolve();
  }
}
