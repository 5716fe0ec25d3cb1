import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BatchQueue } from '../src/batch-queue.js';

const LIMITS = { maxQueueSize: 8, maxExportBatchSize: 3, scheduledDelayMillis: 1000 };

/** Exports that end when they are told to. */
function manualOwner() {
  const batches: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  const owner = {
    drops: 0,
    exportBatch(batch: readonly number[]) {
      batches.push([...batch]);
      return new Promise<void>((resolve) => ends.push(resolve));
    },
    dropped() {
      owner.drops += 1;
    },
  };
  return { owner, batches, ends };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a batch queue', () => {
  test('exports what waits after the delay', async () => {
    const { owner, batches } = manualOwner();
    const queue = new BatchQueue<number>(LIMITS, owner);
    queue.push(1);
    queue.push(2);
    await vi.advanceTimersByTimeAsync(999);
    expect(batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(batches).toEqual([[1, 2]]);
  });

  test('exports a full batch at once, and the next one only when that has ended', async () => {
    const { owner, batches, ends } = manualOwner();
    const queue = new BatchQueue<number>(LIMITS, owner);
    for (let i = 1; i <= 7; i += 1) queue.push(i);
    await vi.advanceTimersByTimeAsync(5000);
    expect(batches).toEqual([[1, 2, 3]]);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    ends[1]?.();
    await vi.advanceTimersByTimeAsync(999);
    expect(batches).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(batches[2]).toEqual([7]);
  });

  test('drops what finds it full, and counts it', async () => {
    const { owner, batches } = manualOwner();
    const queue = new BatchQueue<number>(LIMITS, owner);
    for (let i = 1; i <= 20; i += 1) queue.push(i);
    expect(batches).toEqual([[1, 2, 3]]);
    expect(queue.size).toBe(8);
    expect(owner.drops).toBe(9);
  });

  test('a flush sends all that was pushed before it, batch by batch', async () => {
    const { owner, batches, ends } = manualOwner();
    const queue = new BatchQueue<number>(LIMITS, owner);
    for (let i = 1; i <= 5; i += 1) queue.push(i);
    let done = false;
    const flushed = queue.flush(5000).then(() => {
      done = true;
    });
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(done).toBe(false);
    ends[1]?.();
    await flushed;
  });

  test('two flushes at a time do not send a batch twice', async () => {
    const { owner, batches, ends } = manualOwner();
    const queue = new BatchQueue<number>(LIMITS, owner);
    queue.push(1);
    const both = Promise.all([queue.flush(5000), queue.flush(5000)]);
    ends[0]?.();
    await both;
    expect(batches).toEqual([[1]]);
  });

  test('a flush ends at its deadline when the export does not', async () => {
    const { owner } = manualOwner();
    const queue = new BatchQueue<number>(LIMITS, owner);
    queue.push(1);
    let done = false;
    void queue.flush(5000).then(() => {
      done = true;
    });
    await vi.advanceTimersByTimeAsync(4999);
    expect(done).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toBe(true);
  });

  test('closed, it takes nothing and counts what comes', () => {
    const { owner } = manualOwner();
    const queue = new BatchQueue<number>(LIMITS, owner);
    queue.close();
    queue.push(1);
    expect([queue.pending, owner.drops]).toEqual([0, 1]);
  });

  test('what has not left is given out once: with what is under way, unless that was sent', () => {
    const unsent = (isSent: boolean) => {
      const queue = new BatchQueue<number>(LIMITS, manualOwner().owner);
      for (let i = 1; i <= 4; i += 1) queue.push(i);
      return [queue.takeUnsent(isSent), queue.takeUnsent(isSent), queue.pending];
    };
    expect(unsent(true)).toEqual([[4], [], 0]);
    expect(unsent(false)).toEqual([[1, 2, 3, 4], [], 0]);
  });

  test('whatever is pushed and however exports end: everything is exported once or counted as dropped', async () => {
    const steps = fc.array(fc.oneof(fc.constant('push' as const), fc.constant('end' as const), fc.nat(1500)), {
      maxLength: 120,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const { owner, batches, ends } = manualOwner();
        const queue = new BatchQueue<number>(LIMITS, owner);
        let pushed = 0;
        for (const step of plan) {
          if (step === 'push') {
            pushed += 1;
            queue.push(pushed);
          } else if (step === 'end') {
            ends.shift()?.();
            await vi.advanceTimersByTimeAsync(0);
          } else {
            await vi.advanceTimersByTimeAsync(step);
          }
          expect(ends.length).toBeLessThanOrEqual(1);
          expect(queue.size).toBeLessThanOrEqual(LIMITS.maxQueueSize);
        }
        const flushed = queue.flush(60_000);
        while (queue.pending > 0) {
          ends.shift()?.();
          await vi.advanceTimersByTimeAsync(0);
        }
        await flushed;
        const exported = batches.flat();
        expect(exported).toEqual([...new Set(exported)].sort((a, b) => a - b));
        expect(exported.length + owner.drops).toBe(pushed);
        expect(Math.max(0, ...batches.map((batch) => batch.length))).toBeLessThanOrEqual(LIMITS.maxExportBatchSize);
      }),
      { numRuns: 200 },
    );
  });
});
