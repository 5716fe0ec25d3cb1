import type { Job } from './job.js';
import type { RemoteQueue } from './remote-queue.js';

interface Batch {
  readonly max: number;
  /** How long others are waited for after the first, in milliseconds. */
  readonly lingerMillis: number;
}

/** Works on jobs one after the other until the queue is closed; one that throws is tried again by the queue. */
export async function workOnJobs(queue: RemoteQueue, name: string, work: (job: Job) => Promise<unknown>) {
  await workOnBatches(queue, name, { max: 1, lingerMillis: 0 }, ([job]) => work(job as Job));
}

/** Works on all jobs that wait together; when that throws, all of them are tried again. */
export async function workOnBatches(
  queue: RemoteQueue,
  name: string,
  { max, lingerMillis }: Batch,
  work: (jobs: Job[]) => Promise<unknown>,
) {
  for (;;) {
    const jobs = await queue.take(name, max, lingerMillis);
    if (jobs.length === 0) return;
    try {
      await work(jobs);
      for (const { id } of jobs) queue.complete(id);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      for (const { id } of jobs) queue.fail(id, reason);
    }
  }
}
