import { context, isSpanContextValid, type SpanContext, trace } from '@opentelemetry/api';

/** What a log line says of its span (OpenTelemetry, "Trace Context in non-OTLP Log Formats"). */
export interface TraceFields {
  /** 32 hexadecimal digits. */
  trace_id: string;
  /** 16 hexadecimal digits. */
  span_id: string;
  /** W3C trace flags, 2 hexadecimal digits: `01` is sampled, `00` is not. */
  trace_flags: string;
}

/** The ids that were asked for last, which never change: most lines follow one of the same span. */
let lastValid: SpanContext | undefined;

/** The fields of the active span, in an object of the caller's; undefined outside any. Never throws. */
export function activeTraceFields(): TraceFields | undefined {
  try {
    const spanContext = trace.getSpanContext(context.active());
    if (spanContext === undefined) return undefined;
    if (spanContext !== lastValid) {
      if (!isSpanContextValid(spanContext)) return undefined;
      lastValid = spanContext;
    }
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
  if (flags === 1) return '01';
  return flags === 0 ? '00' : (flags & 0xff).toString(16).padStart(2, '0');
}
