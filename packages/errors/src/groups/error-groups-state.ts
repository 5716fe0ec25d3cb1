import { type DurableState, type RestoreResult, runtimeState, type StateEntry } from '@otel-monitor/runtime';
import type { ErrorGroup } from './error-group.js';
import { type ErrorGroups, errorGroups } from './error-groups.js';
import { countsOf } from './group-counts.js';
import { GROUP_ENTRY_VERSION, type GroupEntry, isGroupEntry, isGroupId } from './group-entry.js';

const HOUR = 3_600_000;
/** Of groups that are gathered so many more than there are may come before room is made for their texts. */
const UNORDERED = 256;

/** Groups as something that outlives the process: an entry is a group, its key the group's id. */
export class ErrorGroupsState implements DurableState {
  readonly name = 'errors';
  readonly version = GROUP_ENTRY_VERSION;
  /** Entries since groups were last put in order. */
  #unordered = 0;

  constructor(
    private readonly groups: ErrorGroups,
    private readonly now: () => number,
    /**
     * Whether groups of others are gathered to be shown: the counts of all errors come from elsewhere, and whoever gathers puts
     * groups in order when all are there.
     */
    private readonly isGathered = false,
  ) {}

  *entries(areKept = true): Generator<StateEntry> {
    this.groups.settleUsers();
    const all = [...this.groups.all];
    // whoever shows them may have no room for all, and cuts off the end
    if (!areKept) all.reverse();
    for (const group of all) {
      if (!group.isHeld) continue;
      if (areKept) group.isKept = true;
      yield [group.id, this.#entry(group)];
    }
  }

  *takeChanges(): Generator<StateEntry> {
    this.groups.settleUsers();
    this.groups.expire(this.now());
    for (const id of this.groups.changes.takeGone()) yield [id, undefined];
    for (const group of this.groups.changes.takeChanged(this.groups.all)) yield [group.id, this.#entry(group)];
  }

  /** Counts add up, windows meet by the clock; the group's name is that of whoever has it already. Never throws. */
  restore(entries: Iterable<StateEntry>, version: number): RestoreResult {
    const result = { restored: 0, expired: 0, refused: 0 };
    this.groups.settleUsers();
    const now = this.now();
    const since = now - runtimeState.errors.retentionHours * HOUR;
    try {
      for (const entry of entries) result[this.#restoreOne(entry, version, now, since)] += 1;
    } catch {
      // whoever reads the entries could not go on: what was read until then is kept
      result.refused += 1;
    }
    if (result.restored > 0 && !this.isGathered) this.groups.putInOrder();
    return result;
  }

  #restoreOne(entry: unknown, version: number, now: number, since: number): keyof RestoreResult {
    const [id, kept] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (version !== GROUP_ENTRY_VERSION || !isGroupId(id) || !isGroupEntry(kept, now)) return 'refused';
    if (kept.lastSeen < since) return 'expired';
    const group = this.groups.get(id) ?? this.groups.newGroup(id, kept);
    this.groups.join(group, kept);
    if (!this.isGathered) this.groups.addToAll(kept);
    for (const alias of kept.aliases ?? []) {
      // this process had told apart what another one found to be the same
      if (!this.groups.merge(alias, group.id)) this.groups.addAlias(alias, group);
    }
    // those of many processes must not be in memory all at once
    this.#unordered += 1;
    const { size } = this.groups;
    if (size > 2 * runtimeState.errors.maxGroups || (this.isGathered && this.#unordered > UNORDERED + size)) {
      this.#unordered = 0;
      this.groups.putInOrder();
    }
    return 'restored';
  }

  #entry(group: ErrorGroup): GroupEntry {
    const { errorType, exceptionType, code, title, culprit, stack, isStackShortened, aliases } = group;
    return {
      errorType,
      exceptionType,
      code,
      title,
      culprit,
      stack,
      isStackShortened,
      ...countsOf(group, this.groups.windows),
      ...(aliases === undefined ? {} : { aliases: [...aliases] }),
    };
  }
}

/**
 * The process's error groups as what is to outlive it. A restored group brings its texts as the redaction of its time left
 * them.
 *
 * @param groups others than the process's, for tests
 * @param now milliseconds since 1970
 */
export function errorGroupsState(
  groups: ErrorGroups = errorGroups,
  now: () => number = () => Date.now(),
): DurableState {
  return new ErrorGroupsState(groups, now);
}
