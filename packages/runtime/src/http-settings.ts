/** What recording of HTTP requests reads; part of the settings in force. */
export interface HttpSettings {
  /**
   * Paths of requests to this service that leave neither span nor metric; one that ends with `*` stands for all that begin
   * so. What such a request does is not traced either.
   */
  ignoredPaths: readonly string[];
  /** Whether answers carry `Server-Timing: traceparent;desc="…"`, by which a browser finds their trace. */
  serverTiming: boolean;
  /** Whether the sizes of bodies are recorded. */
  bodySizes: boolean;
  /** Whether the last requests to other services are kept for looking at. */
  detailedLogging: boolean;
  /** How many of them. */
  maxRecordedRequests: number;
  /** Methods that may be `http.request.method`; any other is `_OTHER`. */
  knownMethods: ReadonlySet<string>;
}

/** Paths that probes and scrapers ask, here and elsewhere. */
const PROBES = ['/metrics', '/health', '/healthz', '/livez', '/readyz', '/startupz'];

/** Those of RFC 9110, and PATCH (semantic conventions, HTTP, `http.request.method`). */
const METHODS = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

/** The settings before anything was configured. */
export function initialHttpSettings(): HttpSettings {
  return {
    ignoredPaths: PROBES,
    serverTiming: false,
    bodySizes: true,
    detailedLogging: false,
    maxRecordedRequests: 500,
    knownMethods: new Set(METHODS),
  };
}
