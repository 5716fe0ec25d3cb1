import { chmodSync, lstatSync, mkdirSync, type Stats } from 'node:fs';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { folderProblem, UnusablePlace } from './ownership.js';

const FOLDER_MODE = 0o700;
const OTHERS = 0o077;

/**
 * Makes a folder for its owner alone, or takes one that is there and is.
 *
 * @throws UnusablePlace when it is a link, belongs to somebody else or can be written by others
 */
export async function ownFolder(path: string): Promise<void> {
  await mkdir(path, { mode: FOLDER_MODE }).catch(unlessThere);
  if (isOpenToRead(path, await lstat(path))) await chmod(path, FOLDER_MODE);
}

/** The same at once, for the end of the process. */
export function ownFolderNow(path: string): void {
  try {
    mkdirSync(path, { mode: FOLDER_MODE });
  } catch (error) {
    unlessThere(error);
  }
  if (isOpenToRead(path, lstatSync(path))) chmodSync(path, FOLDER_MODE);
}

function unlessThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}

function isOpenToRead(path: string, stats: Stats): boolean {
  const problem = folderProblem(path, stats);
  if (problem !== undefined) throw new UnusablePlace(problem);
  return process.geteuid !== undefined && (stats.mode & OTHERS) !== 0;
}
