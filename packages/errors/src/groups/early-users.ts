import { copied, runtimeState } from '@otel-monitor/runtime';
import type { ErrorGroup } from './error-group.js';

/** Ids of users that are remembered, over all groups. */
const MAX_NOTED = 1000;
/** A longer id is not remembered. */
const MAX_LENGTH = 256;

/**
 * Users of errors that happened before the key of the service was there: their hashes are by a key of this process alone,
 * and each of them would count a second time by the other key, and again after every restart. Their ids are remembered,
 * in memory only, until the key comes.
 */
export class EarlyUsers {
  /** Undefined: there were more than can be remembered, and what the group counted stays. */
  readonly #byGroup = new Map<ErrorGroup, Set<string> | undefined>();
  #noted = 0;

  /** An error of a group happened to a user. */
  note(group: ErrorGroup, userId: string): void {
    if (runtimeState.userHashKey !== undefined) return;
    const known = this.#byGroup.get(group);
    if (known === undefined && this.#byGroup.has(group)) return;
    if (known?.has(userId)) return;
    if (this.#noted >= MAX_NOTED || userId.length > MAX_LENGTH) {
      if (known !== undefined) this.#noted -= known.size;
      // as many groups are remembered as users at most
      if (known !== undefined || this.#byGroup.size < MAX_NOTED) this.#byGroup.set(group, undefined);
      return;
    }
    this.#noted += 1;
    // a copy: an id cut out of a large text would keep all of the text
    this.#byGroup.set(group, (known ?? new Set<string>()).add(copied(userId)));
  }

  /** Tells the users of each group that is to be counted anew, once the key is there. */
  settle(recount: (group: ErrorGroup, userIds: Iterable<string>) => void): void {
    if (this.#byGroup.size === 0 || runtimeState.userHashKey === undefined) return;
    const all = [...this.#byGroup];
    this.clear();
    for (const [group, userIds] of all) if (group.isHeld && userIds !== undefined) recount(group, userIds);
  }

  /** What is remembered of a group is of another one from now on. */
  move(from: ErrorGroup, into: ErrorGroup): void {
    if (!this.#byGroup.has(from)) return;
    const [moved, known] = [this.#byGroup.get(from), this.#byGroup.get(into)];
    this.#byGroup.delete(from);
    const isWhole = moved !== undefined && (known !== undefined || !this.#byGroup.has(into));
    this.#byGroup.set(into, isWhole ? new Set([...(known ?? []), ...moved]) : undefined);
  }

  clear(): void {
    this.#byGroup.clear();
    this.#noted = 0;
  }
}
