/** Ids of a sampled span as six signed 32-bit words, most significant first: small integers, which cost V8 no object. */
export interface SpanIds {
  readonly traceId0: number;
  readonly traceId1: number;
  readonly traceId2: number;
  readonly traceId3: number;
  readonly spanId0: number;
  readonly spanId1: number;
}

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
    traceId0: word(traceId, 0),
    traceId1: word(traceId, 8),
    traceId2: word(traceId, 16),
    traceId3: word(traceId, 24),
    spanId0: word(spanId, 0),
    spanId1: word(spanId, 8),
  };
  const isTrace = (ids.traceId0 | ids.traceId1 | ids.traceId2 | ids.traceId3) !== 0;
  return isTrace && (ids.spanId0 | ids.spanId1) !== 0 ? ids : undefined;
}

function word(id: string, start: number): number {
  return Number.parseInt(id.slice(start, start + 8), 16) | 0;
}
