import { runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ErrorGroups } from '../../src/groups/error-groups.js';
import { ErrorQuery } from '../../src/query/error-query.js';
import { HOUR, MINUTE, madeOccurrence, madeUser, START } from '../made-occurrence.js';

let now: number;
let groups: ErrorGroups;
let query: ErrorQuery;
beforeEach(() => {
  now = START;
  groups = new ErrorGroups(() => 0);
  query = new ErrorQuery(groups, () => now);
  runtimeState.release = '1.4.0';
});
afterEach(() => {
  runtimeState.release = undefined;
});

const A = 'a000000000000000';
const B = 'b000000000000000';
const C = 'c000000000000000';

function add(groupId: string, times: number, given: Parameters<typeof madeOccurrence>[0] = {}): void {
  for (let i = 0; i < times; i += 1) groups.add(madeOccurrence({ groupId, at: now, ...given }));
}

describe('a group is shown', () => {
  it('with all that is known of it, as plain data', () => {
    add(A, 2, { operationName: 'sprite_extraction', userHash: madeUser(1) });
    now += 10 * MINUTE;
    runtimeState.release = '1.5.0';
    add(A, 1, { operationName: 'rom_loading', userHash: madeUser(2), severity: 'critical' });
    const [group, ...others] = query.groups();
    expect(others).toEqual([]);
    expect(group).toEqual({
      id: A,
      title: 'tile <number> out of range',
      culprit: 'extract (extract.js)',
      errorType: 'RangeError',
      exceptionType: 'RangeError',
      severity: 'critical',
      severities: { info: 0, warning: 0, error: 2, critical: 1 },
      count: 3,
      users: 2,
      usersEstimated: false,
      firstSeen: '2026-01-05T00:00:00.000Z',
      lastSeen: '2026-01-05T00:10:00.000Z',
      firstRelease: '1.4.0',
      lastRelease: '1.5.0',
      trend: 'new',
      recent: { lastHour: 3, lastDay: 3, lastWeek: 3 },
      ratePerHour: { lastHour: 3, lastDay: 3 / 24, lastWeek: 3 / 168 },
      operations: [
        { name: 'sprite_extraction', count: 2 },
        { name: 'rom_loading', count: 1 },
      ],
    });
    expect(JSON.parse(JSON.stringify(group))).toEqual(group);
  });

  it('whole: with stack, samples and the ids that it had before', () => {
    const cause = { ...madeOccurrence({ message: 'torn', errorType: 'RomError' }).error, relation: 'cause' as const };
    groups.add(
      madeOccurrence({
        id: 'e'.repeat(32),
        traceId: '1'.repeat(32),
        spanId: '2'.repeat(16),
        causes: [cause],
        breadcrumbs: () => [
          { name: 'load', durationSeconds: 0.5, errorType: undefined, endedAt: START - 1, isSameTrace: true },
        ],
      }),
    );
    groups.add(madeOccurrence({ id: 'f'.repeat(32), stack: '\n    at other (/app/other.js:1:1)', at: START + 1 }));
    const group = query.get(A);
    expect(group).toMatchObject({
      id: A,
      count: 2,
      stack: '\n    at extract (/app/extract.js:1:1)',
      aliases: [],
      samples: [
        {
          id: 'e'.repeat(32),
          at: '2026-01-05T00:00:00.000Z',
          severity: 'error',
          message: 'tile 12 out of range',
          traceId: '1'.repeat(32),
          spanId: '2'.repeat(16),
          release: '1.4.0',
          causes: [{ relation: 'cause', type: 'RomError', message: 'torn' }],
          breadcrumbs: [{ name: 'load', durationSeconds: 0.5, endedAt: '2026-01-04T23:59:59.999Z', isSameTrace: true }],
        },
        { id: 'f'.repeat(32), stack: '\n    at other (/app/other.js:1:1)' },
      ],
    });
    expect(group?.samples[0]).not.toHaveProperty('stack');
    expect(query.get('f'.repeat(32))).toEqual(group);
    expect(query.get('0'.repeat(32))).toBeUndefined();
    expect(JSON.parse(JSON.stringify(group))).toEqual(group);
  });
});

describe('groups are asked for', () => {
  beforeEach(() => {
    add(A, 5, { severity: 'info', operationName: 'a', userHash: madeUser(1) });
    now += 2 * HOUR;
    add(B, 1, { severity: 'critical', operationName: 'b' });
    now += HOUR;
    runtimeState.release = '2.0.0';
    add(C, 2, { severity: 'error', operationName: 'b', userHash: madeUser(1) });
    add(C, 1, { severity: 'error', operationName: 'c', userHash: madeUser(2) });
  });

  const ids = (options?: object) => query.groups(options).map(({ id }) => id);

  it.each([
    [undefined, [C, B, A]],
    [{ severity: 'critical' }, [B]],
    [{ operation: 'b' }, [C, B]],
    [{ release: '1.4.0' }, [B, A]],
    [{ trend: 'new' }, [C]],
    [{ since: '2026-01-05T02:00:00Z' }, [C, B]],
    [{ since: START + 3 * HOUR }, [C]],
    [{ since: new Date(START) }, [C, B, A]],
    [{ sort: 'first_seen' }, [C, B, A]],
    [{ sort: 'count' }, [A, C, B]],
    [{ sort: 'users' }, [C, A, B]],
    [{ sort: 'rate' }, [C, A, B]],
    [{ sort: 'count', limit: 1 }, [A]],
    [{ sort: 'count', limit: 1, offset: 1 }, [C]],
    [{ operation: 'b', severity: 'critical' }, [B]],
  ])('with %o', (options, expected) => {
    expect(ids(options)).toEqual(expected);
  });

  it.each([
    [{ severity: 'fatal' }, []],
    [{ severity: {} }, []],
    [{ since: 'yesterday' }, []],
    [{ since: {} }, []],
    [{ since: Number.NaN }, []],
    [{ operation: 5 }, []],
    [{ trend: 'up' }, []],
    [{ sort: 'colour' }, [C, B, A]],
    [{ limit: -1, offset: 0.5 }, [C, B, A]],
    [{ limit: Number.NaN, offset: 'x' }, [C, B, A]],
    [null, [C, B, A]],
    ['all', [C, B, A]],
  ])('with %o, which cannot be understood', (options, expected) => {
    expect(ids(options as object)).toEqual(expected);
  });

  it('with options that throw when they are read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(ids(proxy)).toEqual([]);
    const getter = Object.defineProperty({}, 'sort', {
      get() {
        throw new Error('no');
      },
    });
    expect(ids(getter)).toEqual([C, B, A]);
  });

  it('by ids that are none', () => {
    for (const id of [undefined, null, 5, {}, Symbol('x'), '', 'x'.repeat(1_000_000)]) {
      expect(query.get(id as string)).toBeUndefined();
      expect(query.resolve(id as string)).toBe(false);
    }
  });

  it('in sum', () => {
    expect(query.summary()).toMatchObject({
      at: '2026-01-05T03:00:00.000Z',
      errors: 9,
      bySeverity: { info: 5, warning: 0, error: 3, critical: 1 },
      byType: [{ errorType: 'RangeError', count: 9 }],
      recent: { lastHour: 3, lastDay: 9, lastWeek: 9 },
      ratePerHour: { lastHour: 3, lastDay: 9 / 24, lastWeek: 9 / 168 },
      groups: {
        held: 3,
        limit: 1000,
        bySeverity: { info: 1, warning: 0, error: 1, critical: 1 },
        byTrend: { new: 1, rising: 0, steady: 2, falling: 0, regressed: 0 },
        evicted: { groups: 0, errors: 0 },
        expired: { groups: 0, errors: 0 },
      },
      records: { written: 0, heldBack: 0, sampledOut: 0 },
      samples: { held: 9, evicted: 0 },
      stacks: { shortened: 0 },
      top: [{ id: A }, { id: C }, { id: B }],
    });
  });
});

describe('a fault that is said to be mended', () => {
  it('is regressed when it is seen again, for a day', () => {
    add(A, 1);
    now += 2 * HOUR;
    expect(query.resolve(A)).toBe(true);
    expect(query.get(A)).toMatchObject({ trend: 'steady', resolvedAt: '2026-01-05T02:00:00.000Z' });
    now += HOUR;
    add(A, 1);
    expect(query.get(A)).toMatchObject({ trend: 'regressed', regressedAt: '2026-01-05T03:00:00.000Z' });
    expect(query.get(A)).not.toHaveProperty('resolvedAt');
    now += 24 * HOUR - 1;
    add(A, 1);
    expect(query.get(A)?.trend).toBe('regressed');
    now += 1;
    expect(query.get(A)?.trend).not.toBe('regressed');
  });

  it('is regressed no more when it is said to be mended again', () => {
    add(A, 1);
    query.resolve(A);
    now += 2 * HOUR;
    add(A, 1);
    expect(query.get(A)?.trend).toBe('regressed');
    query.resolve(A);
    expect(query.get(A)?.trend).toBe('steady');
  });

  it('is regressed in another release after a day of silence, and not in the same one', () => {
    add(A, 1);
    add(B, 1);
    now += 24 * HOUR;
    add(A, 1);
    runtimeState.release = '2.0.0';
    add(B, 1);
    expect(query.get(A)?.trend).toBe('steady');
    expect(query.get(B)?.trend).toBe('regressed');
  });
});
