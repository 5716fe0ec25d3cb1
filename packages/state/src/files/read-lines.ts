import { asHeader, type FileHeader, isOfLaterFormat } from './header.js';
import { decodeLine } from './line.js';
import { applyPatch } from './patch.js';
import { Turns } from './turns.js';

/** What a file was found to hold. */
export interface FileContent {
  /** Undefined: nothing of the file can be used. */
  readonly header: FileHeader | undefined;
  /** The last value of each key; undefined: the key is gone. */
  readonly entries: ReadonlyMap<string, unknown>;
  /** Whether the last line is the one that ends a snapshot. */
  readonly isComplete: boolean;
  readonly damage: Damage | undefined;
}

/** Where a file stops making sense, and how. */
export interface Damage {
  /** Bytes from the beginning of the file; what is before them is used. */
  readonly offset: number;
  readonly what: 'torn' | 'damaged' | 'of a later version';
}

/**
 * Reads a file line by line up to the first one that is not whole. The event loop has its turn every few milliseconds.
 * Total on any bytes.
 */
export async function readLines(bytes: Buffer, state: string, book: string): Promise<FileContent> {
  const entries = new Map<string, unknown>();
  const turns = new Turns();
  let header: FileHeader | undefined;
  let isComplete = false;
  let count = 0;
  let offset = 0;
  let what: Damage['what'] | undefined;
  while (offset < bytes.length) {
    const line = decodeLine(bytes, offset);
    what = 'bad' in line ? line.bad : undefined;
    if ('bad' in line) break;
    if (header === undefined) {
      header = asHeader(line.record, state, book);
      if (header === undefined) what = isOfLaterFormat(line.record) ? 'of a later version' : 'damaged';
    } else if (isEnd(line.record, count)) isComplete = true;
    else if (take(line.record, entries)) count += 1;
    else what = 'damaged';
    if (what !== undefined) break;
    offset = line.end;
    await turns.next();
  }
  return { header, entries, isComplete, damage: what === undefined ? undefined : { offset, what } };
}

function isEnd(record: unknown, count: number): boolean {
  return Array.isArray(record) && record[0] === 'end' && record[1] === count;
}

/** False: the line is none of ours. */
function take(record: unknown, entries: Map<string, unknown>): boolean {
  if (!Array.isArray(record) || typeof record[1] !== 'string') return false;
  const [kind, key, value] = record as [unknown, string, unknown];
  if (kind === '=') entries.set(key, value);
  else if (kind === '-') entries.set(key, undefined);
  else if (kind === '~') {
    try {
      entries.set(key, applyPatch(entries.get(key), value));
    } catch {
      return false;
    }
  } else return false;
  return true;
}
