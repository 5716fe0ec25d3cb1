import { patchOnce } from './patch-once.js';
import { correlateLogged } from './winston-line.js';
import { wrapMethod } from './wrap-method.js';

/** As much of a winston logger as is asked: a stream whose `log`, and that of its children, ends in its `write`. */
export interface WinstonLogger {
  // biome-ignore lint/suspicious/noExplicitAny: a stream's write has overloads that differ between versions
  write(...args: any[]): boolean;
}

/**
 * Each line of a winston logger and of its children carries the fields of the span that is active when it is logged. Gives
 * the way back, which the last one who asked takes. Never throws.
 */
export function correlateWinston(logger: WinstonLogger): () => void {
  if (typeof logger !== 'object' || logger === null) return () => {};
  return patchOnce(logger, () =>
    wrapMethod(logger, 'write', (args) => {
      correlateLogged(args[0]);
      return args;
    }),
  );
}
