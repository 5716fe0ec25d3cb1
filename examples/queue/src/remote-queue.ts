import type { MessagePort, Worker } from 'node:worker_threads';
import type { Job } from './job.js';
import type { Queue } from './queue.js';

/** What a worker may ask of the queue. */
type Call =
  | {
      readonly method: 'take';
      readonly id: number;
      readonly name: string;
      readonly max: number;
      readonly linger: number;
    }
  | { readonly method: 'complete'; readonly job: number }
  | { readonly method: 'fail'; readonly job: number; readonly reason: string };

interface Taken {
  readonly id: number;
  readonly jobs: Job[];
}

/** Answers a worker's calls; this is where a client of Redis would be. */
export function serveQueue(queue: Queue, port: Worker | MessagePort): void {
  port.on('message', async (call: Call) => {
    if (call.method === 'complete') queue.complete(call.job);
    else if (call.method === 'fail') queue.fail(call.job, call.reason);
    else {
      const jobs = await queue.take(call.name, call.max, call.linger);
      port.postMessage({ id: call.id, jobs } satisfies Taken);
    }
  });
}

/** The queue as the worker's thread sees it. */
export class RemoteQueue {
  readonly #answers = new Map<number, (jobs: Job[]) => void>();
  #lastCall = 0;

  constructor(private readonly port: MessagePort) {
    port.on('message', ({ id, jobs }: Taken) => {
      this.#answers.get(id)?.(jobs);
      this.#answers.delete(id);
    });
  }

  /** Up to `max` jobs, of which the first is waited for; none when the queue was closed. */
  take(name: string, max: number, lingerMillis: number): Promise<Job[]> {
    this.#lastCall += 1;
    const id = this.#lastCall;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#call({ method: 'take', id, name, max, linger: lingerMillis });
    });
  }

  complete(job: number): void {
    this.#call({ method: 'complete', job });
  }

  fail(job: number, reason: string): void {
    this.#call({ method: 'fail', job, reason });
  }

  close(): void {
    this.port.close();
  }

  #call(call: Call): void {
    this.port.postMessage(call);
  }
}
