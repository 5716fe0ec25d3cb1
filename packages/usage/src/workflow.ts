import { failureType } from './failure-type.js';
import { isRecording } from './is-recording.js';
import type { NamedWorkflow } from './workflows.js';

/**
 * One run of a workflow. Nothing holds it: a run that is let go without an end counts its steps and neither as completed
 * nor as failed. No method throws, and each may be passed on without its object:
 * `run().then(workflow.complete, workflow.fail)`.
 */
export class Workflow {
  readonly #startMillis = performance.now();
  #ended = false;

  constructor(private readonly named: NamedWorkflow) {}

  /** Name as it is recorded. */
  get name(): string {
    return this.named.name;
  }

  /** Counts a step that was reached, each time it is. After the end it does nothing. */
  readonly step = (name: string): this => {
    if (!this.#ended && isRecording()) this.named.step(name).add(1);
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

  #end(errorType: () => string | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    if (!isRecording()) return;
    this.named.duration(errorType()).record(Math.max(0, performance.now() - this.#startMillis) / 1000);
  }
}
