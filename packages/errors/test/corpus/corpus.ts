import { readdirSync, readFileSync } from 'node:fs';
import type { DescribedError } from '../../src/description/described-error.js';
import { knownFrames } from '../../src/fingerprint/known-frames.js';

/** An error as a program of the corpus told it. */
export interface Told {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack: string;
  readonly cause?: Told;
  readonly errors?: readonly Told[];
}

/** One trace of the corpus. Those with the same `fault` are one group, and no others are. */
export interface Trace extends Told {
  readonly fault: string;
  /** What it was taken from: Node's line and the machine, or the browser's build. */
  readonly from: string;
}

const folder = new URL('./real/', import.meta.url);

/** All traces that programs really told. */
export function realTraces(): Trace[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Trace[]);
}

/** As the error itself would be described, without its object. */
export function described({ type, message, code, stack, cause, errors = [] }: Told): DescribedError {
  const at = stack.search(/\n\s+at /);
  return {
    errorType: type,
    exceptionType: type,
    message,
    code,
    head: undefined,
    frames: at === -1 ? undefined : knownFrames(stack.slice(at)),
    causes: [...(cause === undefined ? [] : [cause]), ...errors].map(described),
  };
}
