import { appendFileSync, cpSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { redirectReports } from '@otel-monitor/runtime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBook } from '../../src/books/read-book.js';
import { uncounted } from '../../src/books/uncounted.js';
import { Counts } from '../counts.js';
import { temporaryFolder } from '../folders.js';
import { anotherProcess, keeperOf, restoredIn } from '../keepers.js';
import { freeAll } from '../locks.js';

const lines: string[] = [];
let restore: () => void;
let now = 0;

beforeEach(() => {
  anotherProcess();
  lines.length = 0;
  // every line is said, however soon after the last
  restore = redirectReports(
    (line) => lines.push(line),
    () => (now += 120_000),
  );
});
afterEach(() => restore());

/** The one file of that kind in a folder; of several generations the last. */
function fileIn(directory: string, kind: RegExp): string {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((path) => kind.test(path));
  return join(directory, paths.sort().at(-1) as string);
}

function copyOf(directory: string): string {
  const copy = temporaryFolder();
  cpSync(directory, copy, { recursive: true });
  return copy;
}

/** A folder in which a process has flushed five times and was killed then. */
async function flushedFolder(): Promise<string> {
  const directory = temporaryFolder();
  const counts = new Counts('counts', 1, 'x'.repeat(600));
  const keeper = keeperOf(directory, counts);
  for (let flush = 1; flush <= 5; flush += 1) {
    counts.add('a');
    counts.add(`b${flush}`);
    await keeper.flush(5000);
  }
  return directory;
}

/** What is to be restored of the books of a folder, added up. */
async function foundIn(folder: string): Promise<Record<string, number>> {
  const books = await Promise.all(readdirSync(folder).map((id) => readBook(join(folder, id), 'counts', id)));
  const counts = new Counts();
  for (const { entries, version } of uncounted(books, new Set())) counts.restore(entries, version);
  return counts.all;
}

/** Which of five flushes are in what was found: all of the first ones, and of the next one the first line at most. */
function flushesIn({ a = 0, ...others }: Record<string, number>): number {
  expect(Object.keys(others)).toEqual(Object.keys(others).map((_, index) => `b${index + 1}`));
  expect([a, a - 1]).toContain(Object.keys(others).length);
  return a;
}

it('a journal that was cut at any byte gives what was written before', async () => {
  const directory = await flushedFolder();
  const journal = fileIn(directory, /journal$/);
  let last = 5;
  for (let length = statSync(journal).size; length >= 0; length -= 1) {
    truncateSync(journal, length);
    const flushes = flushesIn(await foundIn(join(directory, 'shop/0/counts')));
    expect([last, last - 1]).toContain(flushes);
    last = flushes;
  }
  expect(last).toBe(1);
});

it('a journal of which a byte was turned gives what was written before it', async () => {
  const directory = await flushedFolder();
  const journal = fileIn(directory, /journal$/);
  const bytes = readFileSync(journal);
  let last = 1;
  for (let offset = 0; offset < bytes.length; offset += 3) {
    const turned = Buffer.from(bytes);
    turned[offset] = (turned[offset] as number) ^ 0x10;
    writeFileSync(journal, turned);
    const flushes = flushesIn(await foundIn(join(directory, 'shop/0/counts')));
    expect([last, last + 1]).toContain(flushes);
    last = flushes;
  }
});

it('a process that finds a journal cut says so, and goes on from what was before', async () => {
  const directory = await flushedFolder();
  const { size } = statSync(fileIn(directory, /journal$/));
  for (const length of [0, 1, 20, size >> 1, size - 1]) {
    const copy = copyOf(directory);
    truncateSync(fileIn(copy, /journal$/), length);
    lines.length = 0;
    const found = await restoredIn(copy);
    const isWhole = length === 0;
    expect(lines).toEqual(isWhole ? [] : [expect.stringContaining('1.journal ends in the middle of a write at byte')]);
    expect(await restoredIn(copy)).toEqual(found);
  }
});

it('a last snapshot that is damaged anywhere loses nothing that was taken up into it', async () => {
  const directory = await flushedFolder();
  anotherProcess();
  const counts = new Counts();
  const keeper = keeperOf(directory, counts);
  await keeper.open();
  counts.add('a', 10);
  await keeper.flush(5000);
  const expected = await restoredIn(copyOf(directory));
  expect(expected).toEqual({ a: 15, b1: 1, b2: 1, b3: 1, b4: 1, b5: 1 });
  const ids = readdirSync(join(directory, 'shop/0/counts'));
  expect(ids).toHaveLength(2);
  const own = ids.find((id) =>
    readFileSync(join(directory, 'shop/0/counts', id, '1.snapshot'), 'utf8').includes(`["${other(ids, id)}"]`),
  );
  const snapshot = `shop/0/counts/${own}/1.snapshot`;
  const bytes = readFileSync(join(directory, snapshot));
  for (let offset = 0; offset < bytes.length; offset += 1) {
    const turned = Buffer.from(bytes);
    turned[offset] = (turned[offset] as number) ^ 0x10;
    writeFileSync(join(directory, snapshot), turned);
    expect(await foundIn(join(directory, 'shop/0/counts'))).toEqual(expected);
  }
});

it('a snapshot that is damaged has the one before and its journal to stand in', async () => {
  const directory = temporaryFolder();
  const counts = new Counts('counts', 1, 'x'.repeat(400));
  const keeper = keeperOf(directory, counts);
  for (let flush = 0; flush < 10; flush += 1) {
    for (let key = 0; key < 40; key += 1) counts.add(`key ${key}`);
    await keeper.flush(5000);
  }
  const expected = await restoredIn(copyOf(directory));
  expect(Object.values(expected)).toEqual(Array.from({ length: 40 }, () => 10));
  const snapshot = fileIn(directory, /snapshot$/);
  const { size } = statSync(snapshot);
  for (const length of [0, 1, 50, size >> 1, size - 1]) {
    const copy = copyOf(directory);
    truncateSync(fileIn(copy, /snapshot$/), length);
    lines.length = 0;
    expect(await restoredIn(copy)).toEqual(expected);
    expect(lines).toEqual([
      expect.stringMatching(/snapshot ends in the middle of a write at byte \d+: what is before it is used/),
    ]);
  }
});

it('what cannot be read is kept aside, once, for its owner alone, and told once', async () => {
  const directory = await flushedFolder();
  appendFileSync(fileIn(directory, /journal$/), 'nonsense');
  expect((await restoredIn(directory)).a).toBe(5);
  const kept = join(directory, 'shop/counts.damaged');
  expect(readFileSync(kept, 'utf8')).toBe('nonsense');
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^otel-monitor: \S+1\.journal ends in the middle of a write at byte \d+: .* the rest is in \S+counts\.damaged\n$/,
  );
  // it is in a snapshot of its own by now
  lines.length = 0;
  expect((await restoredIn(directory)).a).toBe(5);
  expect(lines).toEqual([]);
});

it('files of a later version are left to it', async () => {
  const directory = await flushedFolder();
  const later = fileIn(directory, /snapshot$/);
  const { encodeLine } = await import('../../src/files/line.js');
  const bytes = encodeLine('{"format":2,"anything":true}') as Buffer;
  writeFileSync(later, bytes);
  anotherProcess();
  freeAll(directory);
  const counts = new Counts();
  counts.add('new');
  const keeper = keeperOf(directory, counts);
  await keeper.flush(5000);
  expect(keeper.status().problems).toEqual([expect.stringContaining('was written by a later version')]);
  expect(await restoredIn(directory)).toEqual({ new: 1 });
  expect(readFileSync(later)).toEqual(bytes);
});

it('anything at all in the place of files is survived', async () => {
  const directory = await flushedFolder();
  for (const [index, bytes] of [
    Buffer.alloc(0),
    Buffer.alloc(5000),
    Buffer.from('{}\n'),
    Buffer.from('\n\n\n'),
  ].entries()) {
    const copy = copyOf(directory);
    writeFileSync(fileIn(copy, index % 2 === 0 ? /journal$/ : /snapshot$/), bytes);
    writeFileSync(join(copy, 'shop/0/counts/not-a-book'), 'x');
    writeFileSync(join(copy, 'shop/not-a-slot'), 'x');
    await expect(restoredIn(copy)).resolves.toBeDefined();
  }
});

function other(ids: readonly string[], id: string): string {
  return ids.find((each) => each !== id) as string;
}
