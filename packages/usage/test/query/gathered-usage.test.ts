import { ownCost, runtimeState, type StateEntry, type ToldState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageBook } from '../../src/book/usage-book.js';
import { BookState } from '../../src/book/usage-state.js';
import { UsageTotals } from '../../src/book/usage-totals.js';
import { FlagStore } from '../../src/flags/flag-store.js';
import { WorkflowStore } from '../../src/funnels/workflow-store.js';
import { GatheredUsage } from '../../src/query/gathered-usage.js';
import { UsageQuery } from '../../src/query/usage-query.js';

const KEY = 'key-of-the-service';
beforeEach(() => {
  runtimeState.userHashKey = KEY;
});
afterEach(() => {
  runtimeState.userHashKey = undefined;
});

/** A process with its usage, and what it tells. */
function started() {
  const book = new UsageBook(undefined, undefined, false);
  const stores = { book, workflows: new WorkflowStore(), flags: new FlagStore() };
  const { workflows, flags } = stores;
  const told: ToldState[] = [new UsageTotals(stores), new BookState(book), workflows.book, flags.book];
  const use = (feature: string, user: string) => book.action(feature, 'done').count(false, 2, user);
  return { ...stores, told, use, query: new UsageQuery(book, workflows, flags) };
}

function gathered(...processes: { told: readonly ToldState[] }[]): UsageQuery {
  const all = new GatheredUsage();
  for (const { told } of processes) {
    for (const state of told) {
      const into = all.states.find(({ name }) => name === state.name);
      for (const entry of state.entries(false))
        into?.restore([JSON.parse(JSON.stringify(entry)) as StateEntry], state.version);
    }
  }
  return all.query;
}

function run(store: WorkflowStore, isOver: boolean): void {
  const begun = store.start({}, store.book.today('import'), performance.now(), 60_000, []);
  store.step(begun, 'upload', performance.now());
  if (isOver) store.end(begun, undefined, performance.now());
}

describe('the usage of several processes', () => {
  it('adds up, and users that several have are counted once', () => {
    const processes = [started(), started(), started()];
    processes.forEach(({ use }, index) => {
      for (let i = 0; i < 10; i += 1) use('export', `user-${i}`);
      use('export', `user-of-${index}`);
    });
    const query = gathered(...processes);
    expect(query.features()).toMatchObject([{ name: 'export', uses: 33, users: 13 }]);
    expect(query.summary()).toMatchObject({ today: { uses: 33 }, activeUsers: { daily: { users: 13 } } });
  });

  it('without a key that all have has as many users as the one with the most', () => {
    runtimeState.userHashKey = undefined;
    const processes = [started(), started()];
    processes.forEach(({ use }, index) => {
      for (let i = 0; i < 10 + index; i += 1) use('export', `user-${i}`);
    });
    expect(gathered(...processes).features()).toMatchObject([{ uses: 21, users: 11 }]);
  });

  it('has the runs that are in progress anywhere', () => {
    const processes = [started(), started()];
    for (const { workflows } of processes) {
      run(workflows, true);
      run(workflows, false);
    }
    const query = gathered(...processes);
    expect(query.workflows()).toMatchObject([
      {
        name: 'import',
        runs: { started: 4, completed: 2, failed: 0, abandoned: 0, inProgress: 2, interrupted: 0 },
        conversion: 1,
        steps: [{ name: 'upload', reached: 4 }],
      },
    ]);
    expect(query.workflow('import')).toEqual(query.workflows()[0]);
    expect(query.workflow('export')).toBeUndefined();
  });

  it('has the evaluations of flags of all', () => {
    const processes = [started(), started()];
    for (const { flags } of processes) flags.evaluated('new-export', 'on', undefined, 'user-1');
    expect(gathered(...processes).flags()).toMatchObject([
      { flag: 'new-export', evaluations: 2, variants: [{ variant: 'on', evaluations: 2, users: 1 }] },
    ]);
  });

  it('tells what the bounds of each made leave', () => {
    const processes = [started(), started()];
    for (const { book, flags } of processes) {
      book.dropped.features = 3;
      flags.unreadable = 2;
    }
    expect(gathered(...processes).summary().dropped).toMatchObject({ features: 6, flags: { unreadable: 4 } });
  });

  it('of one process is what it shows itself', () => {
    const one = started();
    for (let i = 0; i < 300; i += 1) one.use(['export', 'import'][i % 2] as string, `user-${i % 170}`);
    run(one.workflows, true);
    const query = gathered(one);
    expect(query.summary()).toEqual(one.query.summary());
    expect(query.feature('export')).toEqual(one.query.feature('export'));
    expect(query.workflows()).toEqual(one.query.workflows());
  });

  it('leaves the process and what it holds as it is', () => {
    const one = started();
    one.use('export', 'somebody');
    const stop = ownCost.memoryHeld('usage', () => 12_345);
    const { memoryBytes } = ownCost.report();
    gathered(one).summary();
    expect(ownCost.report().memoryBytes).toBe(memoryBytes);
    stop();
    // as if nobody had asked: all is still to be written, and nothing of it is elsewhere
    expect([...one.book.cells()].map(({ isWritten }) => isWritten)).toEqual([false, false]);
  });
});

describe('what is told of this moment', () => {
  it.each([
    ['a version that is not known', ['flags', { unreadable: 1 }], 2],
    ['runs of no day', ['running/import', 1], 1],
    ['runs of a day long gone', ['running/1999-01-01/import', 1], 1],
    ['no number of runs', ['running/2026-11-24/import', '1'], 1],
    ['something else', ['other', {}], 1],
    ['nothing', ['dropped', null], 1],
    ['no entry', undefined, 1],
  ])('is refused: %s', (_, entry, version) => {
    const { book, workflows, flags } = started();
    const totals = new UsageTotals({ book, workflows, flags });
    const result = totals.restore([entry as unknown as StateEntry], version);
    expect(result).toEqual({ restored: 0, expired: 0, refused: 1 });
  });
});
