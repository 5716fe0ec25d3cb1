import { type Context, context, createContextKey } from '@opentelemetry/api';
import type { ServerRequest } from './server-request.js';

/** Keys by name are the same symbol in every copy of this package. */
const REQUEST_KEY = createContextKey('otel-monitor.http.server-request');
/** Where the framework instrumentations of OpenTelemetry put the route (`setRPCMetadata` of its core). */
const RPC_METADATA_KEY = createContextKey('OpenTelemetry SDK Context Key RPC_METADATA');

/** What an instrumentation of OpenTelemetry says of a request that it records. */
export interface RpcMetadata {
  readonly type: string;
  route?: string | undefined;
}

/** The context of what came with a request, with the request over it: one object in the place of a copy of all values. */
export class RequestContext implements Context {
  constructor(
    private readonly base: Context,
    private readonly request: ServerRequest,
  ) {}

  getValue(key: symbol): unknown {
    return key === REQUEST_KEY || key === RPC_METADATA_KEY ? this.request : this.base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return this.#copy().setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return this.#copy().deleteValue(key);
  }

  #copy(): Context {
    return this.base.setValue(REQUEST_KEY, this.request).setValue(RPC_METADATA_KEY, this.request);
  }
}

/** The request that the calling code answers, if any. */
export function currentRequest(): ServerRequest | undefined {
  return requestOf(context.active());
}

/** The request that work in `given` belongs to, if any. */
export function requestOf(given: Context): ServerRequest | undefined {
  return given.getValue(REQUEST_KEY) as ServerRequest | undefined;
}

/** What another instrumentation says of the request that it records in `given`, if any does. */
export function rpcMetadataOf(given: Context): RpcMetadata | undefined {
  const metadata = given.getValue(RPC_METADATA_KEY) as RpcMetadata | undefined;
  return metadata?.type === 'http' ? metadata : undefined;
}
