import { hexWord, type SpanIds } from '@otel-monitor/runtime';

const TRACE_ID = /^[0-9a-f]{32}$/i;
const SPAN_ID = /^[0-9a-f]{16}$/i;

/**
 * The ids of a span of any SDK, for the exemplar of a measurement. Undefined when they are not 32 and 16 hexadecimal
 * digits, or all zero (W3C Trace Context, "trace-id", "parent-id"). Never throws.
 */
export function spanIds(traceId: string, spanId: string): SpanIds | undefined {
  if (typeof traceId !== 'string' || typeof spanId !== 'string') return undefined;
  if (!TRACE_ID.test(traceId) || !SPAN_ID.test(spanId)) return undefined;
  const ids = {
    traceId0: hexWord(traceId, 0),
    traceId1: hexWord(traceId, 8),
    traceId2: hexWord(traceId, 16),
    traceId3: hexWord(traceId, 24),
    spanId0: hexWord(spanId, 0),
    spanId1: hexWord(spanId, 8),
  };
  const isTrace = (ids.traceId0 | ids.traceId1 | ids.traceId2 | ids.traceId3) !== 0;
  return isTrace && (ids.spanId0 | ids.spanId1) !== 0 ? ids : undefined;
}
