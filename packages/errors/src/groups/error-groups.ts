import { processWide, runtimeState } from '@otel-monitor/runtime';
import type { Occurrence } from './occurrence.js';

/** One group of errors. */
interface ErrorGroup {
  readonly id: string;
  count: number;
  lastSeen: number;
}

/** The error groups of the process, bounded in number: the one seen longest ago leaves. */
export class ErrorGroups {
  readonly #groups = new Map<string, ErrorGroup>();

  /** Adds an error to its group. */
  add(occurrence: Occurrence): void {
    const { groupId } = occurrence.fingerprint;
    const known = this.#groups.get(groupId);
    this.#groups.delete(groupId);
    const group = known ?? { id: groupId, count: 0, lastSeen: 0 };
    group.count += 1;
    group.lastSeen = occurrence.at;
    this.#groups.set(groupId, group);
    if (this.#groups.size > runtimeState.errors.maxGroups) {
      this.#groups.delete(this.#groups.keys().next().value as string);
    }
  }

  get size(): number {
    return this.#groups.size;
  }
}

/** The one set of groups of the process. */
export const errorGroups: ErrorGroups = processWide('error-groups', () => new ErrorGroups());
