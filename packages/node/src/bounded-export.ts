import { ExportError } from './export-error.js';
import type { Post, PostAnswer } from './otlp-post.js';

/** What the bounded export reads of the world; given by tests. */
export interface ExportClock {
  now(): number;
  setTimeout(callback: () => void, millis: number): { unref(): unknown };
  clearTimeout(timer: unknown): void;
}

const realClock: ExportClock = {
  now: () => performance.now(),
  setTimeout: (callback, millis) => setTimeout(callback, millis),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** First pause between attempts; each further one is twice as long. */
const FIRST_PAUSE_MILLIS = 1000;
const LONGEST_PAUSE_MILLIS = 30_000;
/** Pause before the single second attempt of a hurried export. */
const HURRIED_PAUSE_MILLIS = 250;
/** Share of a pause that is random, so that many processes do not come back at once. */
const JITTER = 0.2;

/**
 * One export at a time, with a hard deadline whatever the server does: hangs, answers a byte a second, asks to come
 * back at once. What can be tried again is, with growing pauses, until the deadline; `hurry` shortens all that for the
 * end of a process. Never rejects.
 */
export class BoundedExport {
  #hurryUntil = Number.POSITIVE_INFINITY;
  #current: Post | undefined;
  #rearm: (() => void) | undefined;
  #wake: (() => void) | undefined;

  constructor(
    private readonly post: (body: Uint8Array) => Post,
    private readonly clock: ExportClock = realClock,
  ) {}

  /** Sends `body`; resolves with the last answer within `timeoutMillis`. */
  async send(body: Uint8Array, timeoutMillis: number): Promise<PostAnswer> {
    const deadline = this.clock.now() + timeoutMillis;
    let pause = FIRST_PAUSE_MILLIS;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#attempt(body, deadline);
      if (answer.status !== 'retryable') return answer;
      const wanted = this.#pause(answer, attempt, pause);
      if (wanted === undefined || this.clock.now() + wanted >= this.#end(deadline)) return answer;
      await this.#sleep(wanted);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
    }
  }

  /** From now until the release nothing takes longer than `millis`; an export that waits tries once more at once. */
  hurry(millis: number): () => void {
    this.#hurryUntil = this.clock.now() + millis;
    this.#rearm?.();
    this.#wake?.();
    return () => {
      this.#hurryUntil = Number.POSITIVE_INFINITY;
    };
  }

  /** Whether the request under way has left the process entirely; false when there is none. */
  get isCurrentSent(): boolean {
    return this.#current?.isSent() ?? false;
  }

  #end(deadline: number): number {
    return Math.min(deadline, this.#hurryUntil);
  }

  /** Milliseconds to wait before the next attempt; undefined: there is none. */
  #pause(answer: PostAnswer & { status: 'retryable' }, attempt: number, backoff: number): number | undefined {
    if (this.#hurryUntil !== Number.POSITIVE_INFINITY) {
      // at the end a server that does not listen is given up at once, one that is busy is asked once more
      if (answer.error.statusCode === undefined || attempt > 1) return undefined;
      return Math.max(answer.retryInMillis ?? 0, HURRIED_PAUSE_MILLIS);
    }
    const jittered = backoff * (1 - JITTER / 2 + Math.random() * JITTER);
    return Math.max(answer.retryInMillis ?? 0, jittered);
  }

  async #attempt(body: Uint8Array, deadline: number): Promise<PostAnswer> {
    const timedOut = new ExportError('timeout', 'no answer in time');
    if (this.clock.now() >= this.#end(deadline)) return { status: 'failure', error: timedOut };
    const current = this.post(body);
    this.#current = current;
    let timer: unknown;
    this.#rearm = () => {
      this.clock.clearTimeout(timer);
      const millis = Math.max(0, this.#end(deadline) - this.clock.now());
      const started = this.clock.setTimeout(() => current.cancel(timedOut), millis);
      started.unref();
      timer = started;
    };
    this.#rearm();
    const answer = await current.answer;
    this.clock.clearTimeout(timer);
    this.#rearm = undefined;
    this.#current = undefined;
    return answer;
  }

  #sleep(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.clock.setTimeout(done, millis);
      timer.unref();
      const clock = this.clock;
      const self = this;
      function done(): void {
        clock.clearTimeout(timer);
        self.#wake = undefined;
        resolve();
      }
      this.#wake = done;
    });
  }
}
