import { runtimeState, type StateEntry } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ErrorGroups } from '../../src/groups/error-groups.js';
import { errorGroupsState } from '../../src/groups/error-groups-state.js';
import { ErrorQuery } from '../../src/query/error-query.js';
import { DAY, HOUR, madeOccurrence, madeUser, START } from '../made-occurrence.js';

const before = { ...runtimeState.errors };
let now: number;
beforeEach(() => {
  now = START;
  runtimeState.release = '1.4.0';
});
afterEach(() => {
  Object.assign(runtimeState.errors, before);
  runtimeState.release = undefined;
});

/** A process with its groups. */
function started() {
  const groups = new ErrorGroups(() => 0.5);
  return { groups, state: errorGroupsState(groups, () => now), query: new ErrorQuery(groups, () => now) };
}

/** What came back of the disk. */
function kept(entries: Iterable<StateEntry>): StateEntry[] {
  return [...entries].map(([key, value]) => [key, value === undefined ? undefined : JSON.parse(JSON.stringify(value))]);
}

const A = 'a000000000000000';
const B = 'b000000000000000';

describe('groups that were kept', () => {
  it('are the same after a restart', () => {
    const earlier = started();
    for (let i = 0; i < 40; i += 1) {
      now += 30 * 60_000;
      earlier.groups.add(
        madeOccurrence({
          groupId: i % 3 === 0 ? A : B,
          at: now,
          severity: i % 2 === 0 ? 'warning' : 'critical',
          userHash: madeUser(i),
          operationName: `operation ${i % 4}`,
          traceId: '1'.repeat(32),
          spanId: '2'.repeat(16),
        }),
      );
    }
    earlier.query.resolve(A);
    const later = started();
    expect(later.state.restore(kept(earlier.state.entries()), 1)).toEqual({ restored: 2, expired: 0, refused: 0 });
    expect(later.query.groups()).toEqual(earlier.query.groups());
    expect(later.query.get(A)).toEqual(earlier.query.get(A));
    expect(later.query.get(B)).toEqual(earlier.query.get(B));
    expect({ ...later.query.summary(), groups: 0 }).toEqual({ ...earlier.query.summary(), groups: 0 });
  });

  it('of several processes add up, and those of this one are among them', () => {
    const [one, two, three] = [started(), started(), started()];
    one.groups.add(madeOccurrence({ at: now, userHash: madeUser(1) }));
    now += HOUR;
    two.groups.add(madeOccurrence({ at: now, userHash: madeUser(1), severity: 'critical' }));
    two.groups.add(madeOccurrence({ at: now, userHash: madeUser(2), groupId: B }));
    now += HOUR;
    three.groups.add(madeOccurrence({ at: now, userHash: madeUser(3) }));
    three.state.restore(kept(one.state.entries()), 1);
    three.state.restore(kept(two.state.entries()), 1);
    expect(three.query.get(A)).toMatchObject({
      count: 3,
      users: 2,
      severity: 'critical',
      firstSeen: '2026-01-05T00:00:00.000Z',
      lastSeen: '2026-01-05T02:00:00.000Z',
      recent: { lastHour: 1, lastDay: 3, lastWeek: 3 },
      samples: [
        { at: '2026-01-05T00:00:00.000Z' },
        { at: '2026-01-05T01:00:00.000Z' },
        { at: '2026-01-05T02:00:00.000Z' },
      ],
    });
    expect(three.query.groups().map(({ id }) => id)).toEqual([A, B]);
    expect(three.query.summary()).toMatchObject({ errors: 4, bySeverity: { error: 3, critical: 1 } });
  });

  it('that were not seen for as long as groups are kept do not come back', () => {
    const earlier = started();
    earlier.groups.add(madeOccurrence({ groupId: A, at: now }));
    now += HOUR;
    earlier.groups.add(madeOccurrence({ groupId: B, at: now }));
    const entries = kept(earlier.state.entries());
    now += 168 * HOUR;
    const later = started();
    expect(later.state.restore(entries, 1)).toEqual({ restored: 1, expired: 1, refused: 0 });
    expect(later.query.groups().map(({ id }) => id)).toEqual([B]);
  });

  it('are no more than there may be: those seen longest ago leave, and are counted', () => {
    const earlier = started();
    for (let i = 0; i < 50; i += 1) earlier.groups.add(madeOccurrence({ groupId: `g${i}`, at: now + ((i * 7) % 50) }));
    const later = started();
    runtimeState.errors.maxGroups = 20;
    later.groups.add(madeOccurrence({ groupId: 'own', at: now + 25.5 }));
    later.state.restore(kept(earlier.state.entries()), 1);
    expect(later.groups.size).toBe(20);
    expect(Math.min(...[...later.groups.all].map(({ lastSeen }) => lastSeen))).toBe(now + 30);
    expect(later.query.summary().groups.evicted).toEqual({ groups: 31, errors: 31 });
  });

  it('are found by the ids that they had before', () => {
    const earlier = started();
    earlier.groups.add(madeOccurrence({ groupId: A }));
    earlier.groups.merge(A, B);
    const later = started();
    later.state.restore(kept(earlier.state.entries()), 1);
    expect(later.query.get(A)?.id).toBe(B);
    later.groups.add(madeOccurrence({ groupId: A }));
    expect(later.query.get(B)?.count).toBe(2);
  });

  it('come together where one process had told them apart', () => {
    const [apart, together] = [started(), started()];
    apart.groups.add(madeOccurrence({ groupId: A }));
    apart.groups.add(madeOccurrence({ groupId: B }));
    together.groups.add(madeOccurrence({ groupId: A }));
    together.groups.merge(A, B);
    apart.state.restore(kept(together.state.entries()), 1);
    expect(apart.query.groups().map(({ id, count }) => [id, count])).toEqual([[B, 3]]);
    expect(apart.query.get(A)?.id).toBe(B);
  });

  it('and are seen again in another release after a day without a sign have regressed, whichever comes first', () => {
    const earlier = started();
    earlier.groups.add(madeOccurrence({ at: now }));
    const entries = kept(earlier.state.entries());
    now += DAY;
    runtimeState.release = '2.0.0';
    const first = started();
    first.state.restore(entries, 1);
    expect(first.query.get(A)?.trend).toBe('falling');
    first.groups.add(madeOccurrence({ at: now }));
    const second = started();
    second.groups.add(madeOccurrence({ at: now }));
    second.state.restore(entries, 1);
    for (const { query } of [first, second]) {
      expect(query.get(A)).toMatchObject({ trend: 'regressed', firstRelease: '1.4.0', lastRelease: '2.0.0' });
    }
  });

  it('and were said to be mended have regressed when they were seen before they came back', () => {
    const earlier = started();
    earlier.groups.add(madeOccurrence({ at: now }));
    earlier.query.resolve(A);
    const entries = kept(earlier.state.entries());
    now += HOUR;
    const later = started();
    later.groups.add(madeOccurrence({ at: now }));
    later.state.restore(entries, 1);
    expect(later.query.get(A)).toMatchObject({ trend: 'regressed', regressedAt: '2026-01-05T01:00:00.000Z' });
    expect(later.query.get(A)).not.toHaveProperty('resolvedAt');
  });
});

describe('what has changed', () => {
  const changes = ({ state }: ReturnType<typeof started>) =>
    kept(state.takeChanges()).map(([id, value]) => [id, value !== undefined]);

  it('is everything the first time, and then each group that was seen, once', () => {
    const process = started();
    process.groups.add(madeOccurrence({ groupId: A }));
    process.groups.add(madeOccurrence({ groupId: B }));
    expect(changes(process)).toEqual([
      [A, true],
      [B, true],
    ]);
    expect(changes(process)).toEqual([]);
    process.groups.add(madeOccurrence({ groupId: B }));
    process.groups.add(madeOccurrence({ groupId: B }));
    expect(changes(process)).toEqual([[B, true]]);
    process.query.resolve(A);
    expect(changes(process)).toEqual([[A, true]]);
  });

  it('is what left, where somebody was told of it', () => {
    runtimeState.errors.maxGroups = 1;
    const process = started();
    process.groups.add(madeOccurrence({ groupId: A }));
    expect(changes(process)).toEqual([[A, true]]);
    process.groups.add(madeOccurrence({ groupId: B }));
    process.groups.add(madeOccurrence({ groupId: 'c' }));
    expect(changes(process)).toEqual([
      [A, false],
      ['c', true],
    ]);
    process.groups.merge('c', 'd');
    expect(changes(process)).toEqual([
      ['c', false],
      ['d', true],
    ]);
    now += 8 * DAY;
    expect(changes(process)).toEqual([['d', false]]);
  });

  it('is not lost when whoever asks stops half way', () => {
    const process = started();
    for (const groupId of ['a', 'b', 'c']) process.groups.add(madeOccurrence({ groupId }));
    for (const [id] of process.state.takeChanges()) if (id === 'a') break;
    expect(changes(process)).toEqual([
      ['b', true],
      ['c', true],
    ]);
  });

  it('played back one after another is what there is, whatever happens', () => {
    const step = fc.oneof(
      fc.record({ groupId: fc.constantFrom('a', 'b', 'c', 'd', 'e'), gap: fc.integer({ min: 0, max: 3 * DAY }) }),
      fc.constant('flush' as const),
      fc.record({ from: fc.constantFrom('a', 'b', 'c'), to: fc.constantFrom('c', 'd', 'e') }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        now = START;
        runtimeState.errors.maxGroups = 3;
        const process = started();
        const disk = new Map<string, unknown>();
        const flush = () => {
          for (const [id, value] of kept(process.state.takeChanges())) {
            if (value === undefined) disk.delete(id);
            else disk.set(id, value);
          }
        };
        for (const one of steps) {
          if (one === 'flush') flush();
          else if ('from' in one) process.groups.merge(one.from, one.to);
          else {
            now += one.gap;
            process.groups.add(madeOccurrence({ groupId: one.groupId, at: now }));
          }
        }
        flush();
        expect(disk).toEqual(new Map(kept(process.state.entries())));
      }),
    );
  });
});

describe('what is no group is refused', () => {
  function entry(): StateEntry {
    const process = started();
    process.groups.add(madeOccurrence({ at: now, userHash: madeUser(1), operationName: 'load' }));
    return kept(process.state.entries())[0] as StateEntry;
  }

  const mistakes: [string, unknown][] = [
    ['errorType', 5],
    ['errorType', 'x'.repeat(100_000)],
    ['title', undefined],
    ['stack', 'x'.repeat(20_000)],
    ['stack', {}],
    ['isStackShortened', 'no'],
    ['count', -1],
    ['count', 0],
    ['count', 1e300],
    ['count', '1'],
    ['count', 2],
    ['severities', { info: 0, warning: 0, error: -1, critical: 2 }],
    ['severities', null],
    ['severities', [1, 0, 0, 0]],
    ['firstSeen', null],
    ['firstSeen', START + 1],
    ['lastSeen', START + 10 * DAY],
    ['lastSeen', 'yesterday'],
    ['windows', []],
    ['windows', 'none'],
    ['users', { users: ['a'] }],
    ['operations', [{ name: 5, count: 1 }]],
    ['samples', ['{"id":"'.padEnd(100, 'x')]],
    ['samples', ['not a sample']],
    ['samples', Array(51).fill('')],
    ['samples', {}],
    ['samplesSeen', -1],
    ['aliases', ['__proto__'.repeat(100)]],
    ['aliases', [5]],
    ['resolvedAt', 'now'],
    ['regressedAt', -1],
    ['firstRelease', 5],
  ];

  it.each(mistakes)('where %s is %j', (field, value) => {
    const [id, good] = entry();
    const { state, groups } = started();
    const bad = { ...(good as object), [field]: value };
    expect(state.restore([[id, bad]], 1)).toEqual({ restored: 0, expired: 0, refused: 1 });
    expect(groups.size).toBe(0);
    expect(state.restore([[id, good]], 1)).toEqual({ restored: 1, expired: 0, refused: 0 });
  });

  it('where the version is another one', () => {
    expect(started().state.restore([entry()], 2)).toEqual({ restored: 0, expired: 0, refused: 1 });
  });

  it('where the key is none', () => {
    const [, good] = entry();
    const keys = ['', 'a b', 'x'.repeat(65), 5, undefined];
    const entries = keys.map((key) => [key, good]) as unknown as StateEntry[];
    expect(started().state.restore(entries, 1)).toEqual({ restored: 0, expired: 0, refused: 5 });
  });

  it('where entries cannot be read any further, and those before are kept', () => {
    const good = entry();
    function* torn(): Generator<StateEntry> {
      yield good;
      throw new Error('torn');
    }
    expect(started().state.restore(torn(), 1)).toEqual({ restored: 1, expired: 0, refused: 1 });
  });

  it('whatever it is: nothing is thrown, and everything can be asked afterwards', () => {
    const [, good] = entry();
    const fields = Object.keys(good as object);
    const damaged = fc
      .array(fc.tuple(fc.constantFrom(...fields), fc.jsonValue()), { minLength: 1, maxLength: 3 })
      .map((changes) => ({ ...(good as object), ...Object.fromEntries(changes) }));
    fc.assert(
      fc.property(fc.array(fc.oneof(damaged, fc.jsonValue(), fc.anything()), { maxLength: 5 }), (values) => {
        const { state, groups, query } = started();
        const entries = values.map((value, index) => [`g${index}`, value]) as StateEntry[];
        const { restored, expired, refused } = state.restore(entries, 1);
        expect(restored + expired + refused).toBe(values.length);
        expect(groups.size).toBe(restored);
        const all = query.groups({ limit: 10 });
        for (const { id } of all) JSON.stringify(query.get(id));
        groups.add(madeOccurrence({ groupId: 'g0', at: now }));
        const summary = query.summary();
        expect(summary.errors).toBe(query.groups().reduce((sum, { count }) => sum + count, 0));
        const again = started();
        expect(again.state.restore(kept(state.entries()), 1).refused).toBe(0);
      }),
    );
  });
});
