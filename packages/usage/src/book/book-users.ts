import { EarlyUsers } from '../users/early-users.js';
import type { SketchLog } from '../users/sketch-log.js';
import { UserCodes } from '../users/user-codes.js';
import { userIdText } from '../users/user-id.js';
import type { DayCell } from './day-cell.js';
import type { Today } from './today.js';
import type { UsageBook } from './usage-book.js';

/** How ids of users come into the sketches of a book, under which key. */
export class BookUsers {
  readonly #codes = new UserCodes((replaced, keyId) => this.#countAgain(replaced, keyId));
  readonly #early = new EarlyUsers();

  constructor(private readonly book: UsageBook) {}

  /**
   * Counts somebody as a user of the service, of the release that runs, and of a feature's day. What is no id is left out.
   *
   * @param given text, a number or a bigint
   */
  count(given: unknown, today: Today, nowMillis: number, cell?: DayCell): void {
    const id = userIdText(given);
    if (id === undefined) return;
    const { keyId } = this.#codes;
    const code = this.#codes.of(id);
    this.#add(today.service, keyId, code, id, nowMillis);
    if (today.release !== undefined) this.#add(today.release, keyId, code, id, nowMillis);
    if (cell !== undefined) this.#add(cell, keyId, code, id, nowMillis);
  }

  /** To be called before sketches are read: the key may have come since the last user. */
  settle(): void {
    this.#codes.settle();
  }

  /** Whether a sketch can be of use to this process alone. */
  isOwn({ keyId }: SketchLog): boolean {
    return keyId === this.#codes.ownKeyId;
  }

  #add(cell: DayCell, keyId: string, code: number, id: string, nowMillis: number): void {
    const { book } = this;
    const log = cell.users.ofKey(keyId);
    if (log === undefined) {
      book.dropped.users += 1;
      return;
    }
    if (this.#codes.isProcessKey) this.#early.add(cell.users, id, nowMillis);
    const { bytes } = log;
    if (!log.add(code)) return;
    book.changes.users(cell);
    if (log.bytes !== bytes) book.size.grew(log.bytes - bytes, cell.day);
  }

  /** The key has come: who came before it is counted under it, and not under the one that stood for it. */
  #countAgain(replaced: string, keyId: string): void {
    const { book } = this;
    const early = this.#early.take();
    for (const cell of book.cells()) {
      const ids = early.get(cell.users);
      if (ids === undefined) continue;
      book.changes.forgotten(cell, cell.users.forget(replaced));
      for (const id of ids) cell.users.add(keyId, this.#codes.of(id));
      book.changes.users(cell);
    }
  }
}
