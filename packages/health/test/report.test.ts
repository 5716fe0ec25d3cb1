import type { ComponentState } from '@otel-monitor/semconv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resetHealth } from '../src/index.js';
import { collected } from './collected.js';
import { freshHealth, said, seconds } from './fresh-health.js';

const health = freshHealth();

/** Adds components that are in these states. */
async function components(states: Record<string, [ComponentState, critical?: boolean, dependsOn?: string[]]>) {
  for (const [name, [state, critical, dependsOn]] of Object.entries(states)) {
    health.addCheck({ name, check: () => state, critical, dependsOn });
  }
  return health.report();
}

describe('the overall status', () => {
  it.each<[string, Record<string, [ComponentState, boolean?]>, ComponentState, string]>([
    ['no components', {}, 'healthy', 'green'],
    ['all healthy', { a: ['healthy', true], b: ['healthy'] }, 'healthy', 'green'],
    ['a critical one unhealthy', { a: ['unhealthy', true], b: ['healthy'] }, 'unhealthy', 'red'],
    ['another one unhealthy', { a: ['healthy', true], b: ['unhealthy'] }, 'degraded', 'yellow'],
    ['a critical one degraded', { a: ['degraded', true] }, 'degraded', 'yellow'],
    ['nothing known', { a: ['unknown', true], b: ['unknown'] }, 'unknown', 'unknown'],
    ['something unknown', { a: ['unknown'], b: ['healthy'] }, 'healthy', 'green'],
  ])('%s', async (_what, states, status, colour) => {
    expect(await components(states)).toMatchObject({ status, colour });
  });

  it('comes with the number of components in each state, and of critical issues', async () => {
    const { summary } = await components({
      a: ['unhealthy', true],
      b: ['unhealthy'],
      c: ['degraded', true],
      d: ['healthy', true],
      e: ['unknown'],
      f: ['healthy'],
    });
    expect(summary).toEqual({ healthy: 2, degraded: 1, unhealthy: 2, unknown: 1, critical: 1 });
  });
});

describe('a component whose dependency is unhealthy', () => {
  it('is degraded at best, and names the cause', async () => {
    const report = await components({
      network: ['unhealthy'],
      database: ['healthy', true, ['network', 'disk']],
      disk: ['healthy'],
      api: ['healthy', true, ['database']],
    });
    expect(report.status).toBe('degraded');
    expect(report.components).toMatchObject([
      { name: 'network', status: 'unhealthy', dependsOn: [] },
      {
        name: 'database',
        status: 'degraded',
        colour: 'yellow',
        message: 'because network is unhealthy',
        causedBy: 'network',
        dependsOn: ['network', 'disk'],
      },
      { name: 'disk', status: 'healthy' },
      // degraded is not unhealthy: it goes no further
      { name: 'api', status: 'healthy', dependsOn: ['database'] },
    ]);
    expect(collected('monitor.component.status')).toMatchObject({ 'database/degraded': 1, 'database/healthy': 0 });
  });

  it('that fails itself says both, and the cause is the end of the chain', async () => {
    health.addCheck({ name: 'network', check: () => false });
    health.addCheck({ name: 'database', check: () => Promise.reject(new Error('refused')), dependsOn: ['network'] });
    health.addCheck({ name: 'api', check: () => true, dependsOn: ['database'] });
    expect((await health.report()).components.slice(1)).toMatchObject([
      { status: 'unhealthy', message: 'refused (because network is unhealthy)', causedBy: 'network' },
      { status: 'degraded', message: 'because network is unhealthy', causedBy: 'network' },
    ]);
  });

  it('is well again as soon as the dependency is', async () => {
    let up = false;
    health.addCheck({ name: 'network', check: () => up });
    health.addCheck({ name: 'database', check: () => true, dependsOn: ['network'] });
    await health.report();
    up = true;
    health.addCheck({ name: 'network', check: () => up });
    const { components } = await health.report();
    expect(components[1]).not.toHaveProperty('causedBy');
    expect(components.map(({ status }) => status)).toEqual(['healthy', 'healthy']);
  });

  it.each([
    ['itself', { a: ['unhealthy', false, ['a']] }, { a: undefined }],
    [
      'in a circle',
      { a: ['unhealthy', false, ['b']], b: ['unhealthy', false, ['c']], c: ['unhealthy', false, ['a']] },
      { a: 'c', b: 'a', c: 'b' },
    ],
    ['on nothing that there is', { a: ['healthy', false, ['ghost']] }, { a: undefined }],
  ] as [string, Parameters<typeof components>[0], Record<string, string | undefined>][])(
    'may depend %s',
    async (_what, states, causes) => {
      const report = await components(states);
      expect(Object.fromEntries(report.components.map(({ name, causedBy }) => [name, causedBy]))).toEqual(causes);
    },
  );

  it('whatever depends on what: only what needs an unhealthy one is worse than by itself, and nothing better', async () => {
    const state = fc.constantFrom<ComponentState>('healthy', 'degraded', 'unhealthy', 'unknown');
    const graph = fc.array(fc.tuple(state, fc.uniqueArray(fc.nat(9), { maxLength: 5 })), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(graph, async (nodes) => {
        resetHealth();
        const report = await components(
          Object.fromEntries(nodes.map(([own, needs], i) => [`c${i}`, [own, false, needs.map((n) => `c${n}`)]])),
        );
        nodes.forEach(([own, needs], i) => {
          const suffers = needs.some((n) => n !== i && nodes[n]?.[0] === 'unhealthy');
          const found = report.components[i];
          expect(found?.status).toBe(own === 'healthy' && suffers ? 'degraded' : own);
          expect(found?.causedBy !== undefined).toBe(suffers);
          if (found?.causedBy !== undefined) expect(nodes[Number(found.causedBy.slice(1))]?.[0]).toBe('unhealthy');
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('readiness and start', () => {
  it('wait for every critical component, and for no other', async () => {
    expect([health.isReady(), health.isStarted()]).toEqual([true, true]);
    health.addCheck({ name: 'optional', check: () => false });
    expect([health.isReady(), health.isStarted()]).toEqual([true, true]);
    let up = false;
    health.addCheck({ name: 'database', check: () => up, critical: true });
    expect([health.isReady(), health.isStarted()]).toEqual([false, false]);
    await health.report();
    expect([health.isReady(), health.isStarted()]).toEqual([false, true]);
    up = true;
    health.addCheck({ name: 'database', check: () => up, critical: true });
    await health.report();
    expect([health.isReady(), health.isStarted()]).toEqual([true, true]);
  });

  it('a degraded critical component is ready, one that needs an unhealthy one too', async () => {
    await components({ network: ['unhealthy'], a: ['degraded', true], b: ['healthy', true, ['network']] });
    expect(health.isReady()).toBe(true);
  });

  it('a critical check that finds nothing out is not ready', async () => {
    await components({ a: ['unknown', true] });
    expect([health.isReady(), health.isStarted()]).toEqual([false, true]);
  });
});

describe('the status metric', () => {
  it('is 1 for the present state and 0 for the others, from the moment a component is there', async () => {
    health.addCheck({ name: 'database', check: () => true });
    const unknown = { 'database/healthy': 0, 'database/degraded': 0, 'database/unhealthy': 0, 'database/unknown': 1 };
    expect(collected('monitor.component.status')).toEqual(unknown);
    await health.report();
    expect(collected('monitor.component.status')).toEqual({ ...unknown, 'database/healthy': 1, 'database/unknown': 0 });
  });
});

describe('components without bound', () => {
  it('are refused beyond 500, said once and counted', async () => {
    for (let i = 0; i < 510; i += 1) health.heartbeat(`worker ${i}`);
    await seconds(61);
    health.addCheck({ name: 'database', check: () => true })();
    expect(health.latest().components).toHaveLength(500);
    expect(health.refusedComponents).toBe(11);
    expect(said).toEqual(['otel-monitor: there are 500 components already; no more are taken\n']);
    // those that are there go on
    health.heartbeat('worker 0');
    health.addCheck({ name: 'worker 1', check: () => true });
    expect(health.refusedComponents).toBe(11);
    health.remove('worker 2');
    health.heartbeat('worker 600');
    expect(health.refusedComponents).toBe(11);
  });
});
