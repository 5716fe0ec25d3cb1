import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { runtimeState } from '@otel-monitor/runtime';
import { contentLength } from '../../body-size.js';
import { oneRequests } from '../one-requests.js';
import type { RequestEnd, ServerRequest } from '../server-request.js';
import { addServerTiming } from '../server-timing.js';
import { countAnswers } from './counted-answers.js';
import { IncomingFacts, sentStatus } from './incoming-message.js';
import { answeredRequest, markSeen } from './monitored-messages.js';
import { followQueued } from './queued-answers.js';
import { rawHeader } from './raw-header.js';

type MonitoredResponse = ServerResponse & {
  req: IncomingMessage;
  /** What Node found out about a body that came as one piece. */
  _contentLength?: number | null;
};

/** Starts the request that `message` is, to be ended when the answer's connection has done with it. Never throws. */
export function startRequest(message: IncomingMessage, response: ServerResponse): ServerRequest | undefined {
  // what does not tell its end would be open for ever
  if (typeof response?.on !== 'function') return undefined;
  const request = oneRequests.start(new IncomingFacts(message));
  if (request === undefined) return undefined;
  // an answer of another make does not lead to what it answers
  if (response.req !== message) markSeen(response, request);
  // `close` comes after every answer, whether it was complete or not; `finish` only after complete ones
  response.on('close', onClose);
  if (response.socket === null && message.socket) followQueued(message.socket, response, request);
  if (runtimeState.http.bodySizes) countAnswers();
  if (runtimeState.http.serverTiming) addServerTiming(response, request.span);
  return request;
}

function onClose(this: MonitoredResponse): void {
  const request = answeredRequest(this);
  if (request === undefined) return;
  try {
    request.answered(endOf(this, request));
  } catch {
    // an answer of another make, as in tests
    request.answered({ status: undefined, isComplete: true });
  }
}

function endOf(response: MonitoredResponse, request: ServerRequest): RequestEnd {
  const isMeasured = runtimeState.http.bodySizes;
  const { errored } = response as { errored?: unknown };
  return {
    status: sentStatus(response),
    // whoever ends an answer and destroys it with an error then has no other way to tell that it broke
    isComplete: isFinished(response) && (errored === null || errored === undefined),
    error: errored,
    requestBytes: isMeasured ? requestBytes(response.req) : undefined,
    responseBytes: isMeasured && response.headersSent ? responseBytes(response, request) : undefined,
  };
}

/**
 * Whether all of an answer was handed to the system: Node takes its connection away from it then. One that is destroyed and
 * ended calls itself finished as well, but has its connection still. An answer without a real connection, as in tests of
 * frameworks, is there when it has been ended: nothing buffers it.
 */
function isFinished({ writableFinished, writableEnded, socket }: MonitoredResponse): boolean {
  return socket === null ? writableFinished : writableEnded && !(socket instanceof Socket);
}

function requestBytes(message: IncomingMessage): number | undefined {
  const told = rawHeader(message, 'content-length');
  if (told !== undefined) return contentLength(told);
  return rawHeader(message, 'transfer-encoding') === undefined ? 0 : undefined;
}

function responseBytes(response: MonitoredResponse, request: ServerRequest): number | undefined {
  const { statusCode, req } = response;
  // such answers have no body, whatever their headers tell of it (RFC 9110, "Content-Length")
  if (req.method === 'HEAD' || statusCode === 204 || statusCode === 304) return 0;
  return (
    request.written ??
    contentLength(response.getHeader('content-length')) ??
    contentLength(response._contentLength ?? undefined)
  );
}
