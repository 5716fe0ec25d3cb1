import { type Context, type Span, SpanKind, trace } from '@opentelemetry/api';
import { requestOf, rpcMetadataOf } from './request-context.js';

/** As far as spans of SDKs can be read. */
type ReadableSpan = Span & {
  readonly kind?: SpanKind;
  readonly instrumentationScope?: { readonly name?: string };
  /** The name of the same in SDKs before 2. */
  readonly instrumentationLibrary?: { readonly name?: string };
};

/** The official instrumentation records `http.server.*` itself. */
const OFFICIAL = '@opentelemetry/instrumentation-http';

/**
 * The span that another instrumentation has started for the request that is coming in: a request must not be traced twice,
 * whoever comes first. The span of work that merely started the server is none: it is of another kind, or has ended.
 */
export function spanOfOthers(active: Context): Span | undefined {
  const span = trace.getSpan(active) as ReadableSpan | undefined;
  if (span === undefined) return undefined;
  // a server that was started while one of our requests was handled has that request's context for ever
  if (requestOf(active) !== undefined) return undefined;
  if (rpcMetadataOf(active) !== undefined) return span;
  return span.kind === SpanKind.SERVER && span.isRecording() ? span : undefined;
}

/** Whether whoever made the span counts the request as well. */
export function recordsRequestMetrics(span: ReadableSpan): boolean {
  return (span.instrumentationScope ?? span.instrumentationLibrary)?.name === OFFICIAL;
}
