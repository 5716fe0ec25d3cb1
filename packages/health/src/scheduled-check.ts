import type { CheckDefaults, HealthCheck } from './check-options.js';
import { untraced } from './untraced.js';
import { failedVerdict, NOT_CHECKED, timeoutVerdict, type Verdict, verdictOf } from './verdict.js';

const INTERVAL_SECONDS = 60;
const TIMEOUT_SECONDS = 5;

/** When a check runs; what it leaves open is read from the defaults of the process at each use. */
export interface CheckTiming {
  readonly intervalSeconds: number | undefined;
  readonly timeoutSeconds: number | undefined;
  readonly defaults: () => CheckDefaults;
}

/** One check of a component: at most one call of it is in flight, and each has a verdict within its timeout. */
export class ScheduledCheck {
  verdict: Verdict = NOT_CHECKED;
  /** Milliseconds since the epoch; undefined before the first verdict. */
  checkedAt: number | undefined;
  durationSeconds: number | undefined;
  consecutiveFailures = 0;

  #checkedMillis: number | undefined;
  #startedMillis = 0;
  /** The call whose verdict is awaited. */
  #awaited: Promise<void> | undefined;
  /** The call that had no answer in time and has none yet. */
  #hung: object | undefined;
  #timer: NodeJS.Timeout | undefined;
  #removed = false;

  /**
   * @param onVerdict told of each verdict: how long the call took, undefined when none was made because the last one
   * still hangs, and whether the state is another than before; must not throw
   */
  constructor(
    private readonly check: HealthCheck,
    private readonly timing: CheckTiming,
    private readonly onVerdict: (durationSeconds: number | undefined, changed: boolean) => void,
  ) {}

  get isDue(): boolean {
    if (this.#checkedMillis === undefined) return true;
    return performance.now() - this.#checkedMillis >= this.#intervalSeconds * 1000;
  }

  /** Runs the check and waits for its verdict; one that is in flight is waited for instead. Never rejects. */
  run(): Promise<void> {
    if (this.#awaited !== undefined) return this.#awaited;
    if (this.#hung !== undefined) {
      this.#stillHanging();
      return Promise.resolve();
    }
    const running = this.#call().finally(() => {
      if (this.#awaited === running) this.#awaited = undefined;
    });
    this.#awaited = running;
    return running;
  }

  /** Runs the check soon and then at its interval. The timers keep no process alive. */
  start(mayRun: () => boolean): void {
    this.stop();
    const tick = (): void => {
      if (mayRun()) void this.run();
    };
    this.#timer = setTimeout(() => {
      this.#timer = setInterval(tick, this.#intervalSeconds * 1000).unref();
      tick();
    }, 0).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Ends it for good: a verdict that is still to come is not told. */
  remove(): void {
    this.stop();
    this.#removed = true;
  }

  /** What was found is out of date: the next run calls the check, even if an earlier call still hangs. */
  expire(): void {
    this.#checkedMillis = undefined;
    this.#hung = undefined;
  }

  get #intervalSeconds(): number {
    return this.timing.intervalSeconds ?? this.timing.defaults().intervalSeconds ?? INTERVAL_SECONDS;
  }

  get #timeoutSeconds(): number {
    return this.timing.timeoutSeconds ?? this.timing.defaults().timeoutSeconds ?? TIMEOUT_SECONDS;
  }

  #call(): Promise<void> {
    const timeoutSeconds = this.#timeoutSeconds;
    const controller = new AbortController();
    const call = {};
    this.#startedMillis = performance.now();
    return new Promise((done) => {
      let hasVerdict = false;
      const conclude = (verdict: Verdict): void => {
        hasVerdict = true;
        clearTimeout(timer);
        this.#conclude(verdict, this.#elapsedSeconds());
        done();
      };
      const tooLate = timeoutVerdict(`no answer within ${timeoutSeconds} s`);
      const timer = setTimeout(() => {
        this.#hung = call;
        conclude(tooLate);
        controller.abort(new DOMException(tooLate.message, 'TimeoutError'));
      }, timeoutSeconds * 1000).unref();
      const settle = (verdict: Verdict): void => {
        // an answer that comes too late frees the way for the next call and changes nothing else
        if (hasVerdict) this.#settledLate(call);
        else conclude(this.#elapsedSeconds() > timeoutSeconds ? tooLate : verdict);
      };
      invoke(this.check, controller.signal).then(
        (result) => settle(verdictOf(result)),
        (error) => settle(failedVerdict(error)),
      );
    });
  }

  #settledLate(call: object): void {
    if (this.#hung === call) this.#hung = undefined;
  }

  #stillHanging(): void {
    const seconds = Math.floor(this.#elapsedSeconds());
    this.#conclude(timeoutVerdict(`no answer for ${seconds} s; it is not called again before it settles`), undefined);
  }

  #elapsedSeconds(): number {
    return Math.max(0, performance.now() - this.#startedMillis) / 1000;
  }

  #conclude(verdict: Verdict, durationSeconds: number | undefined): void {
    if (this.#removed) return;
    const changed = verdict.state !== this.verdict.state;
    this.verdict = verdict;
    this.checkedAt = Date.now();
    this.#checkedMillis = performance.now();
    this.consecutiveFailures = verdict.state === 'unhealthy' ? this.consecutiveFailures + 1 : 0;
    if (durationSeconds !== undefined) this.durationSeconds = durationSeconds;
    this.onVerdict(durationSeconds, changed);
  }
}

/** The check's answer as a promise, whatever it does. */
function invoke(check: HealthCheck, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    resolve(untraced(() => check({ signal })));
  });
}
