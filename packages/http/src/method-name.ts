import { runtimeState } from '@otel-monitor/runtime';
import { HTTP_METHOD_OTHER } from '@otel-monitor/semconv';

/** `http.request.method`: the method itself where it is known, else `_OTHER` (semantic conventions, HTTP). */
export function knownMethod(method: string): string {
  return runtimeState.http.knownMethods.has(method) ? method : HTTP_METHOD_OTHER;
}

/** What a span's name begins with: `HTTP` where the method is unknown. */
export function spanNameOf(method: string): string {
  return method === HTTP_METHOD_OTHER ? 'HTTP' : method;
}
