import { processWide } from '@otel-monitor/runtime';
import { DayBook } from '../days/day-book.js';
import type { DayEntry } from '../days/day-entry.js';
import { LetGo } from './let-go.js';
import type { Ending } from './outcomes.js';
import { readWorkflowCounts } from './read-workflow-counts.js';
import { RunsInProgress } from './runs-in-progress.js';
import { StepRoom } from './step-counts.js';
import { type VariantKey, WorkflowCounts } from './workflow-counts.js';
import { WorkflowRun } from './workflow-run.js';

const MAX_LIVE_STEPS = 4000;

/** What did not fit, since the process began. */
export interface WorkflowLosses {
  /** Runs counted abandoned early, because more were in progress than are kept. */
  readonly runs: number;
  /** Runs of workflows that found no room, counted under `_OTHER`. */
  readonly workflows: number;
  /** Steps reached that found no room, counted under `_OTHER`. */
  readonly steps: number;
  /** Days that left before their time. */
  readonly days: number;
}

/** All that is known of workflows in this process: the runs in progress, and what is counted by workflow and day. */
export class WorkflowStore {
  readonly book: DayBook<WorkflowCounts>;
  readonly #room = new StepRoom(MAX_LIVE_STEPS);
  readonly #inProgress = new RunsInProgress((run) => this.#abandon(run));
  readonly #letGo = new LetGo<WorkflowRun>((run) => {
    if (run.status !== 'in progress') return;
    this.#inProgress.remove(run);
    this.#abandon(run);
  });
  #early = 0;

  constructor() {
    const atRest = new StepRoom(Number.POSITIVE_INFINITY);
    this.book = new DayBook('usage-workflows', 1, {
      create: () => new WorkflowCounts(this.#room),
      read: (value) => readWorkflowCounts(value, atRest),
    });
  }

  get inProgress(): number {
    return this.#inProgress.size;
  }

  get losses(): WorkflowLosses {
    const { names, days } = this.book.losses;
    return { runs: this.#early, workflows: names, steps: this.#room.refused, days };
  }

  /** @param handle what the application holds; the run is abandoned when it is let go without an end */
  start(
    handle: object,
    entry: DayEntry<WorkflowCounts>,
    millis: number,
    abandonAfterMillis: number,
    variants: readonly VariantKey[],
  ): WorkflowRun {
    const run = new WorkflowRun(entry, millis, abandonAfterMillis, variants);
    entry.open().started(variants);
    entry.running += 1;
    if (this.#inProgress.add(run, millis)) this.#early += 1;
    this.#letGo.watch(handle, run, millis);
    return run;
  }

  step(run: WorkflowRun, name: string, millis: number): void {
    if (run.status === 'ended') return;
    if (run.status === 'abandoned') this.#resume(run, millis);
    else this.#inProgress.touch(run, millis);
    run.reach(name, millis);
  }

  end(run: WorkflowRun, errorType: string | undefined, millis: number): void {
    if (!this.#close(run)) return;
    const counts = run.entry.open();
    run.leaveStep(counts, millis);
    if (errorType === undefined) counts.secondsToComplete.record((millis - run.startMillis) / 1000);
    else counts.failedWith(errorType);
    counts.ended(errorType === undefined ? 'completed' : 'failed', run.place, run.variants, 1);
  }

  /** A run that ends while nothing is recorded: it is in progress no more, and counted nowhere else. */
  drop(run: WorkflowRun): void {
    this.#close(run);
  }

  /** Takes out the runs that are idle for too long. */
  sweep(): void {
    this.#inProgress.sweep(performance.now());
  }

  #close(run: WorkflowRun): boolean {
    if (run.status === 'ended') return false;
    if (run.status === 'abandoned') this.#takeBack(run, 'abandoned');
    else {
      this.#inProgress.remove(run);
      run.entry.running -= 1;
    }
    run.status = 'ended';
    return true;
  }

  #abandon(run: WorkflowRun): void {
    run.status = 'abandoned';
    run.entry.running -= 1;
    run.entry.open().ended('abandoned', run.place, run.variants, 1);
  }

  #resume(run: WorkflowRun, millis: number): void {
    this.#takeBack(run, 'abandoned');
    run.status = 'in progress';
    run.entry.running += 1;
    run.lastMillis = millis;
    if (this.#inProgress.add(run, millis)) this.#early += 1;
  }

  #takeBack(run: WorkflowRun, how: Ending): void {
    run.entry.open().ended(how, run.place, run.variants, -1);
  }
}

/** The one store of the process. */
export const workflowStore: WorkflowStore = processWide('workflows', () => new WorkflowStore());
