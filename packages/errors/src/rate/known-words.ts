import type { ErrorGroup } from '../groups/error-group.js';

/** Words that gave the same group so often running are taken to give it again. */
const RUNNING = 16;
const MAX_RUNNING = 65_536;
/** Of the errors of known words the stack of one in so many is read. */
const ONE_IN = 16;
/** So many running within a second, or the words are not known; at rest for so long, they begin anew. */
const RUN_MILLIS = 1000;

/** What an error says of itself without its stack; of causes, name, message and code in turn. */
export interface ErrorWords {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly causes: readonly (string | undefined)[] | undefined;
  readonly severity: string;
  readonly operationName: string | undefined;
}

/** Errors with the same words, and the group that the last of them came into. */
export class KnownWords {
  /** Others with the same message. */
  next: KnownWords | undefined = undefined;
  group: ErrorGroup | undefined = undefined;
  errorType = '';
  #running = 0;
  #needed = RUNNING;
  #runSince = 0;
  #lastAt = 0;
  #sinceRead = 0;

  constructor(readonly words: ErrorWords) {}

  /** Whether an error with these words need not be read; asked once for each error. */
  isKnown(at: number): boolean {
    const rested = at - this.#lastAt;
    this.#lastAt = at;
    if (rested > RUN_MILLIS || rested < 0) {
      this.#running = 0;
      return false;
    }
    if (this.#running < this.#needed || this.#sinceRead >= ONE_IN - 1 || this.group?.isHeld !== true) return false;
    this.#sinceRead += 1;
    return true;
  }

  /** An error with these words was read, and came into this group. */
  read(group: ErrorGroup, errorType: string, at: number): void {
    this.#sinceRead = 0;
    this.errorType = errorType;
    if (group !== this.group) {
      // whoever was wrong once must be right for longer
      if (this.#running >= this.#needed) this.#needed = Math.min(MAX_RUNNING, this.#needed * 2);
      this.group = group;
      this.#running = 0;
    }
    if (this.#running === 0) this.#runSince = at;
    this.#running += 1;
    if (this.#running === this.#needed && at - this.#runSince > (RUN_MILLIS * this.#needed) / RUNNING) {
      this.#running = 1;
      this.#runSince = at;
    }
  }
}
