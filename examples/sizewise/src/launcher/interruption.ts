import { constants } from 'node:os';

/** Tells the launcher that it should end. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Exit code of the signal that came, 128 and its number; undefined before. */
  exitCode(): number | undefined;
}

/**
 * Turns the first Ctrl-C or SIGTERM into an abort, so that the services can be ended in order; the second calls `atOnce`.
 */
export function onInterruption(atOnce: (exitCode: number) => void): Interruption {
  const stop = new AbortController();
  let code: number | undefined;
  const interrupt = (name: 'SIGINT' | 'SIGTERM') => {
    if (code !== undefined) return atOnce(code);
    code = 128 + constants.signals[name];
    stop.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return { signal: stop.signal, exitCode: () => code };
}
