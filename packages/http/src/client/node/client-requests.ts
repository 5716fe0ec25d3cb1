import type { ClientRequest, IncomingMessage } from 'node:http';
import { context } from '@opentelemetry/api';
import { contentLength } from '../../body-size.js';
import { rawHeader } from '../../server/node/raw-header.js';
import { type CallFacts, defaultPort } from '../call-facts.js';
import type { ClientCall } from '../client-call.js';
import { oneCalls } from '../client-calls.js';
import { type Client, callOfOthers } from '../other-calls.js';
import { type TraceHeaders, writeTrace } from '../trace-headers.js';
import { isVendorExport } from '../vendor-exports.js';
import { doesNodeTell } from './does-node-tell.js';
import { HeadText } from './head-text.js';
import { OutgoingHeaders } from './outgoing-headers.js';

/** The same property in every copy of this package. */
const CALL: unique symbol = Symbol.for('otel-monitor.http.call') as never;

type MonitoredRequest = ClientRequest & {
  [CALL]?: ClientCall | null;
  /** The answer, as Node keeps it. */
  res?: IncomingMessage | null;
};

/** `error.type` of an answer that broke off: the code that Node has for it. */
const ABORTED: { readonly name: string } = { name: 'ECONNRESET' };

/** Where Node tells of a request as it is made, it is seen in the context of the official instrumentation's span. */
const HTTP: Client = { name: 'http', isInContext: doesNodeTell() };

/** A request of node:http or node:https is about to be sent: it is recorded, and its trace goes with it. Never throws. */
export function requestCreated(request: MonitoredRequest, isWanted: () => boolean): void {
  // of one whose headers were given as a list the head is made by now
  record(request, isWanted, request.headersSent ? new HeadText(request) : new OutgoingHeaders(request));
}

/** The same for a request whose head is made, and not sent yet. Never throws. */
export function requestMade(request: MonitoredRequest, isWanted: () => boolean): void {
  record(request, isWanted, new HeadText(request));
}

function record(request: MonitoredRequest, isWanted: () => boolean, headers: TraceHeaders): void {
  if (request[CALL] !== undefined) return;
  request[CALL] = null;
  try {
    if (!isWanted() || isVendorExport(request.path, headers)) return;
    const facts = new RequestFacts(request);
    const other = callOfOthers(headers, context.active(), HTTP);
    const call = other === undefined ? oneCalls.start(facts) : oneCalls.adopt(facts, other);
    writeTrace(call, headers);
    if (call === undefined) return;
    request[CALL] = call;
    request.on('close', onClose);
  } catch {
    // it is sent all the same
  }
}

/** The head of the answer is there. Never throws. */
export function requestAnswered(request: MonitoredRequest, response: IncomingMessage): void {
  const call = request[CALL];
  if (call === undefined || call === null) return;
  call.connected(response.socket);
  call.responded(response.statusCode ?? 0, response.httpVersion, rawHeader(response, 'location'));
}

/** It failed. Never throws. */
export function requestFailed(request: MonitoredRequest, error: unknown): void {
  request[CALL]?.failed(error);
}

function onClose(this: MonitoredRequest): void {
  const call = this[CALL];
  if (call === undefined || call === null) return;
  const response = this.res;
  // an answer that switches protocols is told by no channel
  if (response?.statusCode === 101) call.responded(101, response.httpVersion);
  if (response && !response.complete && response.statusCode !== 101 && this.method !== 'CONNECT') {
    call.failed(response.errored ?? ABORTED);
  }
  if (!response) call.failed(this.errored ?? ABORTED);
  call.end({
    requestBytes: contentLength(this.getHeader('content-length')),
    responseBytes: response ? contentLength(rawHeader(response, 'content-length')) : undefined,
  });
}

/** A request of node:http as facts. Its port is told by its `Host` header alone. */
class RequestFacts implements CallFacts {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  readonly address: string;
  readonly port: number;
  readonly target: string;

  constructor(request: ClientRequest) {
    this.method = request.method;
    this.scheme = request.protocol === 'https:' ? 'https' : 'http';
    this.address = request.host;
    this.target = request.path;
    const host = String(request.getHeader('host') ?? '');
    const colon = host.lastIndexOf(':');
    const port = colon > host.lastIndexOf(']') ? Number(host.slice(colon + 1)) : Number.NaN;
    this.port = Number.isInteger(port) ? port : defaultPort(this.scheme);
  }
}
