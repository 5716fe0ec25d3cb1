import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { redirectReports } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StateKeeper } from '../../src/index.js';
import { Counts } from '../counts.js';
import { temporaryFolder } from '../folders.js';
import { anotherProcess, keeperOf, restoredIn } from '../keepers.js';

const lines: string[] = [];
let restore: () => void;
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

beforeEach(() => {
  anotherProcess();
  lines.length = 0;
  restore = redirectReports((line) => lines.push(line));
});
afterEach(() => restore());

/** What comes of keeping in a folder: nothing, for a reason; the counts go on in memory. */
async function refusal(directory: string): Promise<string> {
  const counts = new Counts();
  counts.add('a');
  const keeper = keeperOf(directory, counts);
  await keeper.flush(5000);
  await keeper.flush(5000);
  keeper.writeLast();
  expect(keeper.status()).toMatchObject({ state: 'unavailable', flushes: 0, failedFlushes: 2 });
  expect(counts.all).toEqual({ a: 1 });
  const { problems } = keeper.status();
  expect(problems).toHaveLength(1);
  // said once, since somebody chose the folder
  expect(lines).toEqual([`otel-monitor: ${problems[0]}\n`]);
  return problems[0] as string;
}

describe('a folder that is not ours alone', () => {
  it('is not used when it is a symbolic link', async () => {
    const directory = temporaryFolder();
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(directory, 'shop'));
    expect(await refusal(directory)).toBe(
      `error groups and usage are not kept: ${join(directory, 'shop')} is a symbolic link`,
    );
    expect(existsSync(join(elsewhere, '0'))).toBe(false);
  });

  it('is not used when others can write to it', async () => {
    const directory = temporaryFolder();
    mkdirSync(join(directory, 'shop'));
    chmodSync(join(directory, 'shop'), 0o770);
    expect(await refusal(directory)).toContain('can be written by others');
  });

  it.skipIf(!isRoot)('is not used when it belongs to somebody else (needs root)', async () => {
    const directory = temporaryFolder();
    mkdirSync(join(directory, 'shop'), { mode: 0o700 });
    chownSync(join(directory, 'shop'), NOBODY, NOBODY);
    expect(await refusal(directory)).toContain('belongs to somebody else');
  });

  it('is not used when it is a file', async () => {
    const directory = temporaryFolder();
    writeFileSync(join(directory, 'shop'), '');
    expect(await refusal(directory)).toContain('is no folder');
  });

  it('is closed to readers and used when it is ours', async () => {
    const directory = temporaryFolder();
    mkdirSync(join(directory, 'shop'));
    chmodSync(join(directory, 'shop'), 0o755);
    const counts = new Counts();
    counts.add('a');
    await keeperOf(directory, counts).flush(5000);
    expect(statSync(join(directory, 'shop')).mode & 0o777).toBe(0o700);
    expect(await restoredIn(directory)).toEqual({ a: 1 });
  });

  it('a place that cannot be made is told once, where it was chosen', async () => {
    expect(await refusal('/proc/otel-monitor')).toMatch(/^error groups and usage are not kept: E[A-Z]+: /);
  });

  it('a default place that cannot be used is told in the status alone', async () => {
    const directory = temporaryFolder();
    writeFileSync(join(directory, 'otel-monitor'), '');
    const counts = new Counts();
    counts.add('a');
    const service = { name: 'shop', namespace: undefined };
    const keeper = new StateKeeper({ service, states: [counts], env: { XDG_STATE_HOME: directory } });
    await keeper.flush(5000);
    expect(keeper.status()).toMatchObject({ state: 'unavailable', problems: [expect.stringContaining('ENOTDIR')] });
    expect(lines).toEqual([]);
  });
});

describe('a file that is not ours alone', () => {
  /** A folder in which a process has kept something, and its snapshot. */
  async function kept() {
    const directory = temporaryFolder();
    const counts = new Counts();
    counts.add('a');
    const keeper = keeperOf(directory, counts);
    await keeper.flush(5000);
    const { readdirSync } = await import('node:fs');
    const book = join(directory, 'shop/0/counts', readdirSync(join(directory, 'shop/0/counts'))[0] as string);
    return { directory, book, snapshot: join(book, '1.snapshot') };
  }

  it('is not read through a symbolic link, and what is behind that stays', async () => {
    const { directory, snapshot } = await kept();
    const elsewhere = join(temporaryFolder(), 'passwords');
    writeFileSync(elsewhere, readFileSync(snapshot), { mode: 0o600 });
    const { unlinkSync } = await import('node:fs');
    unlinkSync(snapshot);
    symlinkSync(elsewhere, snapshot);
    expect(await restoredIn(directory)).toEqual({});
    expect(lines.join()).toContain('1.snapshot is a symbolic link');
    expect(existsSync(elsewhere)).toBe(true);
  });

  it('is not read when others can write to it', async () => {
    const { directory, snapshot } = await kept();
    chmodSync(snapshot, 0o622);
    expect(await restoredIn(directory)).toEqual({});
    expect(lines.join()).toContain('1.snapshot can be written by others');
  });

  it('is not written through a symbolic link that was laid beforehand', async () => {
    const directory = temporaryFolder();
    const victim = join(temporaryFolder(), 'victim');
    writeFileSync(victim, 'as it was');
    mkdirSync(join(directory, 'shop', '0'), { recursive: true, mode: 0o700 });
    symlinkSync(victim, join(directory, 'shop', 'user-hash.key'));
    symlinkSync(victim, join(directory, 'shop', '0', 'lock.1'));
    const counts = new Counts();
    counts.add('a');
    let key: string | undefined;
    const service = { name: 'shop', namespace: undefined };
    const useUserHashKey = (given: string) => {
      key = given;
    };
    const keeper = new StateKeeper({ service, states: [counts], directory, useUserHashKey });
    await keeper.flush(5000);
    expect(keeper.status().problems).toEqual([expect.stringContaining('user-hash.key is a symbolic link')]);
    expect(key).toBeUndefined();
    expect(readFileSync(victim, 'utf8')).toBe('as it was');
    expect(lstatSync(join(directory, 'shop', 'user-hash.key')).isSymbolicLink()).toBe(true);
  });
});
