import { type Context, propagation, ROOT_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api';
import { countingBeside, datadogKind } from '../other-recorders.js';
import type { OtherRequest } from './other-request.js';
import { requestOf, rpcMetadataOf } from './request-context.js';
import type { RequestFacts } from './request-facts.js';

/** Whether another instrumentation records the request that is coming in: what belongs to it is in the active context. */
export function isRecordedByOthers(active: Context): boolean {
  const span = trace.getSpan(active) as (Span & { readonly kind?: SpanKind }) | undefined;
  if (span === undefined) return false;
  const metadata = rpcMetadataOf(active);
  const enclosing = requestOf(active);
  // a server that was started while one of our requests was handled has that request's context for ever
  if (enclosing !== undefined && (metadata === undefined || metadata === enclosing)) return false;
  // the span of work that merely started the server is of another kind, or has ended
  return metadata !== undefined || (isServer(span) && span.isRecording());
}

/**
 * What another instrumentation has started for the request that is coming in: a request must not be traced twice, whoever
 * comes first.
 */
export function requestOfOthers(active: Context, { headers }: RequestFacts): OtherRequest | undefined {
  const span = trace.getSpan(active);
  if (span === undefined || !isRecordedByOthers(active)) return undefined;
  const caller = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, headers));
  return { span, metadata: rpcMetadataOf(active), counting: countingBeside(span, 'http'), caller };
}

function isServer(span: Span & { readonly kind?: SpanKind }): boolean {
  return span.kind === SpanKind.SERVER || datadogKind(span) === 'server';
}
