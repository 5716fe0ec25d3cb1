import { type Context, createContextKey } from '@opentelemetry/api';

/** The key by which the SDK marks work that must not be traced, an export above all; `@opentelemetry/core` sets it. */
const SUPPRESS_TRACING_KEY = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Whether nothing of this context is to be propagated. */
export function isSuppressed(context: Context): boolean {
  return context.getValue(SUPPRESS_TRACING_KEY) === true;
}
