import { processWide, runtimeState } from '@otel-monitor/runtime';

/** One request to another service, as it is kept for looking at. */
export interface RecordedRequest {
  readonly method: string;
  /** Without credentials; values of secret parameters are `REDACTED`. */
  readonly url: string;
  /** Undefined: nothing came back. */
  readonly statusCode: number | undefined;
  /** Bytes; undefined where it is not known. */
  readonly responseSizeBytes: number | undefined;
  readonly durationSeconds: number;
  /** Undefined: it did not fail. */
  readonly errorType: string | undefined;
  readonly traceId: string;
  /** ISO 8601, UTC. */
  readonly endedAt: string;
}

/** The last requests, in a ring. */
const kept = processWide<{ ring: RecordedRequest[]; next: number }>('http-recorded-requests', () => ({
  ring: [],
  next: 0,
}));

/** Keeps a request, in the place of the oldest when there is no room. */
export function keepRequest(request: RecordedRequest): void {
  const { maxRecordedRequests } = runtimeState.http;
  if (kept.ring.length > maxRecordedRequests) inOrder(maxRecordedRequests);
  if (maxRecordedRequests === 0) return;
  if (kept.ring.length < maxRecordedRequests) {
    // a ring that grows begins anew in order
    if (kept.next !== kept.ring.length) inOrder(kept.ring.length);
    kept.ring.push(request);
    kept.next = kept.ring.length;
    return;
  }
  kept.next %= kept.ring.length;
  kept.ring[kept.next] = request;
  kept.next += 1;
}

/**
 * The last requests to other services, oldest first: none unless `http.enable_detailed_logging` is set, and at most
 * `http.max_recorded_requests` (500).
 */
export function recordedRequests(): RecordedRequest[] {
  return [...kept.ring.slice(kept.next), ...kept.ring.slice(0, kept.next)];
}

function inOrder(count: number): void {
  kept.ring = count === 0 ? [] : recordedRequests().slice(-count);
  kept.next = kept.ring.length;
}
