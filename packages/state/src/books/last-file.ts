import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { StateEntry } from '@otel-monitor/runtime';
import { FILE_MODE, NEW_FILE } from '../files/disk-file.js';
import { goneLine, jsonOf, wholeLine } from '../files/entry-line.js';
import type { FileHeader } from '../files/header.js';
import { encodeLine } from '../files/line.js';
import { LAST_FILE } from './book-files.js';

/** Most that is written while the process stands still. */
const MOST_BYTES = 4 * 1024 * 1024;

/** So many entries are written however late it is: on a busy machine a process may stand still for long before the first. */
const IN_ANY_CASE = 100;

/** What became of the last write. */
export interface LastWrite {
  readonly bytes: number;
  /** Entries for which there was no time, no room, or that are no data. */
  readonly leftOut: number;
}

/**
 * Writes entries at once, to a file of their own: what is on its way to the journal from another thread may still arrive
 * there, before or after. Of many entries those that are written until `deadline` of `performance.now()`.
 */
export function writeLastFile(
  folder: string,
  header: FileHeader,
  entries: Iterable<StateEntry>,
  deadline: number,
): LastWrite {
  const lines: Buffer[] = [];
  let bytes = 0;
  let leftOut = 0;
  for (const [key, value] of entries) {
    if (bytes > MOST_BYTES || (lines.length >= IN_ANY_CASE && performance.now() > deadline)) {
      leftOut += 1;
      continue;
    }
    const json = value === undefined ? '' : jsonOf(value);
    const line = json === undefined ? undefined : json === '' ? goneLine(key) : wholeLine(key, json);
    if (line === undefined) leftOut += 1;
    else {
      lines.push(line);
      bytes += line.length;
    }
  }
  const first = encodeLine(JSON.stringify(header));
  if (lines.length === 0 || first === undefined) return { bytes: 0, leftOut };
  writeWhole(join(folder, LAST_FILE), Buffer.concat([first, ...lines]));
  return { bytes: first.length + bytes, leftOut };
}

function writeWhole(path: string, bytes: Buffer): void {
  const file = openSync(path, NEW_FILE, FILE_MODE);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written);
  } finally {
    closeSync(file);
  }
}
