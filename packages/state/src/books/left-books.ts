import { readdirSync, renameSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DurableState, StateEntry } from '@otel-monitor/runtime';
import { makeHeader } from '../files/header.js';
import { makeFoldersNow } from '../place/make-folders.js';
import { ownFolderNow } from '../place/own-folder.js';
import { newBookId } from './book-files.js';
import { type LastWrite, writeLastFile } from './last-file.js';
import { ownBooks } from './own-books.js';

/** Most books of one state that wait there; a program that dies at each start leaves one a time. */
const MOST_LEFT = 1000;
/** What is written for longer is not written any more. */
const UNFINISHED_FOR_MILLIS = 60_000;
const UNFINISHED = 'unfinished-';

/** Where processes that held no slot yet leave what they have, for the next one that opens. */
export function leftFolder(serviceFolder: string, state: string): string {
  return join(serviceFolder, 'left', state);
}

/** Deletes what a process left that was killed while it wrote: nobody will take it. Never rejects. */
export async function sweepLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(UNFINISHED)) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > UNFINISHED_FOR_MILLIS) await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

/** Writes at once, into a book of its own, what a process has that ends before it had a slot. May throw. */
export function leaveBook(
  serviceFolder: string,
  state: DurableState,
  changes: readonly StateEntry[],
  deadline: number,
): LastWrite {
  if (changes.length === 0) return { bytes: 0, leftOut: 0 };
  makeFoldersNow(dirname(serviceFolder));
  const folder = leftFolder(serviceFolder, state.name);
  for (const path of [serviceFolder, join(serviceFolder, 'left'), folder]) ownFolderNow(path);
  if (readdirSync(folder).length >= MOST_LEFT) return { bytes: 0, leftOut: changes.length };
  const id = newBookId();
  // under a name that nobody takes until it is whole
  const unfinished = join(folder, `${UNFINISHED}${id}`);
  ownFolderNow(unfinished);
  const header = makeHeader(state.name, state.version, id, [...ownBooks()]);
  const written = writeLastFile(unfinished, header, changes, deadline);
  renameSync(unfinished, join(folder, id));
  return written;
}
