import { context } from '@opentelemetry/api';
import { settle } from '@otel-monitor/operations';
import { factsOf } from './call-facts.js';
import { injectInto, oneCalls } from './client-calls.js';

/** What a client that is not known says of its request. */
export interface RequestMetrics {
  /** Status of the answer; a request without one has failed only if its callback throws. */
  statusCode?: number | undefined;
  /** Size of the answer's body, in bytes. */
  responseSizeBytes?: number | undefined;
  /** Size of the request's body, in bytes. */
  requestSizeBytes?: number | undefined;
  /** Headers that carry the trace to the other side: give them to the client. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Records a request that a client sends which is not known here: `callback` sends it, says its status and sizes, and gives
 * what it likes. Its value, error or rejection comes back untouched. Requests that it is made of are not recorded again.
 *
 * @param url absolute; of any other the request is sent unmonitored
 */
export function monitorRequest<T>(method: string, url: string | URL, callback: (metrics: RequestMetrics) => T): T {
  const call = startCall(method, url);
  const headers: Record<string, string> = {};
  injectInto(call, headers, { set: (carrier, key, value) => Object.assign(carrier, { [key]: value }) });
  const metrics: RequestMetrics = { headers };
  if (call === undefined) return callback(metrics);
  const end = () => {
    const { statusCode, responseSizeBytes, requestSizeBytes } = metrics;
    if (typeof statusCode === 'number') call.responded(statusCode);
    call.end({ requestBytes: requestSizeBytes, responseBytes: responseSizeBytes });
  };
  const fail = (error: unknown) => {
    call.failed(error);
    end();
    return '';
  };
  let result: T;
  try {
    result = context.with(call.context, callback, undefined, metrics);
  } catch (error) {
    fail(error);
    throw error;
  }
  return settle(callback, result, { end, fail });
}

function startCall(method: string, url: string | URL) {
  try {
    return oneCalls.start(factsOf(String(method), new URL(url)));
  } catch {
    return undefined;
  }
}
