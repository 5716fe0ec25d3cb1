import { join } from 'node:path';
import type { StateEntry } from '@otel-monitor/runtime';
import { expect, it } from 'vitest';
import { writeLastFile } from '../../src/books/last-file.js';
import { readBook } from '../../src/books/read-book.js';
import { makeHeader } from '../../src/files/header.js';
import { temporaryFolder } from '../folders.js';

const ID = '0123456789abcdef';
const header = makeHeader('counts', 1, ID, []);
const many = (count: number): StateEntry[] => Array.from({ length: count }, (_, key) => [`key ${key}`, { key }]);
const read = async (folder: string) => (await readBook(folder, 'counts', ID)).entries.size;

it('has what it was given, and what is gone', async () => {
  const folder = temporaryFolder();
  const written = writeLastFile(
    folder,
    header,
    [
      ['a', 1],
      ['b', undefined],
    ],
    performance.now() + 1000,
  );
  expect(written.leftOut).toBe(0);
  expect((await readBook(folder, 'counts', ID)).entries).toEqual(
    new Map([
      ['a', 1],
      ['b', undefined],
    ]),
  );
});

it('takes no longer than it may: what is too late is left out and counted', async () => {
  const folder = temporaryFolder();
  expect(writeLastFile(folder, header, many(5000), performance.now() - 1).leftOut).toBe(4900);
  expect(await read(folder)).toBe(100);
});

it('has the first entries however late it is', async () => {
  const folder = temporaryFolder();
  expect(writeLastFile(folder, header, many(20), performance.now() - 1000).leftOut).toBe(0);
  expect(await read(folder)).toBe(20);
});

it('is bounded in size', async () => {
  const folder = temporaryFolder();
  const large = Array.from({ length: 20 }, (_, key): StateEntry => [`key ${key}`, 'x'.repeat(500_000)]);
  const { leftOut, bytes } = writeLastFile(folder, header, large, performance.now() + 10_000);
  expect(leftOut).toBe(11);
  expect(bytes).toBeLessThan(4_194_304 + 600_000);
});

it('is not there when there is nothing to write', async () => {
  const folder = temporaryFolder();
  expect(writeLastFile(folder, header, [], performance.now())).toEqual({ bytes: 0, leftOut: 0 });
  await expect(read(join(folder))).resolves.toBe(0);
});
