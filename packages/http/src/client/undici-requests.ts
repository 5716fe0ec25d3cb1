import { context } from '@opentelemetry/api';
import { contentLength } from '../body-size.js';
import { type CallFacts, factsOf } from './call-facts.js';
import type { ClientCall } from './client-call.js';
import { oneCalls } from './client-calls.js';
import { subscribeLast } from './last-subscriber.js';
import { type Client, callOfOthers } from './other-calls.js';
import type { Peer } from './peer-attributes.js';
import { writeTrace } from './trace-headers.js';
import { headerOf, type UndiciCarrier, UndiciHeaders } from './undici-headers.js';
import { isVendorExport } from './vendor-exports.js';

/** A request of undici, which is also what `fetch` sends, as its diagnostics channels tell of it. */
interface UndiciRequest extends UndiciCarrier {
  readonly origin?: unknown;
  readonly path?: string;
  readonly method?: string;
  readonly contentLength?: number | null;
  /** The protocol that is asked for instead of HTTP. */
  readonly upgrade?: unknown;
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

/** Its official instrumentation makes no context. */
const UNDICI: Client = { name: 'undici', isInContext: false };

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
    return subscribeLast(channel, total);
  });
  return () => {
    for (const undo of safe) undo();
  };
}

function start(request: UndiciRequest, isWanted: () => boolean): ClientCall | undefined {
  const headers = new UndiciHeaders(request);
  if (!isWanted() || isVendorExport(request.path ?? '', headers)) return undefined;
  const other = callOfOthers(headers, context.active(), UNDICI);
  const call = other === undefined ? oneCalls.start(facts(request)) : oneCalls.adopt(facts(request), other);
  writeTrace(call, headers);
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
