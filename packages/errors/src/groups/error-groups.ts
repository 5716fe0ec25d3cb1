import { ownCost, processWide, runtimeState, userHash } from '@otel-monitor/runtime';
import { ERROR_SEVERITIES, type ErrorSeverity } from '@otel-monitor/semconv';
import { RecordRate } from '../rate/record-rate.js';
import { AffectedUsers } from './affected-users.js';
import { ChangedGroups } from './changed-groups.js';
import { CountWindows } from './count-windows.js';
import { EarlyUsers } from './early-users.js';
import { ErrorGroup } from './error-group.js';
import { observeGroupCount } from './group-count-metric.js';
import { countsOf, type GroupCounts } from './group-counts.js';
import { GroupTable } from './group-table.js';
import { heldText } from './held-text.js';
import { joinCounts } from './join-counts.js';
import type { Occurrence } from './occurrence.js';
import { TextBudget } from './text-budget.js';

const HOUR = 3_600_000;
/** How often groups are looked for that were not seen for long. */
const EXPIRY_MILLIS = 60_000;
/** What a group takes besides stack, samples and windows: objects, name, entry of the table; measured on Node 20. */
const GROUP_BYTES = 950;
/** The same of a sketch of users. */
const SKETCH_BYTES = 330;

/** What a group is called. */
export type GroupName = Pick<
  ErrorGroup,
  'errorType' | 'exceptionType' | 'code' | 'title' | 'culprit' | 'stack' | 'isStackShortened'
>;

/** Groups that left, and the errors they had counted. */
export interface Left {
  groups: number;
  errors: number;
}

/** The error groups of the process, bounded in number: the one seen longest ago leaves. */
export class ErrorGroups {
  readonly windows = new CountWindows();
  readonly texts = new TextBudget();
  readonly changes = new ChangedGroups();
  /** How many errors may be written. */
  readonly records = new RecordRate();
  /** All errors that were counted. */
  readonly severities: Record<ErrorSeverity, number> = { info: 0, warning: 0, error: 0, critical: 0 };
  /** Row of the windows in which all errors are counted. */
  readonly allRow: number = this.windows.newRow();
  /** Groups that left to make room. */
  readonly evicted: Left = { groups: 0, errors: 0 };
  /** Groups that left because they were not seen for the time that they are kept. */
  readonly expired: Left = { groups: 0, errors: 0 };

  readonly #table = new GroupTable();
  readonly #earlyUsers = new EarlyUsers();
  /** Groups whose users are estimated. */
  #sketches = 0;
  #nextExpiry = 0;

  /** @param random 0 to 1, for samples */
  constructor(private readonly random: () => number = Math.random) {}

  /** Adds an error to its group, and gives the group. */
  add(occurrence: Occurrence): ErrorGroup {
    const { at } = occurrence;
    if (at >= this.#nextExpiry) this.expire(at);
    const { groupId } = occurrence.fingerprint;
    const group = this.#table.get(groupId) ?? this.newGroup(groupId);
    if (!group.isDescribed) this.#describe(group, occurrence);
    this.#count(group, at, occurrence.severity, occurrence.operationName, occurrence.userHash);
    this.texts.takeSample(group, occurrence, this.random);
    this.#makeRoom();
    return group;
  }

  /**
   * Counts one more error of a group without reading what it is told by; false, and nothing counted, when the group is
   * not held any more.
   */
  countAgain(
    group: ErrorGroup,
    at: number,
    severity: ErrorSeverity,
    operationName: string | undefined,
    userHash: string | undefined,
  ): boolean {
    if (!group.isHeld) return false;
    this.#count(group, at, severity, operationName, userHash);
    return true;
  }

  /** Remembers whom an error of a group happened to, for as long as the key of users' hashes may still change. */
  noteUser(group: ErrorGroup, userId: string): void {
    this.#earlyUsers.note(group, userId);
  }

  /** Counts users anew that were counted before the key of their hashes was there; call it before further ones are. */
  settleUsers(): void {
    this.#earlyUsers.settle((group, userIds) => {
      if (group.users?.isEstimated === true) this.#sketches -= 1;
      group.users = new AffectedUsers();
      for (const userId of userIds) group.users.add(userHash(userId));
      if (group.users.isEstimated) this.#sketches += 1;
      this.changes.changed(group);
    });
  }

  /**
   * Makes two groups one, where it is found that they are the same fault. The first id goes on leading to the group; its
   * next error tells anew what it is called. False when there is no group of the first id.
   */
  merge(fromId: string, toId: string): boolean {
    const from = this.#table.get(fromId);
    if (from === undefined || from.id === this.#table.currentId(toId)) return false;
    const into = this.#table.get(toId) ?? this.newGroup(toId, from);
    this.join(into, countsOf(from, this.windows));
    this.#earlyUsers.move(from, into);
    const aliases = [...(from.aliases ?? []), from.id];
    this.#remove(from);
    for (const id of aliases) this.#table.addAlias(id, into);
    this.putInOrder();
    return true;
  }

  /** Adds what was counted of the same fault elsewhere. Call `putInOrder` afterwards. */
  join(group: ErrorGroup, counts: GroupCounts): void {
    if (group.users?.isEstimated === true) this.#sketches -= 1;
    joinCounts(group, counts);
    if (group.users?.isEstimated === true) this.#sketches += 1;
    this.windows.join(group.row, counts.windows);
    this.texts.countSamples(group);
    this.changes.changed(group);
  }

  /** Adds to the counts of all errors what another process had counted. */
  addToAll({ severities, windows }: GroupCounts): void {
    for (const severity of ERROR_SEVERITIES) this.severities[severity] += severities[severity];
    this.windows.join(this.allRow, windows);
  }

  /** Says that the fault of a group is mended: seen again it is regressed. False when there is no such group. */
  resolve(id: string, at: number): boolean {
    const group = this.#table.get(id);
    if (group === undefined) return false;
    group.resolvedAt = at;
    group.regressedAt = undefined;
    this.changes.changed(group);
    return true;
  }

  /** The group of an id, of an id that it had before, or of an error that is kept as a sample. */
  find(id: string): ErrorGroup | undefined {
    const group = this.#table.get(id);
    if (group !== undefined) return group;
    for (const one of this.#table.values()) if (one.hasSample(id)) return one;
    return undefined;
  }

  get size(): number {
    return this.#table.size;
  }

  /** The one seen longest ago first. */
  get all(): Iterable<ErrorGroup> {
    return this.#table.values();
  }

  /** The group of an id, or of an id that it had before. */
  get(id: string): ErrorGroup | undefined {
    return this.#table.get(id);
  }

  /**
   * A group without errors, the latest of all.
   *
   * @param called what it is called until its first error tells
   */
  newGroup(id: string, called?: GroupName): ErrorGroup {
    const group = new ErrorGroup(heldText(id), this.windows.newRow());
    this.#table.add(group);
    if (called !== undefined) {
      const { errorType, exceptionType, code, title, culprit } = called;
      Object.assign(group, { errorType, exceptionType, code, title, culprit });
      this.texts.setStack(group, called.stack, called.isStackShortened);
    }
    return group;
  }

  /** An id leads to a group from now on. */
  addAlias(id: string, group: ErrorGroup): void {
    this.#table.addAlias(id, group);
  }

  /** Lets groups go that were not seen for the time that they are kept. */
  expire(now: number): void {
    this.#nextExpiry = now + EXPIRY_MILLIS;
    const since = now - runtimeState.errors.retentionHours * HOUR;
    for (const group of this.#table.values()) {
      if (group.lastSeen >= since) break;
      this.#leave(group, this.expired);
    }
  }

  /** Puts groups in the order in which they were seen, after some came that were seen earlier, and lets go what is too much. */
  putInOrder(): void {
    this.#table.outOfOrder();
    this.#makeRoom();
  }

  /** Forgets everything: for tests. */
  clear(): void {
    for (const group of this.#table.values()) this.#remove(group);
    this.windows.empty(this.allRow);
    Object.assign(this.severities, { info: 0, warning: 0, error: 0, critical: 0 });
    Object.assign(this.evicted, { groups: 0, errors: 0 });
    Object.assign(this.expired, { groups: 0, errors: 0 });
    this.texts.clear();
    this.changes.clear();
    this.records.clear();
    this.#earlyUsers.clear();
    this.#nextExpiry = 0;
  }

  /** About what all groups hold, in bytes. */
  get memoryBytes(): number {
    return this.#otherBytes + this.texts.sampleBytes + this.texts.stackBytes;
  }

  #describe(group: ErrorGroup, occurrence: Occurrence): void {
    const { frames } = occurrence.error;
    group.describe(occurrence);
    this.texts.setStack(group, frames === undefined ? undefined : heldText(frames.text), false);
  }

  #count(
    group: ErrorGroup,
    at: number,
    severity: ErrorSeverity,
    operationName: string | undefined,
    userHash: string | undefined,
  ): void {
    this.#table.seen(group);
    const hadSketch = group.users?.isEstimated === true;
    group.countOne(at, severity, operationName, userHash, runtimeState.release);
    if (!hadSketch && group.users?.isEstimated === true) this.#sketches += 1;
    this.severities[severity] += 1;
    this.windows.add(group.row, at);
    this.windows.add(this.allRow, at);
    this.changes.changed(group);
  }

  #makeRoom(): void {
    const most = Math.max(1, runtimeState.errors.maxGroups);
    if (this.size > most) {
      for (const group of this.#table.values()) {
        if (this.size <= most) break;
        this.#leave(group, this.evicted);
      }
    }
    this.texts.makeRoom(() => this.#table.values(), this.#otherBytes);
  }

  get #otherBytes(): number {
    return this.size * GROUP_BYTES + this.#sketches * SKETCH_BYTES + this.windows.memoryBytes;
  }

  #leave(group: ErrorGroup, left: Left): void {
    left.groups += 1;
    left.errors += group.count;
    this.#remove(group);
  }

  #remove(group: ErrorGroup): void {
    this.#table.remove(group);
    if (group.users?.isEstimated === true) this.#sketches -= 1;
    this.windows.release(group.row);
    this.texts.release(group);
    this.changes.removed(group);
  }
}

/** The one set of groups of the process. */
export const errorGroups: ErrorGroups = processWide('error-groups', () => {
  const groups = new ErrorGroups();
  ownCost.memoryHeld('error groups', () => groups.memoryBytes);
  observeGroupCount(groups);
  return groups;
});
