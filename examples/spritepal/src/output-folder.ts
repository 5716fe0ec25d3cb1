import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';

/** Folders that batches are written into, one after another and then from the first again: disk use stays bounded. */
export const BATCH_FOLDERS = 16;

/** Where pictures go when `--out` is not given: a folder of the user's own beside other temporary files. */
export function defaultOutputFolder(): string {
  return join(tmpdir(), `otel-monitor-spritepal-${ownerName()}`);
}

/** The folder for a batch; it is made when it is not there. */
export async function batchFolder(output: string, batch: number): Promise<string> {
  const folder = join(output, `batch-${String(batch % BATCH_FOLDERS).padStart(2, '0')}`);
  await makeFolder(folder);
  return folder;
}

/** The name that a sheet's file has in its folder: the place, not the sheet, so that a later one takes it over. */
export function sheetFile(place: number): string {
  return `sheet-${place}.png`;
}

function ownerName(): string {
  try {
    return userInfo().username.replace(/[^\w.-]/g, '_');
  } catch {
    // A container may run as a number that has no name.
    return String(process.getuid?.() ?? 'user');
  }
}
