import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';

/** The key by which the SDK's tracers and instrumentations know that nothing is to be traced; the API names none. */
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
const UNTRACED = ROOT_CONTEXT.setValue(SUPPRESS_TRACING, true);

/** Calls `work` outside of any trace: no span of the caller's is its parent, and it begins none. */
export function untraced<T>(work: () => T): T {
  return context.with(UNTRACED, work);
}
