import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type DurableState, ownCost, type StateEntry } from '@otel-monitor/runtime';
import { ChangeLines } from '../files/change-lines.js';
import { DiskFile } from '../files/disk-file.js';
import { makeHeader } from '../files/header.js';
import { encodeLine } from '../files/line.js';
import { writeSnapshot } from '../files/snapshot-writer.js';
import { ownFolder } from '../place/own-folder.js';
import { journalFile, newBookId, snapshotFile, UNFINISHED_SNAPSHOT } from './book-files.js';
import type { DiskBudget } from './disk-budget.js';
import { type LastWrite, writeLastFile } from './last-file.js';

/** A journal shorter than this is not worth a new snapshot. */
const LEAST_COMPACTED_BYTES = 65_536;

/** What one process writes of one state, as it goes on. Calls of its methods wait for each other at the caller's. */
export class Book {
  /** Books whose content is in memory, and so in all that is written from now on. */
  readonly includes = new Set<string>();
  #number = 0;
  #snapshotBytes = 0;
  #bytesBefore = 0;
  #journal: DiskFile | undefined;
  #lines = new ChangeLines();
  /** Changes that were taken and may not be in the files yet; `all`: only a snapshot will have them. */
  #unwritten: readonly StateEntry[] | 'all' = 'all';

  private constructor(
    readonly id: string,
    private readonly folder: string,
    private readonly state: DurableState,
    private readonly budget: DiskBudget,
  ) {}

  /** Begins a book in the folder of a state. */
  static async begin(stateFolder: string, state: DurableState, budget: DiskBudget, id = newBookId()): Promise<Book> {
    const folder = join(stateFolder, id);
    await ownFolder(folder);
    return new Book(id, folder, state, budget);
  }

  /** How many snapshots were written. */
  get generation(): number {
    return this.#number;
  }

  get memoryBytes(): number {
    return this.#lines.memoryBytes;
  }

  /** From now on only a snapshot tells the truth: what other books hold has come into memory. */
  invalidate(): void {
    this.#unwritten = 'all';
  }

  /** Writes what has changed, or all where that is shorter in the long run. Rejects when it could not be written. */
  async flush(changes: readonly StateEntry[]): Promise<void> {
    if (this.#unwritten === 'all') return this.#writeSnapshot();
    if (changes.length === 0) return;
    this.#unwritten = changes;
    const lines: Buffer[] = [];
    for (const change of changes) {
      const line = this.#lines.line(change);
      if (line === undefined) this.budget.leftOut += 1;
      else if (line.length > 0) lines.push(line);
    }
    const bytes = Buffer.concat(lines);
    if (bytes.length > this.budget.left) {
      this.#unwritten = 'all';
      return this.#writeSnapshot();
    }
    if (bytes.length > 0) await this.#append(bytes);
    this.#unwritten = [];
    const length = this.#journal?.length ?? 0;
    if (length > Math.max(LEAST_COMPACTED_BYTES, this.#snapshotBytes)) await this.#writeSnapshot();
  }

  /** Writes all entries and begins a new journal. What is before the last snapshot is deleted then. */
  async #writeSnapshot(): Promise<void> {
    await this.#deleteBefore();
    const number = this.#number + 1;
    const place = { folder: this.folder, unfinished: UNFINISHED_SNAPSHOT, name: snapshotFile(number) };
    const { bytes, leftOut } = await writeSnapshot(place, this.#header(), this.state.entries(), this.budget.left);
    ownCost.bytesWritten(bytes);
    this.budget.add(bytes);
    this.budget.leftOut += leftOut;
    await this.#journal?.close();
    this.#bytesBefore = this.#snapshotBytes + (this.#journal?.length ?? 0);
    this.#journal = undefined;
    this.#lines = new ChangeLines();
    this.#snapshotBytes = bytes;
    this.#number = number;
    this.#unwritten = [];
  }

  /** Writes at once what is not in the files, given what has changed since; for the end of the process. */
  writeLast(changes: readonly StateEntry[], deadline: number): LastWrite {
    const entries = this.#unwritten === 'all' ? this.state.entries() : new Map([...this.#unwritten, ...changes]);
    return writeLastFile(this.folder, this.#header(), entries, deadline);
  }

  /** After this the book is as it is. */
  async close(): Promise<void> {
    await this.#journal?.close();
    this.#journal = undefined;
    // should it go on, then with a file that nobody else has open
    this.#unwritten = 'all';
  }

  async #append(bytes: Buffer): Promise<void> {
    try {
      if (this.#journal === undefined) {
        const journal = await DiskFile.create(join(this.folder, journalFile(this.#number)));
        this.#journal = journal;
        await journal.append(encodeLine(JSON.stringify(this.#header())) as Buffer);
        this.budget.add(journal.length);
      }
      await this.#journal.append(bytes);
      this.budget.add(bytes.length);
      ownCost.bytesWritten(bytes.length);
      await this.#journal.sync();
    } catch (error) {
      // what was taken is nowhere now, and patches may build on a line that is not there
      this.#unwritten = 'all';
      throw error;
    }
  }

  async #deleteBefore(): Promise<void> {
    const before = this.#number - 1;
    if (before < 1) return;
    // together: a snapshot without its journal would be an older truth
    await unlink(join(this.folder, snapshotFile(before))).catch(() => {});
    await unlink(join(this.folder, journalFile(before))).catch(() => {});
    this.budget.remove(this.#bytesBefore);
    this.#bytesBefore = 0;
  }

  #header() {
    return makeHeader(this.state.name, this.state.version, this.id, [...this.includes]);
  }
}
