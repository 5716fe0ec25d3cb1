import { trace } from '@opentelemetry/api';
import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry } from '@otel-monitor/testing';
import { describe, expect, it, vi } from 'vitest';
import { collected } from './collected.js';
import { freshHealth, START, said, seconds } from './fresh-health.js';

const health = freshHealth();
const never = () => new Promise<never>(() => {});
const after = (count: number, answer: unknown = undefined) =>
  new Promise<unknown>((resolve) => setTimeout(() => resolve(answer), count * 1000));

describe('a check', () => {
  it('that never ran is unknown; a report runs it and tells what it found', async () => {
    health.addCheck({
      name: 'database',
      check: () => after(0.25, { state: 'degraded', message: 'replica is behind' }),
      critical: true,
      recovery: 'Check the pool size',
    });
    expect(health.latest().components).toEqual([
      {
        name: 'database',
        status: 'unknown',
        colour: 'unknown',
        critical: true,
        dependsOn: [],
        since: START,
        consecutiveFailures: 0,
      },
    ]);
    const report = health.report();
    await seconds(0.25);
    expect(await report).toEqual({
      status: 'degraded',
      colour: 'yellow',
      checkedAt: '2026-11-24T12:00:00.250Z',
      summary: { healthy: 0, degraded: 1, unhealthy: 0, unknown: 0, critical: 0 },
      components: [
        {
          name: 'database',
          status: 'degraded',
          colour: 'yellow',
          critical: true,
          message: 'replica is behind',
          checkedAt: '2026-11-24T12:00:00.250Z',
          durationSeconds: 0.25,
          dependsOn: [],
          recovery: 'Check the pool size',
          since: '2026-11-24T12:00:00.250Z',
          consecutiveFailures: 0,
        },
      ],
    });
    expect(health.component('database')).toEqual((await report).components[0]);
    expect(health.component('nothing')).toBeUndefined();
    expect(collected('monitor.component.check.duration')).toEqual({ database: [1, 0.25] });
  });

  it('that fails is unhealthy, with its error type, as often as it fails in a row', async () => {
    let fails = true;
    health.addCheck({
      name: 'database',
      intervalSeconds: 10,
      check: () => {
        if (fails) throw new RangeError('pool is empty');
      },
    });
    for (let i = 0; i < 3; i += 1) {
      await health.report();
      await seconds(10);
    }
    expect(health.component('database')).toMatchObject({
      status: 'unhealthy',
      message: 'pool is empty',
      errorType: 'RangeError',
      consecutiveFailures: 3,
      since: START,
    });
    fails = false;
    const { components } = await health.report();
    expect(components[0]).toMatchObject({ status: 'healthy', consecutiveFailures: 0 });
    expect(components[0]).not.toHaveProperty('errorType');
    expect(collected('monitor.component.check.duration')).toEqual({ 'database/RangeError': [3, 0], database: [1, 0] });
  });

  it('runs again in a report only when it is older than its interval', async () => {
    const check = vi.fn();
    health.addCheck({ name: 'database', check, intervalSeconds: 30 });
    await health.report();
    await health.report();
    await seconds(29.999);
    await health.report();
    expect(check).toHaveBeenCalledTimes(1);
    await seconds(0.001);
    await health.report();
    expect(check).toHaveBeenCalledTimes(2);
  });

  it('runs beside the others: a report takes as long as the slowest', async () => {
    for (const name of ['a', 'b', 'c']) health.addCheck({ name, check: () => after(2) });
    const report = health.report();
    await seconds(2);
    expect((await report).checkedAt).toBe('2026-11-24T12:00:02.000Z');
    expect((await report).summary.healthy).toBe(3);
  });

  it('is waited for by every report that comes while it runs, and called once', async () => {
    const check = vi.fn(() => after(1));
    health.addCheck({ name: 'database', check });
    const reports = [health.report(), health.report()];
    await seconds(1);
    for (const report of await Promise.all(reports)) expect(report.status).toBe('healthy');
    expect(check).toHaveBeenCalledTimes(1);
  });

  it('of the same name takes the place of the one before; removing the old one leaves the new one', async () => {
    const removeOld = health.addCheck({ name: 'database', check: () => false, critical: true });
    const removeNew = health.addCheck({ name: 'database', check: () => true });
    removeOld();
    expect((await health.report()).components).toMatchObject([{ status: 'healthy', critical: false }]);
    removeNew();
    expect(health.latest().components).toEqual([]);
  });

  it('that was removed while it ran tells nothing any more', async () => {
    const remove = health.addCheck({ name: 'database', check: () => after(1, false) });
    const report = health.report();
    remove();
    health.addCheck({ name: 'database', check: () => true });
    await seconds(1);
    await report;
    expect(health.component('database')?.status).toBe('unknown');
    expect(collected('monitor.component.check.duration')).toEqual({});
  });

  it('that is not a function is refused with a word', () => {
    health.addCheck({ name: 'database', check: 'ping' as never })();
    health.addCheck(null as never)();
    expect(health.latest().components).toEqual([]);
    expect(said).toEqual(['otel-monitor: the check of database is not a function and was not added\n']);
  });

  it('reports are of one set of components, whichever monitor asks', async () => {
    const { Health } = await import('../src/health.js');
    new Health({ name: 'another' }).addCheck({ name: 'queue', check: () => true });
    expect((await health.report()).components.map(({ name }) => name)).toEqual(['queue']);
  });

  it('has secrets taken out of what it says', async () => {
    runtimeState.redactor = {
      redactText: (text) => text.replaceAll('hunter2', '***'),
      redactValue: (_key, value) => value,
    };
    health.addCheck({ name: 'a', check: () => Promise.reject(new Error('refused hunter2')) });
    health.addCheck({
      name: 'b',
      check: () => ({ state: 'degraded', message: 'as hunter2' }),
      recovery: 'use hunter2',
    });
    expect(JSON.stringify(await health.report())).not.toContain('hunter2');
  });
});

describe('a check without an answer', () => {
  it('is unhealthy after its timeout, and its signal is aborted', async () => {
    let reason: unknown;
    health.addCheck({
      name: 'database',
      timeoutSeconds: 2,
      check: ({ signal }) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
        });
        return never();
      },
    });
    const report = health.report();
    await seconds(2);
    expect((await report).components[0]).toMatchObject({
      status: 'unhealthy',
      message: 'no answer within 2 s',
      errorType: 'timeout',
      durationSeconds: 2,
      consecutiveFailures: 1,
    });
    expect(reason).toMatchObject({ name: 'TimeoutError' });
    expect(collected('monitor.component.check.duration')).toEqual({ 'database/timeout': [1, 2] });
  });

  it('is not called again on top of itself, and stays unhealthy', async () => {
    const check = vi.fn(never);
    health.addCheck({ name: 'database', check, intervalSeconds: 10, timeoutSeconds: 2 });
    health.start();
    await seconds(35);
    expect(check).toHaveBeenCalledTimes(1);
    expect(health.component('database')).toMatchObject({
      status: 'unhealthy',
      errorType: 'timeout',
      message: 'no answer for 30 s; it is not called again before it settles',
      durationSeconds: 2,
      consecutiveFailures: 4,
    });
    // only the call that was made has a duration
    expect(collected('monitor.component.check.duration')).toEqual({ 'database/timeout': [1, 2] });
  });

  it.each([
    ['answer', () => after(12)],
    ['failure', () => after(12).then(() => Promise.reject(new Error('late')))],
  ])('whose %s comes late frees the way for the next call and changes nothing else', async (_what, first) => {
    const check = vi.fn<() => unknown>(() => true).mockImplementationOnce(first);
    health.addCheck({ name: 'database', check, intervalSeconds: 10, timeoutSeconds: 2 });
    health.start();
    await seconds(15);
    expect(check).toHaveBeenCalledTimes(1);
    expect(health.component('database')).toMatchObject({ status: 'unhealthy', errorType: 'timeout' });
    await seconds(6);
    expect(check).toHaveBeenCalledTimes(2);
    expect(health.component('database')).toMatchObject({ status: 'healthy', since: '2026-11-24T12:00:20.000Z' });
  });

  it('is one too when it blocked beyond its timeout', async () => {
    health.addCheck({
      name: 'database',
      timeoutSeconds: 2,
      check: () => true,
    });
    // the first reading is that of the start
    const clock = vi.spyOn(performance, 'now').mockReturnValueOnce(1000).mockReturnValue(4000);
    const report = await health.report();
    clock.mockRestore();
    expect(report.components[0]).toMatchObject({ status: 'unhealthy', errorType: 'timeout' });
  });
});

describe('timers', () => {
  it('run each check at once and then at its interval, those added later too, until they are stopped', async () => {
    const calls: string[] = [];
    health.addCheck({ name: 'a', check: () => void calls.push('a'), intervalSeconds: 10 });
    health.start({ intervalSeconds: 20, timeoutSeconds: 1 });
    expect(calls).toEqual([]);
    await seconds(5);
    health.addCheck({ name: 'b', check: () => void calls.push('b') });
    await seconds(20);
    expect(calls).toEqual(['a', 'b', 'a', 'a', 'b']);
    health.stop();
    await seconds(100);
    expect(calls).toHaveLength(5);
  });

  it('started again take the new defaults and run once, not twice', async () => {
    const check = vi.fn();
    health.addCheck({ name: 'a', check });
    health.start({ intervalSeconds: 20 });
    health.start({ intervalSeconds: 10 });
    await seconds(10);
    expect(check).toHaveBeenCalledTimes(2);
  });

  it('run every 60 s with 5 s of patience when nothing says otherwise', async () => {
    const check = vi.fn<() => unknown>(() => true).mockImplementationOnce(never);
    health.addCheck({ name: 'a', check, intervalSeconds: Number.NaN, timeoutSeconds: -1 });
    health.start();
    await seconds(4.999);
    expect(health.component('a')?.status).toBe('unknown');
    await seconds(0.001);
    expect(health.component('a')?.status).toBe('unhealthy');
    await seconds(54.999);
    expect(health.component('a')?.consecutiveFailures).toBe(1);
    await seconds(0.001);
    expect(health.component('a')?.consecutiveFailures).toBe(2);
  });

  it('rest while monitoring is off; a report that is asked for still runs, and records nothing', async () => {
    const check = vi.fn(() => true);
    health.addCheck({ name: 'a', check, intervalSeconds: 10 });
    runtimeState.enabled = false;
    health.start();
    await seconds(30);
    expect(check).not.toHaveBeenCalled();
    expect((await health.report()).status).toBe('healthy');
    runtimeState.enabled = true;
    expect(collected('monitor.component.check.duration')).toEqual({});
  });
});

describe('where a check runs', () => {
  it('outside of the trace of whoever asked, and begins no trace of its own', async () => {
    using telemetry = recordTelemetry();
    const tracer = trace.getTracer('test');
    const traceIds: unknown[] = [];
    const work = async () => {
      traceIds.push(trace.getActiveSpan()?.spanContext().traceId);
      await null;
      tracer.startSpan('select 1').end();
    };
    health.addCheck({ name: 'a', check: work });
    await tracer.startActiveSpan('request', async (span) => {
      await health.report();
      span.end();
    });
    expect(traceIds).toEqual([undefined]);
    expect(telemetry.spans().map(({ name }) => name)).toEqual(['request']);
    // the same work elsewhere is seen
    await work();
    expect(telemetry.spans().map(({ name }) => name)).toEqual(['request', 'select 1']);
  });
});

describe('the process', () => {
  it('is not kept alive by timers, by a check that hangs or by a report that waits for it', async () => {
    vi.useRealTimers();
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    health.addCheck({ name: 'a', check: never, restart: never });
    health.start();
    void health.report();
    void health.restart('a');
    await Promise.resolve();
    expect(timers()).toBe(before);
    // the counting itself sees a timer that does keep it alive
    const alive = setTimeout(() => {}, 10_000);
    expect(timers()).toBe(before + 1);
    clearTimeout(alive);
    health.stop();
  });
});
