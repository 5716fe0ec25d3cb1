import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Counts } from '../counts.js';
import { temporaryFolder } from '../folders.js';
import { anotherProcess, keeperOf, restoredIn } from '../keepers.js';

it('what was counted is there after a restart, and after many', async () => {
  const directory = temporaryFolder();
  for (let run = 1; run <= 6; run += 1) {
    anotherProcess();
    const counts = new Counts();
    const keeper = keeperOf(directory, counts);
    counts.add('before the files are open');
    await keeper.open();
    counts.add('after that', 2);
    await keeper.flush(5000);
    counts.add('after that', 1);
    await keeper.stop(5000);
    expect(counts.all).toEqual({ 'after that': 3 * run, 'before the files are open': run });
  }
  expect(await restoredIn(directory)).toEqual({ 'after that': 18, 'before the files are open': 6 });
});

it('what a killed process had written is there, whatever it was doing', async () => {
  const directory = temporaryFolder();
  let expected = 0;
  for (let run = 0; run < 5; run += 1) {
    anotherProcess();
    const counts = new Counts();
    const keeper = keeperOf(directory, counts);
    await keeper.open();
    for (let flush = 0; flush < 3; flush += 1) {
      counts.add('a');
      expected += 1;
      await keeper.flush(5000);
    }
    // and nothing more: it is as if it were gone
    expect(counts.all).toEqual({ a: expected });
  }
  expect(await restoredIn(directory)).toEqual({ a: 15 });
});

it('an entry that is gone stays gone', async () => {
  const directory = temporaryFolder();
  const counts = new Counts();
  const keeper = keeperOf(directory, counts);
  counts.add('a');
  counts.add('b');
  await keeper.flush(5000);
  counts.remove('a');
  await keeper.flush(5000);
  expect(await restoredIn(directory)).toEqual({ b: 1 });
});

it('monitoring that is ended and started again in one process counts nothing twice', async () => {
  const directory = temporaryFolder();
  anotherProcess();
  const counts = new Counts();
  for (let run = 0; run < 3; run += 1) {
    const keeper = keeperOf(directory, counts);
    await keeper.open();
    counts.add('a');
    await keeper.stop(5000);
    expect(keeper.status().slot).toBe(0);
  }
  expect(counts.all).toEqual({ a: 3 });
  expect(await restoredIn(directory)).toEqual({ a: 3 });
});

it('files that somebody deletes are written anew, with all that is in memory', async () => {
  const directory = temporaryFolder();
  anotherProcess();
  const counts = new Counts();
  const keeper = keeperOf(directory, counts);
  counts.add('a');
  await keeper.flush(5000);
  rmSync(join(directory, 'shop'), { recursive: true });
  counts.add('b');
  await keeper.flush(5000);
  expect(keeper.status()).toMatchObject({
    state: 'open',
    slot: 0,
    failedFlushes: 0,
    problems: [expect.stringContaining('was deleted while it was in use')],
  });
  expect(await restoredIn(directory)).toEqual({ a: 1, b: 1 });
});

it('a process whose slot was taken while it stood still counts on in memory, and spoils nothing', async () => {
  const directory = temporaryFolder();
  anotherProcess();
  const counts = new Counts();
  const keeper = keeperOf(directory, counts);
  counts.add('a');
  await keeper.flush(5000);
  const found = await restoredIn(directory);
  counts.add('a', 100);
  await keeper.flush(5000);
  keeper.writeLast();
  expect(keeper.status()).toMatchObject({ state: 'lost', problems: [expect.stringContaining('another process took')] });
  expect(counts.all).toEqual({ a: 101 });
  expect(await restoredIn(directory)).toEqual(found);
});

it('what processes leave that had no slot is bounded, and what one could not finish is swept away', async () => {
  const directory = temporaryFolder();
  const left = join(directory, 'shop/left/counts');
  for (let run = 0; run < 1002; run += 1) {
    anotherProcess();
    const counts = new Counts();
    counts.add('a');
    const keeper = keeperOf(directory, counts);
    keeper.writeLast();
    const isLost = keeper.status().problems.length > 0;
    expect(isLost).toBe(run >= 1000);
  }
  mkdirSync(join(left, 'unfinished-0123456789abcdef'), { mode: 0o700 });
  utimesSync(join(left, 'unfinished-0123456789abcdef'), 0, 0);
  mkdirSync(join(left, 'unfinished-0123456789abcdee'), { mode: 0o700 });
  expect(await restoredIn(directory)).toEqual({ a: 1000 });
  expect(readdirSync(left)).toEqual(['unfinished-0123456789abcdee']);
});

it('two states are kept apart', async () => {
  const directory = temporaryFolder();
  const states = [new Counts('errors'), new Counts('usage')] as const;
  states[0].add('a');
  states[1].add('a', 5);
  await keeperOf(directory, states).flush(5000);
  anotherProcess();
  const later = [new Counts('errors'), new Counts('usage')] as const;
  await keeperOf(directory, later).open();
  expect(later.map(({ all }) => all)).toEqual([{ a: 1 }, { a: 5 }]);
});

it('values of another version are given with its number', async () => {
  const directory = temporaryFolder();
  const counts = new Counts('counts', 1);
  counts.add('a');
  await keeperOf(directory, counts).flush(5000);
  anotherProcess();
  const later = new Counts('counts', 2);
  const keeper = keeperOf(directory, later);
  await keeper.open();
  expect(keeper.status().restored).toEqual({ restored: 0, expired: 0, refused: 1 });
});

it('files and folders are for their owner alone', async () => {
  const directory = temporaryFolder();
  const counts = new Counts();
  const keeper = keeperOf(directory, counts);
  counts.add('a');
  await keeper.flush(5000);
  counts.add('a');
  await keeper.flush(5000);
  counts.add('a');
  keeper.writeLast();
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const modes = paths.map((path) => {
    const { mode } = statSync(join(directory, path));
    return `${path.replaceAll(/[\da-f]{16}/g, 'BOOK')} ${(mode & 0o777).toString(8)}`;
  });
  expect(modes.sort()).toEqual([
    'shop 700',
    'shop/0 700',
    'shop/0/counts 700',
    'shop/0/counts/BOOK 700',
    'shop/0/counts/BOOK/1.journal 600',
    'shop/0/counts/BOOK/1.snapshot 600',
    'shop/0/counts/BOOK/last 600',
    expect.stringMatching(/^shop\/0\/lock\.\d+ 600$/),
  ]);
});

it('a process with nothing to keep leaves no trace', async () => {
  const directory = temporaryFolder();
  const keeper = keeperOf(directory);
  await keeper.flush(5000);
  keeper.writeLast();
  expect(readdirSync(directory)).toEqual([]);
  expect(keeper.status()).toMatchObject({ state: 'waiting', problems: [] });
});

it('status tells where, how much and when', async () => {
  const directory = temporaryFolder();
  anotherProcess();
  const counts = new Counts();
  const keeper = keeperOf(directory, counts);
  counts.add('a');
  await keeper.open();
  await keeper.flush(5000);
  expect(keeper.status()).toEqual({
    state: 'open',
    directory: join(directory, 'shop'),
    slot: 0,
    lastFlushAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    bytes: expect.any(Number),
    flushes: 2,
    failedFlushes: 0,
    restored: { restored: 0, expired: 0, refused: 0 },
    leftOut: 0,
    problems: [],
  });
  const sizes = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => /snapshot|journal/.test(path))
    .map((path) => statSync(join(directory, path)).size);
  expect(keeper.status().bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
});
