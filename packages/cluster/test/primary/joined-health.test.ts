import { expect, it } from 'vitest';
import { joinedHealth, type WorkerState } from '../../src/primary/joined-health.js';

const own = { status: 'healthy' as const, components: [{ name: 'queue', status: 'healthy' as const, critical: true }] };
const worker = (id: string, status: string, more: Partial<WorkerState> = {}): WorkerState => ({
  id,
  health: { status, components: [{ name: 'database', status, ...{ critical: true } }] },
  isThread: false,
  isMissing: false,
  owedMillis: 0,
  ...more,
});

it('the components of all are there, and the worst state of any is that of the whole', () => {
  expect(joinedHealth(own, [worker('1', 'healthy'), worker('2', 'unhealthy')], [])).toEqual({
    status: 'unhealthy',
    colour: 'red',
    summary: { healthy: 3, degraded: 0, unhealthy: 2, unknown: 0, critical: 1 },
    components: [
      { name: 'queue', status: 'healthy', critical: true },
      { name: 'worker/1', status: 'healthy', critical: false, colour: 'green' },
      { name: 'worker/2', status: 'unhealthy', critical: false, colour: 'red' },
      { name: 'worker/1/database', status: 'healthy', critical: true },
      { name: 'worker/2/database', status: 'unhealthy', critical: true },
    ],
  });
});

it('one that has not said anything yet is unknown, and so is what it says that is no state', () => {
  const { status, components } = joinedHealth(
    own,
    [worker('1', 'splendid'), worker('2', '', { health: undefined })],
    [],
  );
  expect(status).toBe('unknown');
  expect(components.map((each) => [each.name, each.status])).toEqual([
    ['queue', 'healthy'],
    ['worker/1', 'unknown'],
    ['worker/2', 'unknown'],
    ['worker/1/database', 'unknown'],
  ]);
});

it('one that does not answer says for how long', () => {
  const missing = worker('1', 'healthy', { isMissing: true, owedMillis: 3400 });
  expect(joinedHealth(own, [missing], []).components[1]).toEqual({
    name: 'worker/1',
    status: 'degraded',
    critical: false,
    colour: 'yellow',
    message: 'has not answered for 3 s',
  });
});

it('one that has failed is told', () => {
  const joined = joinedHealth(own, [], [{ id: '3', text: 'was ended by SIGKILL', secondsAgo: 12 }]);
  expect(joined.status).toBe('degraded');
  expect(joined.components[1]).toMatchObject({ name: 'worker/3', message: 'was ended by SIGKILL, 12 s ago' });
});
