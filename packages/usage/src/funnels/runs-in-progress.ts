import type { WorkflowRun } from './workflow-run.js';

const MAX_RUNS = 100_000;

/**
 * The runs in progress, from the one that did nothing for longest to the one that did something last: a list through the
 * runs themselves, so that a run costs no more here than four references.
 */
export class RunsInProgress {
  #first: WorkflowRun | undefined;
  #last: WorkflowRun | undefined;
  #size = 0;
  /** The shortest limit that any run has had. */
  #shortestMillis = Number.POSITIVE_INFINITY;

  /** @param abandon is told of each run that is taken out because it was idle for too long */
  constructor(private readonly abandon: (run: WorkflowRun) => void) {}

  get size(): number {
    return this.#size;
  }

  /** Adds a run that does something now; gives whether another one had to make room for it. */
  add(run: WorkflowRun, millis: number): boolean {
    this.#append(run);
    if (run.abandonAfterMillis < this.#shortestMillis) this.#shortestMillis = run.abandonAfterMillis;
    // one a run is enough to keep up with those that are idle, and costs no timer
    const oldest = this.#first as WorkflowRun;
    if (isIdle(oldest, millis)) this.#take(oldest);
    if (this.#size <= MAX_RUNS) return false;
    this.#take(this.#first as WorkflowRun);
    return true;
  }

  /** A run has done something. */
  touch(run: WorkflowRun, millis: number): void {
    run.lastMillis = millis;
    if (run === this.#last) return;
    this.remove(run);
    this.#append(run);
  }

  remove(run: WorkflowRun): void {
    if (run.previous === undefined) this.#first = run.next;
    else run.previous.next = run.next;
    if (run.next === undefined) this.#last = run.previous;
    else run.next.previous = run.previous;
    run.previous = undefined;
    run.next = undefined;
    this.#size -= 1;
  }

  /** Takes out all that are idle for too long; those that did something within the shortest limit need not be looked at. */
  sweep(millis: number): void {
    for (let run = this.#first; run !== undefined && millis - run.lastMillis > this.#shortestMillis; ) {
      const { next } = run;
      if (isIdle(run, millis)) this.#take(run);
      run = next;
    }
  }

  #take(run: WorkflowRun): void {
    this.remove(run);
    this.abandon(run);
  }

  #append(run: WorkflowRun): void {
    run.previous = this.#last;
    if (this.#last === undefined) this.#first = run;
    else this.#last.next = run;
    this.#last = run;
    this.#size += 1;
  }
}

function isIdle(run: WorkflowRun, millis: number): boolean {
  return millis - run.lastMillis > run.abandonAfterMillis;
}
