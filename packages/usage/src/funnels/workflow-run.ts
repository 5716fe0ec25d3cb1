import type { DayEntry } from '../days/day-entry.js';
import { BEFORE_FIRST_STEP, type VariantKey, type WorkflowCounts } from './workflow-counts.js';

/**
 * Where one run is. It does not know the object that the application holds, so that this one can be let go; and it has no
 * name of its own, no user and no list of what it has done.
 */
export class WorkflowRun {
  /** Its neighbours among the runs in progress. */
  previous: WorkflowRun | undefined;
  next: WorkflowRun | undefined;
  status: 'in progress' | 'abandoned' | 'ended' = 'in progress';
  /** Place of the step that it is in. */
  place: number = BEFORE_FIRST_STEP;
  /** When it reached that step, and when it last did anything; `performance.now()`. */
  stepMillis: number;
  lastMillis: number;
  /** The steps that it has reached, one bit each. */
  #reachedLow = 0;
  #reachedHigh = 0;

  constructor(
    /** Of the day on which it started. */
    readonly entry: DayEntry<WorkflowCounts>,
    readonly startMillis: number,
    readonly abandonAfterMillis: number,
    readonly variants: readonly VariantKey[],
  ) {
    this.stepMillis = startMillis;
    this.lastMillis = startMillis;
  }

  /** Counts a step. Reaching the one that it is in already does not begin another visit. */
  reach(name: string, millis: number): void {
    const counts = this.entry.open();
    const place = counts.placeOf(name);
    const step = counts.steps[place]!;
    step.times += 1;
    if (place === this.place) return;
    this.leaveStep(counts, millis);
    this.place = place;
    this.stepMillis = millis;
    const bit = 1 << (place & 31);
    if (((place < 32 ? this.#reachedLow : this.#reachedHigh) & bit) !== 0) return;
    step.reached += 1;
    for (let low = this.#reachedLow; low !== 0; low &= low - 1) step.reachedAfter(31 - Math.clz32(low & -low), 1);
    for (let high = this.#reachedHigh; high !== 0; high &= high - 1) {
      step.reachedAfter(63 - Math.clz32(high & -high), 1);
    }
    if (place < 32) this.#reachedLow |= bit;
    else this.#reachedHigh |= bit;
  }

  /** Counts the time in the step that it is in. */
  leaveStep(counts: WorkflowCounts, millis: number): void {
    counts.steps[this.place]?.seconds.record((millis - this.stepMillis) / 1000);
  }
}
