import { type DayCounts, OTHER_NAME } from '../days/day-book.js';
import { addOutcomes, type Ending, noOutcomes, type Outcomes, outcomesValue } from './outcomes.js';
import { SecondsSketch, type SketchValue } from './seconds-sketch.js';
import { StepCounts, type StepRoom } from './step-counts.js';

/** A run knows which of so many steps it has reached by one bit each. */
export const MAX_STEPS = 64;
const MAX_FAILURES = 50;
const MAX_VARIANTS = 100;
/** Where a run is that has reached no step. */
export const BEFORE_FIRST_STEP = -1;

/** A variant of a flag, as one text: neither has a line break in it. */
export type VariantKey = string;

/** The counts as JSON holds them. */
export interface WorkflowCountsValue {
  /** Started, completed, failed, abandoned. */
  readonly runs: readonly number[];
  /** Failed and abandoned before the first step. */
  readonly left: readonly number[];
  readonly seconds: SketchValue;
  /** Name; reached, times, failed, abandoned; seconds; by place of another step, runs that had reached that one before. */
  readonly steps: readonly (readonly [string, readonly number[], SketchValue, readonly number[]])[];
  readonly failures: readonly (readonly [errorType: string, runs: number])[];
  readonly variants: readonly (readonly [VariantKey, readonly number[]])[];
}

/** What is counted of the runs of one workflow that started on one day. */
export class WorkflowCounts implements DayCounts {
  readonly runs: Outcomes = noOutcomes();
  readonly leftEarly = { failed: 0, abandoned: 0 };
  readonly secondsToComplete: SecondsSketch = new SecondsSketch();
  readonly steps: StepCounts[] = [];
  readonly failures = new Map<string, number>();
  readonly variants = new Map<VariantKey, Outcomes>();
  readonly #places = new Map<string, number>();

  constructor(private readonly room: StepRoom) {}

  started(variants: readonly VariantKey[]): void {
    this.runs.started += 1;
    for (const variant of variants) this.outcomesOf(variant).started += 1;
  }

  /** @param times 1, or -1 to take back what was counted too early */
  ended(how: Ending, place: number, variants: readonly VariantKey[], times: 1 | -1): void {
    this.runs[how] += times;
    for (const variant of variants) this.outcomesOf(variant)[how] += times;
    if (how !== 'completed') (this.steps[place] ?? this.leftEarly)[how] += times;
  }

  failedWith(errorType: string, runs = 1): void {
    const key = this.failures.has(errorType) || this.failures.size < MAX_FAILURES ? errorType : OTHER_NAME;
    this.failures.set(key, (this.failures.get(key) ?? 0) + runs);
  }

  /** Where a step stands in `steps`; the same for all days only by chance. */
  placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    // the last place is that of `_OTHER`
    if (name !== OTHER_NAME && (this.steps.length >= MAX_STEPS - 1 || !this.room.take())) {
      this.room.refused += 1;
      return this.placeOf(OTHER_NAME);
    }
    this.#places.set(name, this.steps.length);
    return this.steps.push(new StepCounts(name)) - 1;
  }

  outcomesOf(variant: VariantKey): Outcomes {
    const known = this.variants.get(variant);
    if (known !== undefined) return known;
    const key = this.variants.size < MAX_VARIANTS ? variant : `${OTHER_NAME}\n${OTHER_NAME}`;
    const made = this.variants.get(key) ?? noOutcomes();
    this.variants.set(key, made);
    return made;
  }

  merge(other: WorkflowCounts): void {
    addOutcomes(this.runs, other.runs);
    this.leftEarly.failed += other.leftEarly.failed;
    this.leftEarly.abandoned += other.leftEarly.abandoned;
    this.secondsToComplete.merge(other.secondsToComplete);
    for (const [errorType, runs] of other.failures) this.failedWith(errorType, runs);
    for (const [variant, outcomes] of other.variants) addOutcomes(this.outcomesOf(variant), outcomes);
    const places = other.steps.map((step) => this.placeOf(step.name));
    for (const [place, step] of other.steps.entries()) this.#mergeStep(this.steps[places[place]!]!, step, places);
  }

  release(): void {
    this.room.give(this.steps.filter(({ name }) => name !== OTHER_NAME).length);
  }

  #mergeStep(to: StepCounts, step: StepCounts, places: readonly number[]): void {
    to.reached += step.reached;
    to.times += step.times;
    to.failed += step.failed;
    to.abandoned += step.abandoned;
    to.seconds.merge(step.seconds);
    for (const [place, runs] of step.after.entries()) if (runs > 0) to.reachedAfter(places[place]!, runs);
  }

  toValue(): WorkflowCountsValue {
    return {
      runs: outcomesValue(this.runs),
      left: [this.leftEarly.failed, this.leftEarly.abandoned],
      seconds: this.secondsToComplete.toValue(),
      steps: this.steps.map((step) => [
        step.name,
        [step.reached, step.times, step.failed, step.abandoned],
        step.seconds.toValue(),
        step.after,
      ]),
      failures: [...this.failures],
      variants: [...this.variants].map(([variant, outcomes]) => [variant, outcomesValue(outcomes)]),
    };
  }
}
