import { processWide } from '@otel-monitor/runtime';

/** Ids of the error objects that were counted, held weakly: every monitor of the process sees the same. */
const seen: WeakMap<object, string> = processWide('seen-errors', () => new WeakMap<object, string>());

/** The id under which this very object was counted before. */
export function seenId(error: unknown): string | undefined {
  return isHoldable(error) ? seen.get(error) : undefined;
}

/** Remembers an error object; a thrown string or number has no identity to remember. */
export function markSeen(error: unknown, id: string): void {
  if (isHoldable(error)) seen.set(error, id);
}

function isHoldable(error: unknown): error is object {
  return (typeof error === 'object' && error !== null) || typeof error === 'function';
}
