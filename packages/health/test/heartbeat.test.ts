import { describe, expect, it, vi } from 'vitest';
import { collected } from './collected.js';
import { freshHealth, seconds } from './fresh-health.js';

const health = freshHealth();
const status = () => health.component('crash_detector')?.status;

describe('a component that beats', () => {
  it('is healthy up to 1.5 intervals without a beat, degraded up to 3, then unhealthy for good', async () => {
    health.heartbeat('crash_detector', { everySeconds: 30, critical: true });
    await seconds(45);
    expect(health.component('crash_detector')).toMatchObject({ status: 'healthy', heartbeatAgeSeconds: 45 });
    await seconds(0.001);
    expect(health.component('crash_detector')).toMatchObject({
      status: 'degraded',
      message: 'no heartbeat for 45 s, expected every 30 s',
    });
    await seconds(44.999);
    expect(status()).toBe('degraded');
    await seconds(0.001);
    expect(health.latest()).toMatchObject({
      status: 'unhealthy',
      summary: { unhealthy: 1, critical: 1 },
      components: [{ message: 'no heartbeat for 90 s, expected every 30 s', heartbeatAgeSeconds: 90.001 }],
    });
    await seconds(86_400);
    expect(health.latest().summary).toMatchObject({ unhealthy: 1, critical: 1 });
  });

  it('is healthy again at the next beat', async () => {
    health.heartbeat('crash_detector');
    await seconds(100);
    expect(status()).toBe('unhealthy');
    health.heartbeat('crash_detector');
    await seconds(7);
    // since the beat, not since somebody looked
    expect(health.component('crash_detector')).toMatchObject({
      status: 'healthy',
      heartbeatAgeSeconds: 7,
      since: '2026-11-24T12:01:40.000Z',
    });
  });

  it('is expected every 30 s by default, and as its first beat says otherwise', async () => {
    health.heartbeat('crash_detector', { everySeconds: 1 });
    health.heartbeat('crash_detector', { everySeconds: 1000 });
    health.heartbeat('other', { everySeconds: Number.NaN });
    await seconds(2);
    expect(status()).toBe('degraded');
    await seconds(44);
    expect(health.component('other')?.message).toBe('no heartbeat for 46 s, expected every 30 s');
  });

  it('is not late because somebody set the clock', () => {
    health.heartbeat('crash_detector');
    vi.setSystemTime('2030-01-01T00:00:00Z');
    expect(status()).toBe('healthy');
  });

  it('that is checked too is as bad as the worse of both, with the reason', async () => {
    health.heartbeat('crash_detector', { everySeconds: 10 });
    const remove = health.addCheck({ name: 'crash_detector', check: () => 'degraded', critical: true });
    expect(status()).toBe('unknown');
    await health.report();
    expect(health.component('crash_detector')).toMatchObject({ status: 'degraded', critical: true });
    await seconds(31);
    expect(health.component('crash_detector')).toMatchObject({
      status: 'unhealthy',
      message: 'no heartbeat for 31 s, expected every 10 s',
    });
    remove();
    health.heartbeat('crash_detector');
    expect(health.component('crash_detector')).toMatchObject({ status: 'healthy', critical: false });
  });

  it('can be forgotten', () => {
    health.heartbeat('crash_detector');
    expect(collected('monitor.component.heartbeat.age')).toEqual({ crash_detector: 0 });
    expect(health.remove('crash_detector')).toBe(true);
    expect(health.remove('crash_detector')).toBe(false);
    expect(health.latest()).toMatchObject({ status: 'healthy', components: [] });
    expect(collected('monitor.component.status')).toEqual({});
    expect(collected('monitor.component.heartbeat.age')).toEqual({});
  });

  it('has its age and its state in the metrics, worked out at each collection', async () => {
    health.heartbeat('crash_detector', { everySeconds: 10 });
    await seconds(12.5);
    expect(collected('monitor.component.heartbeat.age')).toEqual({ crash_detector: 12.5 });
    await seconds(10);
    expect(collected('monitor.component.heartbeat.age')).toEqual({ crash_detector: 22.5 });
    expect(collected('monitor.component.status')).toEqual({
      'crash_detector/healthy': 0,
      'crash_detector/degraded': 1,
      'crash_detector/unhealthy': 0,
      'crash_detector/unknown': 0,
    });
  });
});
