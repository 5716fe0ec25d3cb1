import type { ServerResponse } from 'node:http';
import type { Span } from '@opentelemetry/api';

/** `Server-Timing` by which a page of a browser finds the trace that it is answered in (W3C Server Timing). */
export function serverTimingValue(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  const flags = traceFlags.toString(16).padStart(2, '0');
  return `traceparent;desc="00-${traceId}-${spanId}-${flags}"`;
}

/** Says the trace in a header of the answer, beside what others say there. Never throws. */
export function addServerTiming(response: ServerResponse, span: Span): void {
  try {
    response.appendHeader('Server-Timing', serverTimingValue(span));
  } catch {
    // the headers were sent before: the answer goes out without it
  }
}
