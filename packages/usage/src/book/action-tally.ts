import { DurationSketch } from '../sketch/duration-sketch.js';

/** Thirty years: what is longer is no duration, and a sum of them could become infinite. */
const MAX_SECONDS = 1e9;
const BYTES = 160;

/** Uses of one action of a feature, in a day or a period. */
export class ActionTally {
  uses = 0;
  failures = 0;
  /** Of the uses that gave a duration. */
  durationCount = 0;
  durationSum = 0;
  durations: DurationSketch | undefined;

  get bytes(): number {
    return BYTES + (this.durations?.bytes ?? 0);
  }

  /** @param durationSeconds whatever was given; what is no duration is left out */
  count(isFailure: boolean, durationSeconds: unknown): void {
    this.uses += 1;
    if (isFailure) this.failures += 1;
    if (typeof durationSeconds === 'number' && durationSeconds >= 0 && durationSeconds <= MAX_SECONDS) {
      this.durationCount += 1;
      this.durationSum += durationSeconds;
      this.durations ??= new DurationSketch();
      this.durations.add(durationSeconds);
    }
  }

  merge(other: ActionTally): void {
    this.uses += other.uses;
    this.failures += other.failures;
    this.durationCount += other.durationCount;
    this.durationSum += other.durationSum;
    if (other.durations === undefined) return;
    this.durations ??= new DurationSketch();
    this.durations.merge(other.durations);
  }
}
