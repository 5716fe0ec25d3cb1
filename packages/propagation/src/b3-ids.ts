import { type SpanContext, TraceFlags } from '@opentelemetry/api';
import { isLowerHexId } from './lower-hex.js';

const TRACE_ID_LENGTH = 32;
const SHORT_TRACE_ID_LENGTH = 16;
export const SPAN_ID_LENGTH = 16;

/** What B3 headers say: a span context, and whether the trace is one of debugging. */
export interface B3Context {
  readonly spanContext: SpanContext;
  readonly isDebug: boolean;
}

/** Undefined when an id is not valid. A trace id of 64 bits gets zeros in front, as it has in every other format. */
export function b3Context(
  traceId: string,
  spanId: string,
  isSampled: boolean,
  isDebug: boolean,
): B3Context | undefined {
  if (!isLowerHexId(traceId, TRACE_ID_LENGTH) && !isLowerHexId(traceId, SHORT_TRACE_ID_LENGTH)) return undefined;
  if (!isLowerHexId(spanId, SPAN_ID_LENGTH)) return undefined;
  return {
    spanContext: {
      traceId: traceId.padStart(TRACE_ID_LENGTH, '0'),
      spanId,
      // debug implies sampled (OpenTelemetry, API propagators, "B3 Extract")
      traceFlags: isSampled || isDebug ? TraceFlags.SAMPLED : TraceFlags.NONE,
      isRemote: true,
    },
    isDebug,
  };
}
