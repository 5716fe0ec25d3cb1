import type { ErrorGroup } from './error-group.js';

/**
 * Which groups a place outside of the process (see `DurableState`) does not have as they are. Nothing is remembered before
 * somebody asks for the first time.
 */
export class ChangedGroups {
  #isFollowed = false;
  #changed = new Set<ErrorGroup>();
  #gone = new Set<string>();

  changed(group: ErrorGroup): void {
    if (this.#isFollowed) this.#changed.add(group);
  }

  removed(group: ErrorGroup): void {
    this.#changed.delete(group);
    if (group.isKept) this.#gone.add(group.id);
  }

  /** Ids of groups that left since the last time. */
  takeGone(): string[] {
    const gone = [...this.#gone];
    this.#gone.clear();
    return gone;
  }

  /**
   * The groups that changed since the last time; the first time, all. Those that are not asked for before whoever asks
   * stops are given the next time.
   */
  *takeChanged(all: Iterable<ErrorGroup>): Generator<ErrorGroup> {
    const changed = this.#isFollowed ? this.#changed : new Set(all);
    this.#isFollowed = true;
    this.#changed = new Set();
    try {
      for (const group of changed) {
        changed.delete(group);
        if (!group.isHeld) continue;
        group.isKept = true;
        yield group;
      }
    } finally {
      for (const group of changed) if (group.isHeld) this.#changed.add(group);
    }
  }

  clear(): void {
    this.#changed.clear();
    this.#gone.clear();
  }
}
