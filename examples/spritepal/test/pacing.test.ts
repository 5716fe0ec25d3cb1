import { describe, expect, it } from 'vitest';
import { pause, pauseAfter } from '../src/pacing.js';

describe('the pause after a batch', () => {
  it('keeps work to a fifth of a core, within bounds', () => {
    expect(pauseAfter(0)).toBe(1000);
    expect(pauseAfter(250)).toBe(1000);
    expect(pauseAfter(500)).toBe(2000);
    expect(pauseAfter(60_000)).toBe(10_000);
  });

  it('ends when the program is interrupted, also before it began', async () => {
    const stop = new AbortController();
    const start = performance.now();
    const paused = pause(60_000, stop.signal);
    stop.abort();
    await paused;
    await pause(60_000, stop.signal);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
