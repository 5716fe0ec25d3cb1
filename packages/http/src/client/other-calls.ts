import { type Context, propagation, type Span, type SpanContext, SpanKind, trace } from '@opentelemetry/api';
import { operationOf } from '@otel-monitor/operations';
import {
  type Counting,
  countingBeside,
  datadogKind,
  hasSentry,
  isOfficial,
  mayBeRecording,
} from '../other-recorders.js';
import { requestOf } from '../server/request-context.js';
import type { TraceHeaders } from './trace-headers.js';

/** A request that another instrumentation records in a span of its own. */
export interface OtherCall {
  readonly span: Span;
  readonly counting: Counting;
}

/** Headers of propagators that do not say which span sends. */
const WITHOUT_SPAN = new Set(['tracestate', 'baggage']);

/** Where the official instrumentation of a client is to be looked for. */
export interface Client {
  readonly name: 'http' | 'undici';
  /** Whether requests are seen in the context of its span: where not, only what it has written tells of it. */
  readonly isInContext: boolean;
}

/**
 * Who else has recorded a request that is about to be sent: told by the span that it is sent in, or by the headers that are
 * there already. We look last of all, so that whoever records it has written them.
 *
 * @returns undefined: nobody. Headers that a proxy passes on, that the application has made of the span it works in, or
 *   that come from a tracing system of its own (Datadog) are no record.
 */
export function callOfOthers(headers: TraceHeaders, active: Context, client: Client): OtherCall | undefined {
  const span = trace.getSpan(active);
  const found = datadogSpan(span) ?? sentrySpan(headers, span) ?? officialSpan(headers, active, span, client);
  return found && { span: found, counting: countingBeside(found, client.name) };
}

/** The span that Datadog's tracer has made for this request, where that tracer is the provider: it sends in its context. */
function datadogSpan(span: Span | undefined): Span | undefined {
  return span !== undefined && datadogKind(span) === 'client' ? span : undefined;
}

function officialSpan(
  headers: TraceHeaders,
  active: Context,
  span: Span | undefined,
  { name, isInContext }: Client,
): Span | undefined {
  if (!mayBeRecording(name)) return undefined;
  return isInContext ? sendingSpan(span, active, headers) : writtenSpan(headers, active);
}

/** The active span, if it is another instrumentation's for this request. */
function sendingSpan(span: Span | undefined, active: Context, headers: TraceHeaders): Span | undefined {
  if (span === undefined || isOurs(span, active)) return undefined;
  const { kind } = span as { readonly kind?: SpanKind };
  if (kind !== undefined) return kind === SpanKind.CLIENT && isOfficial(span) ? span : undefined;
  // a span that is not sampled says nothing of itself: it is what the headers were written of
  const { spanId } = span.spanContext();
  return traceFields().some((field) => headers.values(field).some((value) => value.includes(spanId)))
    ? span
    : undefined;
}

function isOurs(span: Span, active: Context): boolean {
  return operationOf(active)?.span === span || requestOf(active)?.span === span;
}

/** The span that Sentry has made for this request: it writes one header of its own, and no other unless asked. */
function sentrySpan(headers: TraceHeaders, active: Span | undefined): Span | undefined {
  if (!hasSentry()) return undefined;
  // without a decision on sampling it is no span's
  const [, traceId, spanId, sampled] =
    /^\s*([0-9a-f]{32})-([0-9a-f]{16})-([01])\s*$/.exec(headers.values('sentry-trace').at(-1) ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || spanId === active?.spanContext().spanId) return undefined;
  return trace.wrapSpanContext({ traceId, spanId, traceFlags: Number(sampled) });
}

/** The span that the headers were written of, by whoever tells of it in no other way. */
function writtenSpan(headers: TraceHeaders, active: Context): Span | undefined {
  const parent = trace.getSpanContext(active);
  for (const field of traceFields()) {
    for (const value of headers.values(field)) {
      if (requestOf(active)?.isCalledBy(value) || (parent !== undefined && value.includes(parent.spanId))) continue;
      const written = contextOf(value);
      if (!isDatadogs(headers, written)) return trace.wrapSpanContext(written);
    }
  }
  return undefined;
}

/** Whether headers tell a span in the format of the propagator that is registered. */
export function tellSpan(headers: TraceHeaders): boolean {
  return propagation.fields().some((field) => !WITHOUT_SPAN.has(field) && headers.values(field).length > 0);
}

/** Which headers tell a span: those of the propagator that is registered, and the standard one always. */
function traceFields(): readonly string[] {
  const fields = propagation
    .fields()
    .filter((field) => field !== 'traceparent' && field !== 'sentry-trace' && !WITHOUT_SPAN.has(field));
  return ['traceparent', ...fields];
}

/** What a `traceparent` says; headers of other formats are known to be there, and no more. */
function contextOf(value: string): SpanContext {
  const [, traceId = '', spanId = '', flags = '0'] =
    /^\s*[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/.exec(value) ?? [];
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
}

/** Whether Datadog's tracer has written the trace: its member of `tracestate` repeats the span (`p`). */
function isDatadogs(headers: TraceHeaders, { spanId }: SpanContext): boolean {
  if (spanId === '') return false;
  return headers.values('tracestate').some((value) => new RegExp(`(?:^|,)\\s*dd=[^,]*\\bp:${spanId}`).test(value));
}
