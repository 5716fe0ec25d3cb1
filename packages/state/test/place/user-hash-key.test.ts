import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { existingUserHashKey, keptUserHashKey } from '../../src/place/user-hash-key.js';
import { temporaryFolder } from '../folders.js';

it('is random, and the same from then on', async () => {
  const folder = temporaryFolder();
  const key = await keptUserHashKey(folder);
  expect(key).toMatch(/^[\da-f]{64}$/);
  expect(await keptUserHashKey(folder)).toBe(key);
  expect(await keptUserHashKey(temporaryFolder())).not.toBe(key);
});

it('many that start at the same time agree on one', async () => {
  const folder = temporaryFolder();
  const keys = await Promise.all(Array.from({ length: 30 }, () => keptUserHashKey(folder)));
  expect(new Set(keys).size).toBe(1);
  expect(readdirSync(folder)).toEqual(['user-hash.key']);
});

it('is for its owner alone', async () => {
  const folder = temporaryFolder();
  await keptUserHashKey(folder);
  expect(statSync(join(folder, 'user-hash.key')).mode & 0o777).toBe(0o600);
});

it('a file that holds no key is told, and stays', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'user-hash.key'), 'short', { mode: 0o600 });
  await expect(keptUserHashKey(folder)).rejects.toThrow('user-hash.key holds no key');
  expect(readFileSync(join(folder, 'user-hash.key'), 'utf8')).toBe('short');
});

it('is found where it is, and not made where it is not, by who only looks', async () => {
  const folder = temporaryFolder();
  expect(await existingUserHashKey(folder)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
  const key = await keptUserHashKey(folder);
  expect(await existingUserHashKey(folder)).toBe(key);
  expect(await existingUserHashKey(join(folder, 'none'))).toBeUndefined();
  chmodSync(folder, 0o777);
  expect(await existingUserHashKey(folder)).toBeUndefined();
});
