import type { Scope } from '@otel-monitor/runtime';

/** Instrumentation scope of everything that is recorded here, by whichever framework or client. */
export const HTTP_SCOPE: Scope = { name: '@otel-monitor/http', version: '0.1.0' };
