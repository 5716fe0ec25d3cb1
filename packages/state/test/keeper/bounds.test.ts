import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DurableState, StateEntry } from '@otel-monitor/runtime';
import { expect, it } from 'vitest';
import { Book } from '../../src/books/book.js';
import { DiskBudget } from '../../src/books/disk-budget.js';
import { Counts } from '../counts.js';
import { temporaryFolder } from '../folders.js';
import { anotherProcess, keeperOf, restoredIn } from '../keepers.js';

const bytesIn = (directory: string) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((path) => statSync(join(directory, path)))
    .filter((stats) => stats.isFile())
    .reduce((sum, { size }) => sum + size, 0);

/** A group of errors as it is: much that stays, a little that changes. */
class Groups implements DurableState {
  readonly name = 'groups';
  readonly version = 1;
  count = 0;
  readonly #stack = 'at frame (/app/dist/file.js:10:20)\n'.repeat(20);

  constructor(private readonly others: number) {}

  #group(id: number): StateEntry {
    const count = id === 0 ? this.count : 1;
    const samples = Array.from({ length: 5 }, (_, place) => {
      const at = place === 4 ? this.count : place;
      return { id: `${at}`.padStart(32, '0'), at, message: `tile ${at} is out of range`, stack: this.#stack };
    });
    const windows = Array.from({ length: 64 }, (_, place) => (place === 63 ? count : 0));
    return [`group ${id}`, { stack: this.#stack, count, lastSeen: 1e12 + count, windows, samples }];
  }

  *entries() {
    for (let id = 0; id <= this.others; id += 1) yield this.#group(id);
  }

  *takeChanges() {
    yield this.#group(0);
  }

  restore() {
    return { restored: 0, expired: 0, refused: 0 };
  }
}

it('a storm of one group beside a hundred writes far less than 100 KB a minute', async () => {
  const directory = temporaryFolder();
  const groups = new Groups(100);
  const budget = new DiskBudget();
  const book = await Book.begin(directory, groups, budget);
  await book.flush([]);
  const before = bytesIn(directory);
  // ten minutes of a flush each 10 s
  for (let flush = 0; flush < 60; flush += 1) {
    groups.count += 1_000_000;
    await book.flush([...groups.takeChanges()]);
  }
  expect(book.generation).toBe(1);
  expect((bytesIn(directory) - before) / 10).toBeLessThan(10_000);
  await book.close();
});

it('journals and snapshots do not grow beyond a bound, whatever changes', async () => {
  const directory = temporaryFolder();
  anotherProcess();
  const counts = new Counts('counts', 1, 'x'.repeat(200));
  const keeper = keeperOf(directory, counts);
  await keeper.open();
  for (let flush = 0; flush < 60; flush += 1) {
    for (let key = 0; key < 100; key += 1) counts.add(`key ${key}`);
    await keeper.flush(5000);
    // a snapshot is 25 KB; two of them, and their journals of 64 KB and one flush
    expect(bytesIn(directory)).toBeLessThan(2 * (25_000 + 65_536 + 2 * 25_000));
    expect(keeper.status().bytes).toBeLessThan(300_000);
  }
  expect(await restoredIn(directory)).toEqual(counts.all);
});

it('what finds no room is left out and counted, and the rest is kept', async () => {
  const directory = temporaryFolder();
  const counts = new Counts('counts', 1, 'x'.repeat(1000));
  const budget = new DiskBudget(20_000);
  const book = await Book.begin(directory, counts, budget);
  for (let key = 0; key < 30; key += 1) counts.add(`key ${key}`);
  await book.flush([]);
  expect(budget.leftOut).toBe(12);
  expect(budget.used).toBeLessThanOrEqual(20_000);
  counts.add('key 0');
  await book.flush([...counts.takeChanges()]);
  expect(bytesIn(directory)).toBeLessThanOrEqual(40_000);
  await book.close();
});

it('an entry that is no data, or too long, is left out and counted', async () => {
  const directory = temporaryFolder();
  const hostile: StateEntry[] = [
    ['a', 5n],
    [
      'b',
      {
        toJSON: () => {
          throw new Error('no');
        },
      },
    ],
    ['c', 'x'.repeat(3_000_000)],
    ['d', { count: 1 }],
  ];
  const state: DurableState = {
    name: 'counts',
    version: 1,
    entries: () => hostile,
    takeChanges: () => hostile,
    restore: () => ({ restored: 0, expired: 0, refused: 0 }),
  };
  const budget = new DiskBudget();
  const book = await Book.begin(directory, state, budget);
  await book.flush([]);
  expect(budget.leftOut).toBe(3);
  await book.flush(hostile);
  expect(budget.leftOut).toBe(6);
  await book.close();
});
