import type { ServerRequest } from '../server-request.js';

/** What listeners threw in this turn of the event loop. */
const thrown = new Map<unknown, ServerRequest>();

/**
 * A listener threw. Where nobody catches that, the process ends now and no answer will come: the request ends before it.
 * Whoever emitted the event by hand may still catch it and answer.
 */
export function listenerThrew(request: ServerRequest, error: unknown): void {
  request.failed(error);
  if (thrown.size === 0) {
    // before those who write out what was recorded; it comes at once, or not at all
    process.prependListener('uncaughtExceptionMonitor', endUncaught);
    setImmediate(forget).unref();
  }
  thrown.set(error, request);
}

function endUncaught(error: unknown): void {
  // who handles it keeps the process alive, and the request open
  if (process.listenerCount('uncaughtException') > 0) return;
  thrown.get(error)?.answered({ status: undefined, isComplete: false });
}

function forget(): void {
  process.removeListener('uncaughtExceptionMonitor', endUncaught);
  thrown.clear();
}
