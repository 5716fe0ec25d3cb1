import { copied } from '@otel-monitor/runtime';
import type { UserSketches } from './user-sketches.js';

/** For so long after the first of them a key may still come. */
const WAIT_MILLIS = 60_000;
const MAX_PAIRS = 4096;
/** Of all ids together. */
const MAX_CHARACTERS = 500_000;

/**
 * Users who came before the key was known: whoever keeps it on disk reads it after the start. Their ids wait here, each with
 * where it was counted, so that they can be counted under the key when it comes. For a minute, and in memory only.
 */
export class EarlyUsers<Users extends object = UserSketches> {
  #ids = new Map<Users, Set<string>>();
  #pairs = 0;
  #characters = 0;
  #firstMillis: number | undefined;
  #isOver = false;

  /** Remembers an id that is counted under the process's own key. */
  add(users: Users, id: string, nowMillis: number): void {
    if (this.#isOver) return;
    this.#firstMillis ??= nowMillis;
    // a clock that was set back must not make them wait for longer
    if (Math.abs(nowMillis - this.#firstMillis) > WAIT_MILLIS) {
      this.#end();
      return;
    }
    let ids = this.#ids.get(users);
    if (ids === undefined) {
      ids = new Set();
      this.#ids.set(users, ids);
    }
    if (ids.has(id)) return;
    this.#pairs += 1;
    this.#characters += id.length;
    // one that is missing would be lost with the sketch: then the sketch of the process's key stays
    if (this.#pairs > MAX_PAIRS || this.#characters > MAX_CHARACTERS) this.#end();
    // a copy, as an id cut out of a large text would keep all of the text
    else ids.add(copied(id));
  }

  /** Gives all of them, once; nothing when it took too long or there were too many. */
  take(): ReadonlyMap<Users, ReadonlySet<string>> {
    const ids = this.#ids;
    this.#end();
    return ids;
  }

  #end(): void {
    this.#isOver = true;
    this.#ids = new Map();
    this.#pairs = 0;
  }
}
