import { setImmediate as immediate } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { afterRunning } from '../src/running-time.js';

afterEach(() => void vi.useRealTimers());

describe('after running for a while', () => {
  it('is in steps of 100 ms', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const work = vi.fn();
    afterRunning(2000, work);
    vi.advanceTimersByTime(1999);
    expect(work).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5000);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('is never where it was ended', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const work = vi.fn();
    afterRunning(2000, work)();
    vi.advanceTimersByTime(5000);
    expect(work).not.toHaveBeenCalled();
  });

  it('does not count an event loop that stands still', async () => {
    const work = vi.fn();
    const end = afterRunning(300, work);
    for (const over = performance.now() + 600; performance.now() < over; );
    await immediate();
    expect(work).not.toHaveBeenCalled();
    end();
  });
});
