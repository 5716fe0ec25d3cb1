import type { ErrorGroup } from './error-group.js';

/** Ids that a group had before. */
const MAX_ALIASES = 16;

/** Groups by their ids, and by the ids that they had before, in the order in which they were seen. */
export class GroupTable {
  /** The one seen longest ago first. */
  readonly #groups = new Map<string, ErrorGroup>();
  readonly #aliases = new Map<string, string>();
  #latest: ErrorGroup | undefined;
  #isInOrder = true;

  get size(): number {
    return this.#groups.size;
  }

  /** The one seen longest ago first; good for one walk, in which groups may leave. */
  values(): Iterable<ErrorGroup> {
    if (!this.#isInOrder) this.#putInOrder();
    return this.#groups.values();
  }

  /** The group of an id, or of an id that it had before. */
  get(id: string): ErrorGroup | undefined {
    return this.#groups.get(this.currentId(id));
  }

  /** The id under which a group is held now. */
  currentId(id: string): string {
    return this.#aliases.get(id) ?? id;
  }

  /** Takes a group in as the one seen last. */
  add(group: ErrorGroup): void {
    this.#groups.set(group.id, group);
    this.#latest = group;
  }

  /** A group was seen. In a storm it is the one that was seen last anyway. */
  seen(group: ErrorGroup): void {
    if (group === this.#latest) return;
    this.#groups.delete(group.id);
    this.add(group);
  }

  /** Lets a group go, and its ids. */
  remove(group: ErrorGroup): void {
    group.isHeld = false;
    this.#groups.delete(group.id);
    for (const id of group.aliases ?? []) if (this.#aliases.get(id) === group.id) this.#aliases.delete(id);
    if (this.#latest === group) this.#latest = undefined;
  }

  /** An id leads to a group from now on; it keeps the last sixteen. */
  addAlias(id: string, group: ErrorGroup): void {
    if (!group.isHeld || id === group.id || this.#aliases.get(id) === group.id) return;
    group.aliases ??= [];
    group.aliases.push(id);
    this.#aliases.set(id, group.id);
    if (group.aliases.length > MAX_ALIASES) this.#aliases.delete(group.aliases.shift() as string);
  }

  /** Groups came that were seen earlier than others: who walks over them next puts them in order, once for many. */
  outOfOrder(): void {
    this.#isInOrder = false;
  }

  #putInOrder(): void {
    const sorted = [...this.#groups.values()].sort((a, b) => a.lastSeen - b.lastSeen);
    this.#groups.clear();
    for (const group of sorted) this.#groups.set(group.id, group);
    this.#latest = sorted.at(-1);
    this.#isInOrder = true;
  }
}
