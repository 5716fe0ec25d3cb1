import { constants } from 'node:os';

/** What is done at the end of the process. None of it may throw or reject. */
export interface EndOfProcess {
  /** Whether spans or log records wait. */
  isPending(): boolean;
  /** Sends what waits and the last values of the metrics; resolves within the deadline. */
  flush(timeoutMillis: number): Promise<void>;
  /** Sends what still waits, synchronously: the event loop does not turn any more. */
  exportLast(withMetrics: boolean): void;
  /** An error that nobody caught is about to end the process. */
  uncaught(error: unknown, origin: string): void;
}

export interface ExitOptions {
  /** Longest time that the end of the process waits for flushes, all together. */
  readonly timeoutMillis: number;
  /** Whether SIGINT, SIGTERM and SIGHUP are listened to. */
  readonly signals: boolean;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** The first process of a container: signals do nothing to it that it does not listen to, its own neither. */
const FIRST_PROCESS = 1;

/** What a shell adds to the number of a signal that ended a process. */
const SIGNAL_EXIT_BASE = 128;

/** The part of `process` that is used here. */
export type EndingProcess = Pick<NodeJS.Process, 'on' | 'removeListener' | 'listenerCount' | 'kill' | 'exit' | 'pid'>;

/**
 * Lets nothing be lost when the process ends, and lets it end: naturally, by a signal, by an uncaught error or by
 * `process.exit()`. Exit codes stay what they would have been; the first process of a container, which no signal of its own
 * ends, exits with 128 and the signal's number. Returns the way to take the listeners back.
 */
export function handleExit(end: EndOfProcess, options: ExitOptions, target: EndingProcess = process): () => void {
  const natural = new NaturalEnd(end, options.timeoutMillis);
  const onBeforeExit = () => natural.beforeExit();
  const onExit = () => end.exportLast(!natural.hasFlushed);
  const onUncaught = (error: unknown, origin: string) => end.uncaught(error, origin);
  let isSignalled = false;
  const onSignal = (signal: NodeJS.Signals) => {
    // a second signal is impatience: it does not wait for the flush of the first
    const flushed = isSignalled ? Promise.resolve() : end.flush(options.timeoutMillis);
    isSignalled = true;
    void flushed.finally(() => {
      if (doOthersListen(target, signal, onSignal)) {
        isSignalled = false;
        return;
      }
      target.removeListener(signal, onSignal);
      if (target.pid !== FIRST_PROCESS) {
        target.kill(target.pid, signal);
        return;
      }
      // what was to be flushed is, as far as it could be: a death by the signal would run no listener either
      target.removeListener('exit', onExit);
      target.exit(SIGNAL_EXIT_BASE + constants.signals[signal]);
    });
  };

  target.on('beforeExit', onBeforeExit);
  target.on('exit', onExit);
  target.on('uncaughtExceptionMonitor', onUncaught);
  if (options.signals) for (const signal of SIGNALS) target.on(signal, onSignal);
  return () => {
    target.removeListener('beforeExit', onBeforeExit);
    target.removeListener('exit', onExit);
    target.removeListener('uncaughtExceptionMonitor', onUncaught);
    for (const signal of SIGNALS) target.removeListener(signal, onSignal);
  };
}

/** Node says `beforeExit` again after every flush: they must come to an end together, and within one deadline. */
class NaturalEnd {
  hasFlushed = false;
  #isFlushing = false;
  #millisLeft: number;

  constructor(
    private readonly end: EndOfProcess,
    timeoutMillis: number,
  ) {
    this.#millisLeft = timeoutMillis;
  }

  beforeExit(): void {
    if (this.#isFlushing || this.#millisLeft <= 0) return;
    // the metrics' last values are sent once; after that only what was recorded since is a reason to go on
    if (this.hasFlushed && !this.end.isPending()) return;
    this.#isFlushing = true;
    const started = performance.now();
    void this.end.flush(this.#millisLeft).finally(() => {
      this.#millisLeft -= performance.now() - started;
      this.#isFlushing = false;
      this.hasFlushed = true;
    });
  }
}

/**
 * Whether somebody else decides what the signal means. Listeners of signal-exit do not count: they wait in turn until
 * nobody else listens, and the two of us would wait for each other for ever.
 */
function doOthersListen(target: EndingProcess, signal: NodeJS.Signals, own: (signal: NodeJS.Signals) => void): boolean {
  return target.listenerCount(signal) - target.listenerCount(signal, own) - signalExitListeners() > 0;
}

/** How many listeners signal-exit 3 and 4 have put on each signal. */
function signalExitListeners(): number {
  type Emitter = { readonly count?: number } | undefined;
  const version4 = (globalThis as Record<symbol, Emitter>)[Symbol.for('signal-exit emitter')];
  const version3 = (process as { __signal_exit_emitter__?: Emitter }).__signal_exit_emitter__;
  return (version4?.count ?? 0) + (version3?.count ?? 0);
}
