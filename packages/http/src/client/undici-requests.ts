import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { TextMapSetter } from '@opentelemetry/api';
import { contentLength } from '../body-size.js';
import { currentRequest } from '../server/request-context.js';
import { type CallFacts, factsOf } from './call-facts.js';
import type { ClientCall } from './client-call.js';
import { injectInto, oneCalls } from './client-calls.js';
import type { Peer } from './peer-attributes.js';

/** A request of undici, which is also what `fetch` sends, as its diagnostics channels tell of it. */
interface UndiciRequest {
  readonly origin?: unknown;
  readonly path?: string;
  readonly method?: string;
  /** Names and values in turn; text in versions before 6. */
  readonly headers?: unknown;
  readonly contentLength?: number | null;
  /** The protocol that is asked for instead of HTTP. */
  readonly upgrade?: unknown;
  addHeader?(name: string, value: string): unknown;
  onUpgrade?(this: UndiciRequest, status: number, ...more: unknown[]): unknown;
}

interface Message {
  readonly request: UndiciRequest;
  readonly response: { readonly statusCode: number; readonly headers?: readonly unknown[] };
  readonly error: unknown;
  readonly socket?: Peer & { readonly alpnProtocol?: unknown };
}

interface Sent {
  readonly call: ClientCall;
  /** Of the protocol, once it is sent. */
  version: string;
  responseBytes: number | undefined;
}

const setter: TextMapSetter<UndiciRequest> = {
  set: (request, key, value) => void request.addHeader?.(key, value),
};

/** Has requests of `fetch` and undici recorded when `isWanted` says so, as they are sent. Gives the way back. */
export function monitorUndici(isWanted: () => boolean): () => void {
  const sent = new WeakMap<UndiciRequest, Sent>();
  const listeners: Record<string, (message: Message) => void> = {
    'undici:request:create': ({ request }) => {
      const call = start(request, isWanted);
      if (call === undefined) return;
      sent.set(request, { call, version: '', responseBytes: undefined });
      if (request.upgrade)
        endAtUpgrade(request, (status) => {
          call.responded(status);
          end(sent, request);
        });
    },
    'undici:client:sendHeaders': ({ request, socket }) => {
      const known = sent.get(request);
      if (known === undefined) return;
      known.version = socket?.alpnProtocol === 'h2' ? '2' : '1.1';
      known.call.connected(socket);
    },
    'undici:request:headers': ({ request, response }) => {
      const known = sent.get(request);
      if (known === undefined) return;
      const headers = response.headers ?? [];
      known.call.responded(response.statusCode, known.version, headerOf(headers, 'location'));
      known.responseBytes = contentLength(headerOf(headers, 'content-length'));
    },
    'undici:request:trailers': ({ request }) => end(sent, request),
    'undici:request:error': ({ request, error }) => {
      sent.get(request)?.call.failed(error);
      end(sent, request);
    },
  };
  const safe = Object.entries(listeners).map(([channel, listener]) => {
    const total = (message: unknown) => {
      try {
        listener(message as Message);
      } catch {
        // a version of undici that tells of its requests otherwise
      }
    };
    subscribe(channel, total);
    return () => void unsubscribe(channel, total);
  });
  return () => {
    for (const undo of safe) undo();
  };
}

function start(request: UndiciRequest, isWanted: () => boolean): ClientCall | undefined {
  const traceparent = traceparentOf(request.headers);
  if (traceparent !== undefined && currentRequest()?.isCalledBy(traceparent) !== true) return undefined;
  if (!isWanted()) return undefined;
  const call = oneCalls.start(facts(request));
  // what a proxy passes on cannot be replaced here: a header would be there twice
  if (traceparent === undefined) injectInto(call, request, setter);
  return call;
}

/** No channel tells of an answer that switches protocols. */
function endAtUpgrade(request: UndiciRequest, end: (status: number) => void): void {
  const { onUpgrade } = request;
  if (typeof onUpgrade !== 'function') return;
  request.onUpgrade = function monitored(status, ...more) {
    end(status);
    return onUpgrade.call(this, status, ...more);
  };
}

type OriginFacts = Omit<CallFacts, 'method' | 'target'>;

/** Requests mostly go where the one before went, and an address is dear to take apart. */
let last: { readonly origin: string; readonly facts: OriginFacts } | undefined;

function facts({ origin, path = '/', method = 'GET' }: UndiciRequest): CallFacts {
  const { scheme, address, port } = originFacts(String(origin));
  return { method: method.toUpperCase(), scheme, address, port, target: path };
}

function originFacts(origin: string): OriginFacts {
  if (last?.origin === origin) return last.facts;
  const { scheme, address, port } = factsOf('GET', new URL(origin));
  last = { origin, facts: { scheme, address, port } };
  return last.facts;
}

function end(sent: WeakMap<UndiciRequest, Sent>, request: UndiciRequest): void {
  const known = sent.get(request);
  if (known === undefined) return;
  sent.delete(request);
  known.call.end({
    requestBytes: contentLength(request.contentLength ?? 0),
    responseBytes: known.responseBytes,
  });
}

function traceparentOf(headers: unknown): string | undefined {
  if (Array.isArray(headers)) return headerOf(headers, 'traceparent');
  if (typeof headers !== 'string') return undefined;
  return /^traceparent: *(\S+)/im.exec(headers)?.[1];
}

/** The value of a header in a list of names and values in turn, as text or bytes. */
function headerOf(headers: readonly unknown[], name: string): string | undefined {
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const key = headers[index] as { readonly length?: number } | undefined;
    if (key?.length !== name.length) continue;
    if (String(key).toLowerCase() === name) return String(headers[index + 1]);
  }
  return undefined;
}
