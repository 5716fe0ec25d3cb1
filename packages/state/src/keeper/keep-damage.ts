import { rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DamagedFile } from '../books/read-book.js';
import { DiskFile } from '../files/disk-file.js';

/**
 * Keeps what cannot be read of a file aside, in the place of what was kept before. Says in one line what is wrong. Never
 * rejects.
 */
export async function keepDamage(serviceFolder: string, { path, offset, what, rest }: DamagedFile, state: string) {
  const kept = join(serviceFolder, `${state}.damaged`);
  const unfinished = `${kept}.tmp`;
  let isKept = rest.length > 0;
  if (isKept) {
    try {
      await unlink(unfinished).catch(() => {});
      const file = await DiskFile.create(unfinished);
      await file.append(rest).finally(() => file.close());
      await rename(unfinished, kept);
    } catch {
      isKept = false;
    }
  }
  const words = what === 'torn' ? 'ends in the middle of a write' : 'is damaged';
  return `${path} ${words} at byte ${offset}: what is before it is used${isKept ? `, the rest is in ${kept}` : ''}`;
}
