import type { TraceState } from '@opentelemetry/api';
import { cleanText } from '@otel-monitor/runtime';

/** Eight times what must be carried (W3C Trace Context, "tracestate Limits"). */
const MAX_LENGTH = 4096;

/** A trace state as it may leave to a backend; what is handed on to other services is not touched. */
export function traceStateText(traceState: TraceState): string;
export function traceStateText(traceState: TraceState | undefined): string | undefined;
export function traceStateText(traceState: TraceState | undefined): string | undefined {
  return traceState === undefined ? undefined : cleanText(traceState.serialize(), MAX_LENGTH);
}
