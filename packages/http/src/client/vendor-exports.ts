import type { TraceHeaders } from './trace-headers.js';

/** Envelopes of Sentry, to whichever host: they are told by the name of the client that they come from. */
const ENVELOPE = /\/api\/\d+\/envelope\/\?.*\bsentry_client=/;

/**
 * Whether a request carries what a vendor's tracer has recorded. Exporters of OpenTelemetry say so in their context; these
 * are in no context of OpenTelemetry's.
 */
export function isVendorExport(target: string, headers: TraceHeaders): boolean {
  return ENVELOPE.test(target) || headers.values('datadog-meta-lang').length > 0;
}
