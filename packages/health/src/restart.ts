import { errorType } from '@otel-monitor/runtime';
import { ERROR_TYPE_OTHER } from '@otel-monitor/semconv';
import { failureMessage } from './failure-message.js';

const TIMEOUT_SECONDS = 30;
const MESSAGE_LENGTH = 512;

/** What became of a restart. */
export interface RestartResult {
  readonly ok: boolean;
  readonly outcome: 'restarted' | 'failed' | 'timeout' | 'already_running' | 'not_restartable' | 'unknown_component';
  /** Why it is not ok, in words, secrets taken out. */
  readonly error?: string;
  /** Of a restart that was tried and failed. */
  readonly errorType?: string;
}

/** The restarts of one component: one at a time. */
export class Restart {
  #running = false;

  /** Calls `restart` and waits for it, 30 s at most; one that takes longer counts as running until it settles. Never rejects. */
  async run(restart: () => unknown): Promise<RestartResult> {
    if (this.#running) {
      return { ok: false, outcome: 'already_running', error: 'the last restart has not ended yet' };
    }
    this.#running = true;
    let result: RestartResult | undefined;
    const work = new Promise((resolve) => resolve(restart())).then(
      (answer) => {
        result =
          answer === false
            ? { ok: false, outcome: 'failed', errorType: ERROR_TYPE_OTHER, error: 'the restart answered false' }
            : { ok: true, outcome: 'restarted' };
      },
      (error) => {
        const words = failureMessage(error, MESSAGE_LENGTH);
        result = { ok: false, outcome: 'failed', errorType: errorType(error), error: words || 'the restart failed' };
      },
    );
    void work.then(() => {
      this.#running = false;
    });
    await settledWithin(TIMEOUT_SECONDS * 1000, work);
    const error = `the restart has not ended within ${TIMEOUT_SECONDS} s`;
    return result ?? { ok: false, outcome: 'timeout', errorType: 'timeout', error };
  }
}

/** Waits for work that does not reject. Its timer keeps no process alive. */
function settledWithin(millis: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis).unref();
    void work.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
