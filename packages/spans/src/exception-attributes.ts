import type { Attributes, Exception } from '@opentelemetry/api';
import { ATTR_EXCEPTION_MESSAGE, ATTR_EXCEPTION_STACKTRACE, ATTR_EXCEPTION_TYPE } from '@otel-monitor/semconv';

/**
 * What `recordException` writes, as the SDK's span does; undefined when the exception says neither type nor message, or
 * cannot be read.
 */
export function exceptionAttributes(exception: Exception | null | undefined): Attributes | undefined {
  try {
    return attributesOf(exception);
  } catch {
    // a getter that throws must not reach whoever records what went wrong
    return undefined;
  }
}

function attributesOf(exception: Exception | null | undefined): Attributes | undefined {
  if (typeof exception === 'string') return exception === '' ? undefined : { [ATTR_EXCEPTION_MESSAGE]: exception };
  if (!exception) return undefined;
  const { code, name, message, stack } = exception as {
    code?: unknown;
    name?: string;
    message?: string;
    stack?: string;
  };
  const type = code ? String(code) : name;
  if (!type && !message) return undefined;
  return {
    ...(type && { [ATTR_EXCEPTION_TYPE]: type }),
    ...(message && { [ATTR_EXCEPTION_MESSAGE]: message }),
    ...(stack && { [ATTR_EXCEPTION_STACKTRACE]: stack }),
  };
}
