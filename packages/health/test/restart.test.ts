import { describe, expect, it, vi } from 'vitest';
import { collected } from './collected.js';
import { freshHealth, seconds } from './fresh-health.js';

const health = freshHealth();
const never = () => new Promise<never>(() => {});

describe('a restart', () => {
  it('calls the function of the component, counts, and makes the next check due', async () => {
    let up = false;
    const restart = vi.fn(async () => {
      up = true;
    });
    health.addCheck({ name: 'crash_detector', check: () => up, restart });
    expect((await health.report()).status).toBe('degraded');
    expect(await health.restart('crash_detector')).toEqual({ ok: true, outcome: 'restarted' });
    expect(restart).toHaveBeenCalledTimes(1);
    expect((await health.report()).status).toBe('healthy');
    expect(collected('monitor.component.restarts')).toEqual({ crash_detector: 1 });
  });

  it.each([
    [() => Promise.reject(new RangeError('no')), 'RangeError', 'no'],
    [
      () => {
        throw new RangeError('no');
      },
      'RangeError',
      'no',
    ],
    [() => Promise.reject(null), '_OTHER', 'the restart failed'],
    [() => false, '_OTHER', 'the restart answered false'],
  ])('that fails says why and is counted as failed', async (restart, errorType, error) => {
    health.heartbeat('crash_detector', { restart });
    expect(await health.restart('crash_detector')).toEqual({ ok: false, outcome: 'failed', errorType, error });
    expect(collected('monitor.component.restarts')).toEqual({ [`crash_detector/${errorType}`]: 1 });
  });

  it('that does not end is given up after 30 s, and not begun again before it does', async () => {
    let end = (): void => {};
    const restart = vi.fn(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    health.heartbeat('crash_detector', { restart });
    const result = health.restart('crash_detector');
    expect(await health.restart('crash_detector')).toMatchObject({ ok: false, outcome: 'already_running' });
    await seconds(30);
    expect(await result).toMatchObject({ ok: false, outcome: 'timeout', errorType: 'timeout' });
    expect(await health.restart('crash_detector')).toMatchObject({ outcome: 'already_running' });
    end();
    await seconds(0);
    void health.restart('crash_detector');
    expect(restart).toHaveBeenCalledTimes(2);
    expect(collected('monitor.component.restarts')).toEqual({ 'crash_detector/timeout': 1 });
  });

  it('of a component that has none, or is none, is not counted', async () => {
    health.heartbeat('crash_detector');
    expect(await health.restart('crash_detector')).toMatchObject({ ok: false, outcome: 'not_restartable' });
    expect(await health.restart('nothing')).toMatchObject({ ok: false, outcome: 'unknown_component' });
    expect(collected('monitor.component.restarts')).toEqual({});
  });

  it('frees a component from a check that hangs', async () => {
    const check = vi.fn<() => unknown>(() => true).mockImplementationOnce(never);
    health.addCheck({ name: 'database', check, timeoutSeconds: 1, restart: () => {} });
    const report = health.report();
    await seconds(1);
    expect((await report).status).toBe('degraded');
    await health.restart('database');
    expect((await health.report()).status).toBe('healthy');
  });
});
