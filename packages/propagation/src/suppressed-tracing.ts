import { type Context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';

/**
 * The key by which the SDK marks work that must not be traced, an export above all (`suppressTracing` of
 * `@opentelemetry/core`); a key by name is the same symbol everywhere.
 */
const SUPPRESS_TRACING_KEY = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** A context in which nothing is traced or propagated. */
export const UNTRACED: Context = ROOT_CONTEXT.setValue(SUPPRESS_TRACING_KEY, true);

/** Whether work in `given` is not to be traced or propagated: that of exporters, and of requests that are left out. */
export function isTracingSuppressed(given: Context): boolean {
  return given.getValue(SUPPRESS_TRACING_KEY) === true;
}
