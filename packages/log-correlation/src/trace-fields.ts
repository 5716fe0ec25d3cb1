import { context, isSpanContextValid, trace } from '@opentelemetry/api';

/** What a log line says of its span (OpenTelemetry, "Trace Context in non-OTLP Log Formats"). */
export interface TraceFields {
  /** 32 hexadecimal digits. */
  trace_id: string;
  /** 16 hexadecimal digits. */
  span_id: string;
  /** W3C trace flags, 2 hexadecimal digits: `01` is sampled, `00` is not. */
  trace_flags: string;
}

/** The fields of the active span, in an object of the caller's; undefined outside any. Never throws. */
export function activeTraceFields(): TraceFields | undefined {
  try {
    const spanContext = trace.getSpanContext(context.active());
    if (spanContext === undefined || !isSpanContextValid(spanContext)) return undefined;
    const { traceId, spanId, traceFlags } = spanContext;
    return { trace_id: traceId, span_id: spanId, trace_flags: flagsText(traceFlags) };
  } catch {
    return undefined;
  }
}

/** Whether a line says something of a trace itself: then ours would only be half of it. */
export function saysTrace(line: object): boolean {
  return Object.hasOwn(line, 'trace_id') || Object.hasOwn(line, 'span_id') || Object.hasOwn(line, 'trace_flags');
}

function flagsText(flags: number): string {
  return (flags & 0xff).toString(16).padStart(2, '0');
}
