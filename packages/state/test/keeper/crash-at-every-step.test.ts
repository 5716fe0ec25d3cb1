import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { StateKeeper } from '../../src/index.js';
import { Counts } from '../counts.js';
import { temporaryFolder } from '../folders.js';
import { anotherProcess, keeperOf, restoredIn } from '../keepers.js';
import { freeAll } from '../locks.js';

/** Called after each thing that was done to the disk, and in the middle of each write. */
const steps = vi.hoisted(() => ({ after: () => {} }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const stepped =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const result = await work(...args);
      steps.after();
      return result;
    };
  const open = async (...args: Parameters<typeof real.open>) => {
    const handle = await real.open(...args);
    steps.after();
    const write = handle.write.bind(handle) as (bytes: Buffer, from?: number, length?: number) => Promise<unknown>;
    handle.write = (async (bytes: Buffer | string, from = 0, given?: number) => {
      const whole = Buffer.from(bytes);
      const length = given ?? whole.length - from;
      // a write that was cut off in its middle
      const half = length >> 1;
      await write(whole, from, half);
      steps.after();
      await write(whole, from + half, length - half);
      steps.after();
      return { bytesWritten: length, buffer: bytes };
    }) as unknown as typeof handle.write;
    return handle;
  };
  return {
    ...real,
    open,
    mkdir: stepped(real.mkdir),
    rename: stepped(real.rename),
    unlink: stepped(real.unlink),
    rm: stepped(real.rm),
    rmdir: stepped(real.rmdir),
    link: stepped(real.link),
  };
});

/** The disk as it was after each step, for as long as `work` went on. */
async function disksDuring(directory: string, work: () => Promise<unknown>): Promise<string[]> {
  const copies: string[] = [];
  const all = temporaryFolder();
  steps.after = () => {
    const copy = join(all, String(copies.length));
    mkdirSync(copy);
    cpSync(directory, copy, { recursive: true });
    copies.push(copy);
  };
  try {
    await work();
  } finally {
    steps.after = () => {};
  }
  return copies;
}

beforeEach(anotherProcess);
afterEach(() => {
  steps.after = () => {};
});

/** What a process finds that starts after the one before was killed at each step; and again after it was killed itself. */
async function foundOn(disks: readonly string[]): Promise<Record<string, number>[]> {
  const found: Record<string, number>[] = [];
  for (const disk of disks) {
    const first = await restoredIn(disk);
    const merged = await restoredIn(disk);
    expect(merged).toEqual(first);
    found.push(first);
  }
  return found;
}

it('a flush is there or not, at each of its steps', async () => {
  const directory = temporaryFolder();
  const counts = new Counts();
  const keeper = keeperOf(directory, counts);
  counts.add('a', 5);
  await keeper.flush(5000);
  counts.add('a', 2);
  counts.add('b', 1);
  const disks = await disksDuring(directory, () => keeper.flush(5000));
  const found = await foundOn(disks);
  expect(found.length).toBeGreaterThan(4);
  for (const each of found) expect([{ a: 5 }, { a: 7 }, { a: 7, b: 1 }]).toContainEqual(each);
  expect(found.at(-1)).toEqual({ a: 7, b: 1 });
});

it('what earlier processes left is counted once, at each step of taking it up', async () => {
  const directory = temporaryFolder();
  for (let run = 0; run < 2; run += 1) {
    anotherProcess();
    const before = new Counts();
    before.add('a', 5);
    before.add('b', 1);
    // left without a slot, and in a slot
    keeperOf(directory, before).writeLast();
    const slotted = new Counts();
    slotted.add('a', 100);
    const keeper = keeperOf(directory, slotted);
    await keeper.open();
  }
  anotherProcess();
  const expected = await restoredIn(copyOf(directory));
  expect(expected).toEqual({ a: 210, b: 2 });
  anotherProcess();
  const counts = new Counts();
  const keeper = keeperOf(directory, counts);
  const disks = await disksDuring(directory, () => keeper.open());
  expect(disks.length).toBeGreaterThan(10);
  for (const found of await foundOn(disks)) expect(found).toEqual(expected);
});

it('what other slots hold is counted once, at each step of merging it', async () => {
  const directory = temporaryFolder();
  const keepers: StateKeeper[] = [];
  for (const more of [1, 10, 100]) {
    // each its own process: the slots of those before are held
    anotherProcess({ release: false });
    const counts = new Counts();
    counts.add('a', more);
    counts.add(`only ${more}`);
    const keeper = keeperOf(directory, counts);
    await keeper.flush(5000);
    keepers.push(keeper);
  }
  expect(keepers.map((keeper) => keeper.status().slot)).toEqual([0, 1, 2]);
  // the last two end, the first one goes on
  for (const keeper of keepers.slice(1)) keeper.writeLast();
  const disks = await disksDuring(directory, () => keepers[0]?.merge() as Promise<void>);
  expect(disks.length).toBeGreaterThan(10);
  expect(keepers[0]?.status().restored.restored).toBe(4);
  for (const disk of disks) {
    anotherProcess();
    const counts = new Counts();
    const keeper = keeperOf(disk, counts);
    // the first one was killed with the others
    freeAll(disk);
    await keeper.open();
    await keeper.merge();
    expect(counts.all).toEqual({ a: 111, 'only 1': 1, 'only 10': 1, 'only 100': 1 });
  }
});

it('snapshots follow each other without a moment in which less is there', async () => {
  const directory = temporaryFolder();
  const counts = new Counts('counts', 1, 'x'.repeat(400));
  const keeper = keeperOf(directory, counts);
  await keeper.open();
  let flushed = 0;
  const disks: string[] = [];
  // long enough for a second and a third snapshot
  for (let flush = 0; flush < 12; flush += 1) {
    for (let key = 0; key < 40; key += 1) counts.add(`key ${key}`);
    const during = await disksDuring(directory, () => keeper.flush(5000));
    if (during.length > 8 || flush === 11) disks.push(...during);
    flushed += 1;
  }
  const found = await foundOn(disks.filter((_, index) => index % 2 === 0 || index > disks.length - 3));
  expect(new Set(found.map((each) => Object.keys(each).length))).toEqual(new Set([40]));
  for (const each of found) {
    const values = Object.values(each);
    // of one write, or the one before
    expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(1);
  }
  expect(Object.values(found.at(-1) ?? {})).toEqual(Array.from({ length: 40 }, () => flushed));
});

it('what a process writes last when it ends at once is counted once, at whatever step that is', async () => {
  const made = temporaryFolder();
  const left = new Counts();
  left.add('a', 5);
  left.add('b', 1);
  keeperOf(made, left).writeLast();
  for (const more of [10, 100]) {
    anotherProcess();
    const before = new Counts();
    before.add('a', more);
    before.add(`only ${more}`);
    await keeperOf(made, before).open();
  }
  let ended = 0;
  for (let step = 1, isDone = false; !isDone; step += 1) {
    anotherProcess();
    const directory = copyOf(made);
    freeAll(directory);
    const counts = new Counts();
    const keeper = keeperOf(directory, counts);
    const disk = temporaryFolder();
    let taken = 0;
    steps.after = () => {
      taken += 1;
      if (taken !== step) return;
      counts.add('b', 1000);
      keeper.writeLast();
      cpSync(directory, disk, { recursive: true });
    };
    counts.add('a', 1000);
    counts.add('new');
    await keeper.open();
    counts.add('a', 1000);
    await keeper.flush(5000);
    steps.after = () => {};
    isDone = taken < step;
    if (isDone) continue;
    ended += 1;
    const found = await restoredIn(disk);
    expect([1115, 2115]).toContain(found.a);
    expect(found).toEqual({ a: found.a, b: 1001, new: 1, 'only 10': 1, 'only 100': 1 });
  }
  expect(ended).toBeGreaterThan(15);
});

function copyOf(directory: string): string {
  const copy = temporaryFolder();
  cpSync(directory, copy, { recursive: true });
  return copy;
}
