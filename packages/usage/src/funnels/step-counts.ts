import { SecondsSketch } from './seconds-sketch.js';

/** What is counted of one step of a workflow on one day. */
export class StepCounts {
  /** Runs that reached it at least once. */
  reached = 0;
  /** Every time that it was reached. */
  times = 0;
  /** Runs that failed, or were abandoned, in it. */
  failed = 0;
  abandoned = 0;
  /** From reaching it to the next step or the end. */
  readonly seconds: SecondsSketch = new SecondsSketch();
  /** By the place of another step: the runs that had reached that one when they reached this one first. */
  readonly after: number[] = [];

  constructor(readonly name: string) {}

  /** Counts runs that had reached the step at `place` before this one. */
  reachedAfter(place: number, runs: number): void {
    while (this.after.length <= place) this.after.push(0);
    this.after[place]! += runs;
  }
}

/** Room for steps that all workflows share. */
export class StepRoom {
  /** Steps that found no room and were counted under `_OTHER`. */
  refused = 0;
  #taken = 0;

  constructor(private readonly most: number) {}

  take(): boolean {
    if (this.#taken >= this.most) return false;
    this.#taken += 1;
    return true;
  }

  give(steps: number): void {
    this.#taken -= steps;
  }
}
