import type { DescribedError } from '../description/described-error.js';
import { faultKey } from './fault-key.js';

const MAX_DEPTH = 16;
const MAX_ROOTS = 32;

/** Whether a cause, of whatever depth, tells where in the application it happened. */
export function hasTellingCause(causes: readonly DescribedError[], depth = 0): boolean {
  return causes.some(
    (cause) => isInApplication(cause) || (depth < MAX_DEPTH && hasTellingCause(cause.causes, depth + 1)),
  );
}

/**
 * What is alike in the causes of the same fault: of each chain of causes the innermost one that has frames of the
 * application, or the innermost at all; of an AggregateError's errors each kind once, in whatever order they came.
 */
export function causesKey(causes: readonly DescribedError[]): string {
  const keys = new Set<string>();
  for (const root of rootsOf(causes, 0)) {
    if (keys.size >= MAX_ROOTS) break;
    keys.add(`${faultKey(root)}\0${root.frames?.signature ?? ''}`);
  }
  return keys.size === 1 ? (keys.values().next().value as string) : [...keys].sort().join('\0\0');
}

function rootsOf(causes: readonly DescribedError[], depth: number): DescribedError[] {
  return causes.flatMap((cause) => {
    if (cause.isRepeated === true) return [];
    if (cause.causes.length === 0 || depth >= MAX_DEPTH) return [cause];
    const roots = rootsOf(cause.causes, depth + 1);
    const telling = roots.filter(isInApplication);
    if (telling.length > 0) return telling;
    return isInApplication(cause) ? [cause] : roots;
  });
}

/** Whether it tells where in the application it happened. */
export function isInApplication({ frames }: DescribedError): boolean {
  return frames?.culprit !== undefined;
}
