import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Queue } from '../src/queue.js';

const newQueue = () => new Queue({ attempts: 3, backoffMillis: 1 });
const data = (payload: unknown) => ({ payload, trace: {} });

describe('the queue', () => {
  it('gives what was added, in order, as another object', async () => {
    const queue = newQueue();
    const first = data({ n: 1 });
    queue.add('a', first);
    queue.add('a', data(2));
    queue.add('b', data(3));
    const [job] = await queue.take('a', 1, 0);
    expect(job).toEqual({ id: 1, name: 'a', data: first, attempt: 1 });
    expect(job?.data).not.toBe(first);
    expect((await queue.take('a', 10, 0)).map(({ id }) => id)).toEqual([2]);
    expect((await queue.take('b', 10, 0)).map(({ id }) => id)).toEqual([3]);
  });

  it('lets a taker wait for a job of its name', async () => {
    const queue = newQueue();
    const taken = queue.take('a', 1, 0);
    queue.add('b', data(1));
    await delay(1);
    queue.add('a', data(2));
    expect((await taken).map(({ id }) => id)).toEqual([2]);
  });

  it('gives a job to one of two takers', async () => {
    const queue = newQueue();
    const both = [queue.take('a', 1, 0), queue.take('a', 1, 0)];
    queue.add('a', data(1));
    await delay(1);
    queue.close();
    expect((await Promise.all(both)).map((jobs) => jobs.length).sort()).toEqual([0, 1]);
  });

  it('waits a while for others of a batch', async () => {
    const queue = newQueue();
    queue.add('a', data(1));
    const taken = queue.take('a', 2, 10);
    for (const n of [2, 3]) queue.add('a', data(n));
    expect((await taken).map(({ id }) => id)).toEqual([1, 2]);
  });

  it('has a job that failed tried again, later each time, and gives it up', async () => {
    const queue = newQueue();
    queue.add('a', data(1));
    for (const attempt of [1, 2, 3]) {
      const [job] = await queue.take('a', 1, 0);
      expect(job?.attempt).toBe(attempt);
      queue.fail(1, `reason ${attempt}`);
    }
    await queue.settled();
    expect(queue.results).toEqual([{ id: 1, name: 'a', state: 'failed', attempts: 3, reason: 'reason 3' }]);
  });

  it('is settled when all jobs are, and a result that comes twice counts once', async () => {
    const queue = newQueue();
    for (const n of [1, 2]) queue.add('a', data(n));
    await queue.take('a', 2, 0);
    let isSettled = false;
    const settled = queue.settled().then(() => {
      isSettled = true;
    });
    queue.complete(1);
    queue.complete(1);
    queue.fail(7, 'unknown');
    await delay(1);
    expect(isSettled).toBe(false);
    queue.complete(2);
    await settled;
    expect(queue.results.map(({ id, state }) => [id, state])).toEqual([
      [1, 'completed'],
      [2, 'completed'],
    ]);
  });
});
