import { boundedErrorType, errorType } from '@otel-monitor/runtime';

/** `error.type` of what something failed with: text is taken as a class or code, anything else by its own. Total on any input. */
export function failureType(error: unknown): string {
  return typeof error === 'string' ? boundedErrorType(error) : errorType(error);
}
