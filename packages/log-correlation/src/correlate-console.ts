import { withTraceFields } from './console-line.js';
import { patchOnce } from './patch-once.js';
import { wrapMethod } from './wrap-method.js';

const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const;

/** As much of a console as is changed. */
export type CorrelatedConsole = { [method in (typeof METHODS)[number]]: (...args: unknown[]) => void };

/**
 * Each line of `log`, `info`, `warn`, `error` and `debug` that is written while a span is active ends in
 * `trace_id=… span_id=…`. Gives the way back, which the last one who asked takes. Never throws.
 *
 * @param target left out: the console of the process
 */
export function correlateConsole(target: CorrelatedConsole = console): () => void {
  if (typeof target !== 'object' || target === null) return () => {};
  return patchOnce(target, () => {
    const ways = METHODS.map((name) => wrapMethod(target, name, withTraceFields));
    return () => {
      for (const back of ways) back();
    };
  });
}
