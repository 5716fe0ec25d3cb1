import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readOwnFile } from '../files/disk-file.js';
import { type Damage, type FileContent, readLines } from '../files/read-lines.js';
import { generations, journalFile, LAST_FILE, MAX_FILE_BYTES, snapshotFile } from './book-files.js';

/** What stands in a book, and of which other books it holds the content. */
export interface ReadBook {
  readonly id: string;
  /** Version of the values; undefined: nothing of the book can be used. */
  readonly version: number | undefined;
  /** The last value of each key; undefined: the key is gone. */
  readonly entries: ReadonlyMap<string, unknown>;
  /** Books whose content is in this one, all of it. */
  readonly includes: ReadonlySet<string>;
  /** Books whose content is in this one, as far as its entries go. */
  readonly includesOfEntries: ReadonlySet<string>;
  readonly damages: readonly DamagedFile[];
}

export interface DamagedFile extends Damage {
  readonly path: string;
  /** What stands behind the damage, up to a bound. */
  readonly rest: Buffer;
}

/** Of what cannot be read this much is kept aside. */
const MAX_REST_BYTES = 1_048_576;

/**
 * Reads a book: its last snapshot that is whole, then all that was written after it, in the order of writing. Where the
 * last snapshot is damaged the one before and its journal stand in for what it lacks.
 */
export async function readBook(folder: string, state: string, id: string): Promise<ReadBook> {
  const names = await readdir(folder);
  const damages: DamagedFile[] = [];
  const read = async (name: string): Promise<FileContent | undefined> => {
    if (!names.includes(name)) return undefined;
    const path = join(folder, name);
    const bytes = await readOwnFile(path, MAX_FILE_BYTES);
    if (bytes === undefined) return undefined;
    const content = await readLines(bytes, state, id);
    // a snapshot is never seen before it is whole
    const isCut = name.endsWith('snapshot') && !content.isComplete && content.damage === undefined;
    const damage: Damage | undefined = isCut ? { offset: bytes.length, what: 'torn' } : content.damage;
    if (damage !== undefined) {
      const { offset } = damage;
      damages.push({ ...damage, path, rest: Buffer.from(bytes.subarray(offset, offset + MAX_REST_BYTES)) });
    }
    return content;
  };

  const files: FileContent[] = [];
  const add = (content: FileContent | undefined) => {
    if (content !== undefined) files.unshift(content);
  };
  add(await read(LAST_FILE));
  let whole: FileContent | undefined;
  for (const number of generations(names)) {
    add(await read(journalFile(number)));
    const snapshot = await read(snapshotFile(number));
    add(snapshot);
    if (snapshot?.isComplete === true) {
      whole = snapshot;
      break;
    }
  }
  return joined(id, files, whole, damages);
}

function joined(
  id: string,
  files: readonly FileContent[],
  whole: FileContent | undefined,
  damages: readonly DamagedFile[],
): ReadBook {
  const entries = new Map<string, unknown>();
  const includesOfEntries = new Set<string>();
  for (const file of files) {
    if (file.header === undefined) continue;
    for (const [key, value] of file.entries) entries.set(key, value);
    for (const other of file.header.includes) includesOfEntries.add(other);
  }
  const includes = new Set(whole?.header?.includes ?? []);
  for (const other of includes) includesOfEntries.delete(other);
  const version = files.find(({ header }) => header !== undefined)?.header?.version;
  return { id, version, entries, includes, includesOfEntries, damages };
}
