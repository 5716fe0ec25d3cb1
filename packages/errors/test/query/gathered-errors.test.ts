import { runtimeState, type StateEntry, type ToldState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ErrorGroups } from '../../src/groups/error-groups.js';
import { errorGroupsState } from '../../src/groups/error-groups-state.js';
import { ErrorTotals } from '../../src/groups/error-totals.js';
import { ErrorQuery } from '../../src/query/error-query.js';
import { GatheredErrors } from '../../src/query/gathered-errors.js';
import { madeOccurrence, madeUser, START } from '../made-occurrence.js';

const A = 'a000000000000000';
const B = 'b000000000000000';

let now: number;
const before = { ...runtimeState.errors };
beforeEach(() => {
  now = START;
});
afterEach(() => {
  Object.assign(runtimeState.errors, before);
});

/** A process, and what it tells. */
function started() {
  const groups = new ErrorGroups(() => 0.5);
  const told: ToldState[] = [new ErrorTotals(groups, () => now), errorGroupsState(groups, () => now)];
  return { groups, told, query: new ErrorQuery(groups, () => now) };
}

function gathered(...processes: { told: readonly ToldState[] }[]): GatheredErrors {
  const all = new GatheredErrors(() => now);
  for (const { told } of processes) {
    for (const state of told) {
      const into = all.states.find(({ name }) => name === state.name);
      // a part at a time, as it travels
      for (const entry of state.entries(false))
        into?.restore([JSON.parse(JSON.stringify(entry)) as StateEntry], state.version);
    }
  }
  all.settle();
  return all;
}

describe('the errors of several processes', () => {
  it('add up, and users that several have are counted once', () => {
    const processes = [started(), started(), started()];
    processes.forEach(({ groups }, index) => {
      for (let i = 0; i < 10; i += 1) {
        now += 1000;
        groups.add(madeOccurrence({ groupId: A, at: now, severity: 'warning', userHash: madeUser(i % 3) }));
      }
      groups.add(madeOccurrence({ groupId: `${index}000000000000000`, at: now, severity: 'critical' }));
    });
    const { query } = gathered(...processes);
    expect(query.groups({ sort: 'count' }).map(({ id, count, users }) => [id, count, users])).toEqual([
      [A, 30, 3],
      ['2000000000000000', 1, 0],
      ['1000000000000000', 1, 0],
      ['0000000000000000', 1, 0],
    ]);
    expect(query.summary()).toMatchObject({
      errors: 33,
      bySeverity: { info: 0, warning: 30, error: 0, critical: 3 },
      recent: { lastHour: 33, lastDay: 33, lastWeek: 33 },
      groups: { held: 4 },
    });
  });

  it('of one process are what it shows itself', () => {
    const one = started();
    for (let i = 0; i < 30; i += 1) {
      now += 60_000;
      one.groups.add(madeOccurrence({ groupId: i % 3 === 0 ? A : B, at: now, userHash: madeUser(i) }));
    }
    const all = gathered(one);
    expect(all.query.groups()).toEqual(one.query.groups());
    expect(all.query.get(B)).toEqual(one.query.get(B));
    expect({ ...all.query.summary(), stacks: 0 }).toEqual({ ...one.query.summary(), stacks: 0 });
  });

  it('have the errors of groups that left, and what became of records', () => {
    runtimeState.errors.maxGroups = 2;
    const processes = [started(), started()];
    for (const { groups } of processes) {
      for (const groupId of ['0', '1', '2', '3']) {
        now += 1000;
        const group = groups.add(madeOccurrence({ groupId: groupId.padEnd(16, '0'), at: now }));
        groups.records.admit(group, now);
        groups.records.leaveOut(group, false);
      }
    }
    expect(gathered(...processes).query.summary()).toMatchObject({
      errors: 8,
      recent: { lastHour: 8 },
      groups: { held: 2, evicted: { groups: 4, errors: 4 } },
      records: { written: 8, heldBack: 0, sampledOut: 8 },
    });
  });

  it('beyond the bound of groups leave, and are counted', () => {
    runtimeState.errors.maxGroups = 3;
    const processes = [started(), started()];
    processes.forEach(({ groups }, index) => {
      for (let i = 0; i < 3; i += 1) {
        now += 1000;
        groups.add(madeOccurrence({ groupId: `${index}${i}`.padEnd(16, '0'), at: now }));
      }
    });
    expect(gathered(...processes).query.summary()).toMatchObject({
      errors: 6,
      groups: { held: 3, evicted: { groups: 3, errors: 3 } },
    });
  });

  it('are asked for without anything being remembered of who asks', () => {
    const { groups, told } = started();
    runtimeState.errors.maxGroups = 1;
    for (let i = 0; i < 5; i += 1) {
      groups.add(madeOccurrence({ groupId: `${i}`.padEnd(16, '0'), at: now }));
      for (const state of told) expect([...state.entries(false)]).toHaveLength(1);
    }
    // those that were told and are gone would be, if they had been kept
    expect(groups.changes.takeGone()).toEqual([]);
  });

  it('are told latest first, so that they can be cut off', () => {
    const { groups, told } = started();
    groups.add(madeOccurrence({ groupId: A, at: now }));
    groups.add(madeOccurrence({ groupId: B, at: now + 1000 }));
    expect([...told[1]!.entries(false)].map(([id]) => id)).toEqual([B, A]);
  });
});

describe('totals that are none', () => {
  it.each([
    [
      'of another version',
      [
        'totals',
        {
          numbers: Array(13).fill(1),
          windows: [
            [0, []],
            [0, []],
            [0, []],
          ],
        },
      ],
      2,
    ],
    [
      'negative',
      [
        'totals',
        {
          numbers: Array(13).fill(-1),
          windows: [
            [0, []],
            [0, []],
            [0, []],
          ],
        },
      ],
      1,
    ],
    [
      'too few',
      [
        'totals',
        {
          numbers: [1],
          windows: [
            [0, []],
            [0, []],
            [0, []],
          ],
        },
      ],
      1,
    ],
    ['without windows', ['totals', { numbers: Array(13).fill(1) }], 1],
    ['nothing', ['totals', null], 1],
    ['no entry', null, 1],
  ])('are refused: %s', (_, entry, version) => {
    const groups = new ErrorGroups();
    const result = new ErrorTotals(groups, () => now).restore([entry as unknown as StateEntry], version);
    expect(result).toEqual({ restored: 0, expired: 0, refused: 1 });
    expect(new ErrorQuery(groups, () => now).summary()).toMatchObject({
      errors: 0,
      groups: { evicted: { errors: 0 } },
    });
  });
});
