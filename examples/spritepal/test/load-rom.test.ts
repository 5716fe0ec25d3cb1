import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRom, RomFileError } from '../src/load-rom.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spritepal-load-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('loading a file', () => {
  it('reads all of it', async () => {
    const path = join(folder, 'some.bin');
    const bytes = Uint8Array.from({ length: 100_001 }, (_, at) => (at * 7) & 255);
    await writeFile(path, bytes);
    const rom = await loadRom(path);
    expect(rom).toMatchObject({ name: 'some.bin', type: 'raw', title: 'some.bin' });
    expect(Buffer.compare(rom.bytes, bytes)).toBe(0);
  });

  it('says in one line why a file cannot be used', async () => {
    const missing = join(folder, 'missing.sfc');
    const empty = join(folder, 'empty.sfc');
    await writeFile(empty, '');
    const messages: string[] = [];
    for (const path of [missing, folder, empty]) {
      await loadRom(path).catch((error: unknown) => {
        expect(error).toBeInstanceOf(RomFileError);
        messages.push((error as Error).message);
      });
    }
    expect(messages).toEqual([
      `cannot read ${missing}: there is no such file`,
      `cannot read ${folder}: it is not a regular file`,
      `cannot read ${empty}: it is empty`,
    ]);
  });
});
