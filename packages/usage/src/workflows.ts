import { metricStore } from '@otel-monitor/bound-metrics';
import { cleanName, type Scope } from '@otel-monitor/runtime';
import { WORKFLOW_DURATION, WORKFLOW_STEPS } from '@otel-monitor/semconv';
import { KeptByName } from './kept-by-name.js';
import { type KeptSteps, NamedWorkflow } from './named-workflow.js';

const MAX_KEPT_STEPS = 1000;

/** The workflows of one scope. */
export class Workflows {
  readonly #named: KeptByName<[unknown], NamedWorkflow>;

  constructor(scope: Scope) {
    const instruments = metricStore.scope(scope);
    const steps = instruments.sum(WORKFLOW_STEPS);
    const durations = instruments.histogram(WORKFLOW_DURATION);
    const kept: KeptSteps = { room: MAX_KEPT_STEPS };
    this.#named = new KeptByName((name: unknown) => new NamedWorkflow(cleanName(name), steps, durations, kept));
  }

  get(name: unknown): NamedWorkflow {
    return this.#named.get(name);
  }
}
