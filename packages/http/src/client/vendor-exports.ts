import type { TraceHeaders } from './trace-headers.js';

/** Envelopes of Sentry, to whichever host: they are told by the name of the client that they come from. */
const ENVELOPE = /\/api\/\d+\/envelope\/\?.*\bsentry_client=/;
/** Where Datadog's tracer stands for its parts to find each other. */
const DATADOG = Symbol.for('dd-trace');
/** What it says of itself to its agent, with traces and with its telemetry; its questions for settings are told by their path. */
const DATADOG_HEADERS = ['datadog-meta-lang', 'dd-telemetry-request-type'];
const DATADOG_SETTINGS = '/v0.7/config';

/**
 * Whether a request carries what a vendor's tracer has recorded. Exporters of OpenTelemetry say so in their context; these
 * are in no context of OpenTelemetry's.
 */
export function isVendorExport(target: string, headers: TraceHeaders): boolean {
  if (ENVELOPE.test(target)) return true;
  if (!(DATADOG in globalThis)) return false;
  return target === DATADOG_SETTINGS || DATADOG_HEADERS.some((name) => headers.values(name).length > 0);
}
