import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DurableState, RestoreResult, StateEntry } from '@otel-monitor/runtime';
import { ownFolder } from '../place/own-folder.js';
import { Book } from './book.js';
import { isBookId } from './book-files.js';
import type { DiskBudget } from './disk-budget.js';
import type { LastWrite } from './last-file.js';
import { leaveBook } from './left-books.js';
import { ownBooks } from './own-books.js';
import { type DamagedFile, type ReadBook, readBook } from './read-book.js';
import { Restoring } from './restoring.js';
import { uncounted } from './uncounted.js';

/** What a shelf tells of what it finds. */
export interface ShelfEvents {
  damaged(file: DamagedFile, state: string): void | Promise<void>;
  restored(result: RestoreResult): void;
  /** A book that cannot be read, and is left where it is. */
  unreadable(error: unknown): void;
}

/** The books of one state in the slot of this process: those that others have left, and the one that it writes itself. */
export class Shelf {
  #book: Book | undefined;
  /** Books that are to be deleted once this process has written that many snapshots. */
  readonly #toDelete: { readonly id: string; readonly from: number }[] = [];
  #restoring: Restoring | undefined;

  constructor(
    private readonly folder: string,
    readonly state: DurableState,
    private readonly budget: DiskBudget,
    private readonly events: ShelfEvents,
    /** Whether changes were taken from the state before, and written nowhere. */
    private isBehind: boolean,
  ) {}

  get memoryBytes(): number {
    return this.#book?.memoryBytes ?? 0;
  }

  /** Moves the books of another folder in here. A book is in one place or the other at any time. */
  async takeFrom(folder: string): Promise<void> {
    const names = (await readdir(folder).catch(() => [])).filter(isBookId);
    if (names.length > 0) await ownFolder(this.folder);
    for (const name of names) {
      // whoever moves it has it
      await rename(join(folder, name), join(this.folder, name)).catch(() => {});
    }
  }

  /** Restores what stands in books that came in, and makes it part of the own one. Rejects when that cannot be written. */
  async takeUp(): Promise<void> {
    const books: ReadBook[] = [];
    for (const id of await readdir(this.folder).catch(() => [])) {
      if (!isBookId(id) || id === this.#book?.id || this.#book?.includes.has(id)) continue;
      const book = await this.#read(id);
      if (book !== undefined) books.push(book);
    }
    if (books.length === 0) return;
    this.#book ??= await this.#begin();
    // until they are in a snapshot of ours only that can be the next write
    this.#book.invalidate();
    const found = uncounted(books, this.#book.includes);
    const isCovered = coveredIds(books);
    for (const { id, damages } of books) {
      if (!isCovered.has(id)) for (const damage of damages) await this.events.damaged(damage, this.state.name);
    }
    for (const from of found) {
      this.#restoring = new Restoring(from, this.state, this.events.restored);
      await this.#restoring.run();
      this.#restoring = undefined;
      this.#book.includes.add(from.id);
    }
    const restored = new Set(found.map(({ id }) => id));
    for (const { id } of books) {
      this.#book.includes.add(id);
      // what was restored stays until a second snapshot stands beside the first
      this.#toDelete.push({ id, from: this.#book.generation + (restored.has(id) ? 2 : 1) });
    }
    await this.flush();
  }

  /** Writes what has changed. Rejects when it could not be written: then all of it is in the next write. */
  async flush(): Promise<void> {
    const changes = this.#changes();
    if (this.#book === undefined) {
      if (changes.length === 0 && !this.isBehind) return;
      this.#book = await this.#begin();
    }
    await this.#book.flush(changes);
    this.isBehind = false;
    await this.#deleteTakenUp(this.#book);
  }

  /** Writes at once what is not in the files; for the end of the process. May throw. */
  writeLast(serviceFolder: string, deadline: number): LastWrite {
    if (this.#book === undefined) {
      const left = this.isBehind ? [...this.state.entries()] : this.#changes();
      return leaveBook(serviceFolder, this.state, left, deadline);
    }
    if (this.#restoring !== undefined) {
      this.#restoring.finish();
      this.#book.includes.add(this.#restoring.id);
      this.#restoring = undefined;
    }
    return this.#book.writeLast(this.#changes(), deadline);
  }

  close(): Promise<void> | undefined {
    return this.#book?.close();
  }

  #changes(): StateEntry[] {
    return [...this.state.takeChanges()];
  }

  async #begin(): Promise<Book> {
    await ownFolder(this.folder);
    const book = await Book.begin(this.folder, this.state, this.budget);
    // written before monitoring was ended and started again: it is in memory still
    for (const id of ownBooks()) book.includes.add(id);
    ownBooks().add(book.id);
    return book;
  }

  async #read(id: string): Promise<ReadBook | undefined> {
    try {
      const folder = join(this.folder, id);
      await ownFolder(folder);
      const book = await readBook(folder, this.state.name, id);
      if (book.damages.some(({ what }) => what === 'of a later version')) {
        this.events.unreadable(new Error(`${folder} was written by a later version`));
        return undefined;
      }
      return book;
    } catch (error) {
      this.events.unreadable(error);
      return undefined;
    }
  }

  async #delete(id: string, book: Book): Promise<void> {
    try {
      await rm(join(this.folder, id), { recursive: true, force: true });
      // what is not there any more need not be told
      book.includes.delete(id);
    } catch {
      // the next process tries again
    }
  }

  async #deleteTakenUp(book: Book): Promise<void> {
    for (const { id, from } of this.#toDelete.splice(0)) {
      if (book.generation < from) this.#toDelete.push({ id, from });
      else await this.#delete(id, book);
    }
  }
}

/** Books that others hold the whole content of. */
function coveredIds(books: readonly ReadBook[]): Set<string> {
  return new Set(books.flatMap(({ includes }) => [...includes]));
}
