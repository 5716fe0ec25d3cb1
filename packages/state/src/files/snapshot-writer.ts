import { open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { StateEntry } from '@otel-monitor/runtime';
import { DiskFile } from './disk-file.js';
import { endLine, jsonOf, wholeLine } from './entry-line.js';
import type { FileHeader } from './header.js';
import { encodeLine } from './line.js';

/** So much is written at once: less than a millisecond of work between two turns of the event loop. */
const PIECE_BYTES = 65_536;

export interface WrittenSnapshot {
  readonly bytes: number;
  /** Entries that found no room, or are no data. */
  readonly leftOut: number;
}

/** Where a snapshot is written, and under which name it is to be found once it is whole. */
export interface SnapshotPlace {
  readonly folder: string;
  readonly unfinished: string;
  readonly name: string;
}

/**
 * Writes all entries to a file that gets its name only when it is whole and on the disk. Entries are taken from the iterable
 * bit by bit, with turns of the event loop between.
 */
export async function writeSnapshot(
  { folder, unfinished, name }: SnapshotPlace,
  header: FileHeader,
  entries: Iterable<StateEntry>,
  mostBytes: number,
): Promise<WrittenSnapshot> {
  const path = join(folder, unfinished);
  await unlink(path).catch(() => {});
  const file = await DiskFile.create(path);
  try {
    const written = await writeEntries(file, header, entries, mostBytes);
    await file.sync();
    await file.close();
    await rename(path, join(folder, name));
    await syncFolder(folder);
    return written;
  } catch (error) {
    await file.close();
    await unlink(path).catch(() => {});
    throw error;
  }
}

async function writeEntries(
  file: DiskFile,
  header: FileHeader,
  entries: Iterable<StateEntry>,
  mostBytes: number,
): Promise<WrittenSnapshot> {
  const first = encodeLine(JSON.stringify(header));
  if (first === undefined) throw new Error('the header is too long');
  let piece = [first];
  let pieceBytes = first.length;
  let bytes = first.length;
  let count = 0;
  let leftOut = 0;
  for (const [key, value] of entries) {
    const json = jsonOf(value);
    const line = json === undefined ? undefined : wholeLine(key, json);
    if (line === undefined || bytes + line.length > mostBytes) {
      leftOut += 1;
      continue;
    }
    piece.push(line);
    pieceBytes += line.length;
    bytes += line.length;
    count += 1;
    if (pieceBytes < PIECE_BYTES) continue;
    await file.append(Buffer.concat(piece));
    piece = [];
    pieceBytes = 0;
  }
  const end = endLine(count);
  await file.append(Buffer.concat([...piece, end]));
  return { bytes: bytes + end.length, leftOut };
}

/** The new name is on the disk when its folder is; not every system can say so. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close().catch(() => {});
}
