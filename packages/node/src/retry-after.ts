/** No server may make us wait longer than this before the next attempt. */
const LONGEST_MILLIS = 60_000;

/**
 * Milliseconds that a `Retry-After` header asks for: seconds or an HTTP date (RFC 9110, 10.2.3). Undefined when there is
 * none, when it is not readable, or when it asks for no pause at all: then the caller's own pause holds.
 */
export function retryAfterMillis(header: string | undefined, now: number = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const millis = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return millis > 0 ? Math.min(millis, LONGEST_MILLIS) : undefined;
}
