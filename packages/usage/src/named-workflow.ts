import { type BoundSum, type HistogramSeries, SeriesByErrorType, type SumSeries } from '@otel-monitor/bound-metrics';
import { cleanName } from '@otel-monitor/runtime';
import { ATTR_WORKFLOW_NAME, ATTR_WORKFLOW_STEP } from '@otel-monitor/semconv';
import { usageCenter } from './book/usage-center.js';
import type { DayEntry } from './days/day-entry.js';
import { flagStore } from './flags/flag-store.js';
import type { WorkflowCounts } from './funnels/workflow-counts.js';
import { readWorkflowOptions } from './funnels/workflow-options.js';
import type { WorkflowRun } from './funnels/workflow-run.js';
import { workflowStore } from './funnels/workflow-store.js';

/** Steps that all workflows of a scope keep together; what is beyond is bound at each call. */
export interface KeptSteps {
  room: number;
}

/** A step as it is recorded, and where the counts that were used last have it. */
interface NamedStep {
  readonly name: string;
  readonly series: SumSeries;
}

const MAX_KEPT_NAME = 256;
const DAY_CHECK_MILLIS = 1000;

/** What the runs of one workflow share. */
export class NamedWorkflow {
  readonly #durations: SeriesByErrorType<HistogramSeries>;
  readonly #steps = new Map<unknown, NamedStep>();
  #today: DayEntry<WorkflowCounts> | undefined;
  #checkedMillis = Number.NEGATIVE_INFINITY;

  constructor(
    /** Name as it is recorded. */
    readonly name: string,
    private readonly stepCounter: BoundSum,
    durations: ConstructorParameters<typeof SeriesByErrorType<HistogramSeries>>[0],
    private readonly kept: KeptSteps,
  ) {
    this.#durations = new SeriesByErrorType(durations, { [ATTR_WORKFLOW_NAME]: name });
  }

  start(handle: object, millis: number, options: unknown): WorkflowRun {
    const { userId, abandonAfterMillis, variants } = readWorkflowOptions(options);
    if (userId !== undefined) usageCenter().book.activeUser(userId);
    const under = flagStore.keysUnder(userId, variants);
    return workflowStore.start(handle, this.#entryOfToday(millis), millis, abandonAfterMillis, under);
  }

  step(run: WorkflowRun | undefined, name: unknown): void {
    const step = this.#steps.get(name) ?? this.#bindStep(name);
    step.series.add(1);
    if (run !== undefined) workflowStore.step(run, step.name, performance.now());
  }

  /** Records the duration of a run that is over. */
  ended(seconds: number, errorType: string | undefined): void {
    this.#durations.get(errorType).record(seconds);
  }

  /** The day is asked for once a second: the clock costs as much as all else here. */
  #entryOfToday(millis: number): DayEntry<WorkflowCounts> {
    const sinceCheck = millis - this.#checkedMillis;
    if (this.#today === undefined || !(sinceCheck >= 0 && sinceCheck < DAY_CHECK_MILLIS)) {
      this.#checkedMillis = millis;
      this.#today = workflowStore.book.today(this.name);
    }
    return this.#today;
  }

  #bindStep(given: unknown): NamedStep {
    const name = cleanName(given);
    const series = this.stepCounter.bind({ [ATTR_WORKFLOW_NAME]: this.name, [ATTR_WORKFLOW_STEP]: name });
    const step = { name, series };
    if (this.kept.room > 0 && typeof given === 'string' && given.length <= MAX_KEPT_NAME) {
      this.kept.room -= 1;
      this.#steps.set(given, step);
    }
    return step;
  }
}
