import { constants } from 'node:os';

/** Time from the signal until the process ends come what may, in milliseconds: within the 5 s that are promised. */
const DEADLINE_MILLIS = 4500;

/** Tells the program that it should end. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Milliseconds that are left of the deadline; all of it before a signal came. */
  remainingMillis(): number;
  /** Exit code of the signal that came, 128 and its number; undefined before. */
  exitCode(): number | undefined;
}

/**
 * Turns the first Ctrl-C or SIGTERM into an abort, so that work can be ended and flushed. The second one, or the
 * deadline, ends the process at once.
 */
export function onInterruption(): Interruption {
  const stop = new AbortController();
  let code: number | undefined;
  let deadline = Number.POSITIVE_INFINITY;
  const interrupt = (name: 'SIGINT' | 'SIGTERM') => {
    if (code !== undefined) process.exit(code);
    code = 128 + constants.signals[name];
    deadline = performance.now() + DEADLINE_MILLIS;
    setTimeout(() => process.exit(code), DEADLINE_MILLIS).unref();
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    signal: stop.signal,
    remainingMillis: () => Math.max(0, Math.min(DEADLINE_MILLIS, deadline - performance.now())),
    exitCode: () => code,
  };
}
