import { describe, expect, it } from 'vitest';
import { WorkflowStore } from '../../src/funnels/workflow-store.js';

const LIMIT = 1_800_000;

describe('runs in progress', () => {
  it('are 100,000 at most: the one that did nothing for longest is abandoned early, and counted back when it goes on', () => {
    const store = new WorkflowStore();
    const entry = store.book.today('import');
    const runs = Array.from({ length: 100_000 }, (_, millis) => store.start({}, entry, millis, LIMIT, []));
    expect([store.inProgress, store.losses.runs]).toEqual([100_000, 0]);
    store.step(runs[0] as never, 'upload', 100_000);
    const more = [0, 1, 2].map((each) => store.start({}, entry, 100_001 + each, LIMIT, []));
    expect(more.map(({ status }) => status)).toEqual(Array(3).fill('in progress'));
    expect(runs.slice(0, 5).map(({ status }) => status)).toEqual([
      'in progress',
      'abandoned',
      'abandoned',
      'abandoned',
      'in progress',
    ]);
    expect([store.inProgress, store.losses.runs, entry.running]).toEqual([100_000, 3, 100_000]);
    store.step(runs[1] as never, 'upload', 100_004);
    expect(entry.open().runs).toEqual({ started: 100_003, completed: 0, failed: 0, abandoned: 3 });
    expect(runs.slice(0, 5).map(({ status }) => status)).toEqual([
      'in progress',
      'in progress',
      'abandoned',
      'abandoned',
      'abandoned',
    ]);
    for (const run of [...runs, ...more]) store.end(run, undefined, 200_000);
    expect([store.inProgress, entry.running]).toEqual([0, 0]);
    expect(entry.open().runs).toEqual({ started: 100_003, completed: 100_003, failed: 0, abandoned: 0 });
  });

  it('that are idle leave as others start, without a timer and without a question', () => {
    const store = new WorkflowStore();
    const entry = store.book.today('import');
    for (let run = 0; run < 1000; run++) store.start({}, entry, 0, LIMIT, []);
    for (let run = 0; run < 1000; run++) store.start({}, entry, LIMIT + 1, LIMIT, []);
    expect([store.inProgress, entry.open().runs.abandoned]).toEqual([1000, 1000]);
  });

  it('of names that are made up cost bounded memory', () => {
    const store = new WorkflowStore();
    for (let name = 0; name < 20_000; name++) {
      const run = store.start({}, store.book.today(`workflow ${name}`), name, LIMIT, [`flag ${name}\non`]);
      for (let step = 0; step < 5; step++) store.step(run, `step ${name} ${step}`, name);
      store.end(run, `E${name}`, name);
    }
    const { workflows, steps, runs, days } = store.losses;
    // 4,000 steps and one `_OTHER` for each of 201 workflows
    expect([workflows, runs, days]).toEqual([19_800, 0, 0]);
    const entries = [...store.book.entries()].map(([, value]) => value as { steps: unknown[]; failures: unknown[] });
    const kept = entries.reduce((sum, value) => sum + value.steps.length, 0);
    expect(kept).toBeLessThanOrEqual(4201);
    expect(steps).toBeGreaterThan(90_000);
    expect(Math.max(...entries.map(({ failures }) => failures.length))).toBe(51);
    expect(JSON.stringify(entries).length).toBeLessThan(1_000_000);
  });
});
