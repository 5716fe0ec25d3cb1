import type { ServerResponse } from 'node:http';
import type { Span } from '@opentelemetry/api';
import { writeTraceparent } from '@otel-monitor/propagation';

/** `Server-Timing` by which a page of a browser finds the trace that it is answered in (W3C Server Timing). */
export function serverTimingValue(span: Span): string | undefined {
  const traceparent = writeTraceparent(span.spanContext());
  return traceparent && `traceparent;desc="${traceparent}"`;
}

/** Says the trace in a header of the answer, beside what others say there. Never throws. */
export function addServerTiming(response: ServerResponse, span: Span): void {
  try {
    const value = serverTimingValue(span);
    if (value !== undefined) response.appendHeader('Server-Timing', value);
  } catch {
    // the headers were sent before: the answer goes out without it
  }
}
