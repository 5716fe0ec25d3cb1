import type { Span, SpanContext } from '@opentelemetry/api';
import type { Counting } from '../other-recorders.js';

/** A request that another instrumentation records in a span of its own. */
export interface OtherRequest {
  readonly span: Span;
  /** Where the other one looks for the route. */
  readonly metadata: { route?: string | undefined } | undefined;
  readonly counting: Counting;
  /** Who sent the request. */
  readonly caller: SpanContext | undefined;
}
