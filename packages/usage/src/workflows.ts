import {
  type BoundHistogram,
  type BoundSum,
  type HistogramSeries,
  metricStore,
  SeriesByErrorType,
  type SumSeries,
} from '@otel-monitor/bound-metrics';
import { cleanName, type Scope } from '@otel-monitor/runtime';
import { ATTR_WORKFLOW_NAME, ATTR_WORKFLOW_STEP, WORKFLOW_DURATION, WORKFLOW_STEPS } from '@otel-monitor/semconv';
import { KeptByName } from './kept-by-name.js';

/** What the runs of one workflow share. */
export interface NamedWorkflow {
  readonly name: string;
  step(name: unknown): SumSeries;
  duration(errorType: string | undefined): HistogramSeries;
}

/** The workflows of one scope. */
export class Workflows {
  readonly #stepCounter: BoundSum;
  readonly #durations: BoundHistogram;
  readonly #named = new KeptByName((name: unknown) => this.#bind(cleanName(name)));
  /** The steps of all workflows together, so that one bound holds for all. */
  readonly #steps = new KeptByName((workflow: string, step: unknown) =>
    this.#stepCounter.bind({ [ATTR_WORKFLOW_NAME]: workflow, [ATTR_WORKFLOW_STEP]: cleanName(step) }),
  );

  constructor(scope: Scope) {
    const instruments = metricStore.scope(scope);
    this.#stepCounter = instruments.sum(WORKFLOW_STEPS);
    this.#durations = instruments.histogram(WORKFLOW_DURATION);
  }

  get(name: unknown): NamedWorkflow {
    return this.#named.get(name);
  }

  #bind(name: string): NamedWorkflow {
    const attributes = { [ATTR_WORKFLOW_NAME]: name };
    const durations = new SeriesByErrorType(this.#durations, attributes);
    return {
      name,
      step: (step) => this.#steps.get(name, step),
      duration: (errorType) => durations.get(errorType),
    };
  }
}
