import { mkdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

const FOLDER_MODE = 0o700;

/**
 * Makes a folder and those above it that are missing, for their owner alone; one that is there stays as it is. Each is tried
 * once: Node's own way tries for ever in a file system that lets nobody make anything, as /proc does.
 */
export async function makeFolders(path: string): Promise<void> {
  for (const folder of fromTheTop(path)) await mkdir(folder, FOLDER_MODE).catch(unlessThere(folder, path));
}

/** The same at once, for the end of the process. */
export function makeFoldersNow(path: string): void {
  for (const folder of fromTheTop(path)) {
    try {
      mkdirSync(folder, FOLDER_MODE);
    } catch (error) {
      unlessThere(folder, path)(error);
    }
  }
}

/** The folders on the way to a path, the path itself last. */
function fromTheTop(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [...fromTheTop(above), path];
}

/** What is above may be there and not to be written: that it is missing shows at the next one. */
function unlessThere(folder: string, path: string): (error: unknown) => void {
  return (error) => {
    if (folder === path && (error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  };
}
