import { processWide } from '@otel-monitor/runtime';

/** Books of this process: what they hold is in its memory, also after monitoring was ended and started again. */
export function ownBooks(): Set<string> {
  return processWide('state-own-books', () => new Set<string>());
}
