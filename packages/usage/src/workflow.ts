import { failureType } from './failure-type.js';
import type { WorkflowRun } from './funnels/workflow-run.js';
import { workflowStore } from './funnels/workflow-store.js';
import { isRecording } from './is-recording.js';
import type { NamedWorkflow } from './named-workflow.js';

/**
 * One run of a workflow. Nothing holds it for longer than a second: one that is let go without an end counts as abandoned,
 * and so does one that is idle for too long; going on, it is counted back. No method throws, and each may be passed on
 * without its object: `run().then(workflow.complete, workflow.fail)`.
 */
export class Workflow {
  readonly #startMillis = performance.now();
  /** Undefined for one that started while nothing was recorded. */
  readonly #run: WorkflowRun | undefined;
  #ended = false;

  constructor(
    private readonly named: NamedWorkflow,
    options: unknown,
  ) {
    if (isRecording()) this.#run = named.start(this, this.#startMillis, options);
  }

  /** Name as it is recorded. */
  get name(): string {
    return this.named.name;
  }

  /** Counts a step that was reached, each time it is; the run is in it until the next one. After the end it does nothing. */
  readonly step = (name: string): this => {
    if (!this.#ended && isRecording()) this.named.step(this.#run, name);
    return this;
  };

  /** Ends the run as completed and records its duration. Only the first end counts. */
  readonly complete = (): void => {
    this.#end(() => undefined);
  };

  /**
   * Ends the run as failed and records its duration with `error.type`. Only the first end counts.
   *
   * @param error what it failed with: an error, or its class or code as text; `_OTHER` when left out
   */
  readonly fail = (error?: unknown): void => {
    this.#end(() => failureType(error));
  };

  #end(errorTypeOf: () => string | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    if (!isRecording()) {
      if (this.#run !== undefined) workflowStore.drop(this.#run);
      return;
    }
    const errorType = errorTypeOf();
    const millis = performance.now();
    this.named.ended(Math.max(0, millis - this.#startMillis) / 1000, errorType);
    if (this.#run !== undefined) workflowStore.end(this.#run, errorType, millis);
  }
}
