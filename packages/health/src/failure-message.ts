import { cleanText } from '@otel-monitor/runtime';

const MAX_CAUSES = 3;

/**
 * The message of anything thrown with those of its causes, secrets taken out: `fetch failed: connect ECONNREFUSED …`.
 * An error that says nothing itself (Node's AggregateError of a refused connection) speaks by its first error, else by
 * its code. Total on any input; empty when there is nothing to say.
 */
export function failureMessage(error: unknown, limit: number): string {
  const parts: string[] = [];
  let current: unknown = error;
  for (let i = 0; i <= MAX_CAUSES && current !== undefined && current !== null; i += 1) {
    const words = wordsOf(current);
    if (words !== '' && !parts.includes(words)) parts.push(words);
    current = read(current, 'cause');
  }
  return cleanText(parts.join(': '), limit);
}

function wordsOf(error: unknown): string {
  if (typeof error !== 'object' && typeof error !== 'function') return String(error).slice(0, 4096);
  const first = read(read(error, 'errors'), '0');
  for (const words of [read(error, 'message'), read(first, 'message'), read(error, 'code')]) {
    if (typeof words === 'string' && words !== '') return words.slice(0, 4096);
  }
  return '';
}

function read(value: unknown, key: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}
