import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { runtimeState } from '@otel-monitor/runtime';
import { contentLength } from '../../body-size.js';
import { oneRequests } from '../one-requests.js';
import { oneHeader, type RequestFacts } from '../request-facts.js';
import type { ServerRequest } from '../server-request.js';
import { serverTimingValue } from '../server-timing.js';
import { countWrites, type WritableBody, writtenBytes } from './counted-writes.js';

/** A request of node:http2 as facts: its pseudo headers tell what a first line tells in HTTP/1. */
class StreamFacts implements RequestFacts {
  readonly version = '2';

  constructor(
    private readonly stream: ServerHttp2Stream,
    readonly headers: IncomingHttpHeaders,
  ) {}

  get method(): string {
    return this.headers[':method'] ?? 'GET';
  }

  get target(): string {
    return this.headers[':path'] ?? '/';
  }

  get scheme(): 'http' | 'https' {
    return this.headers[':scheme'] === 'https' ? 'https' : 'http';
  }

  get authority(): string | undefined {
    return this.headers[':authority'] ?? this.headers.host;
  }

  get connection(): object | undefined {
    return this.stream.session;
  }

  header(name: string): string | undefined {
    return oneHeader(this.headers, name);
  }

  get peerAddress(): string | undefined {
    return this.stream.session?.socket?.remoteAddress;
  }

  get peerPort(): number | undefined {
    return this.stream.session?.socket?.remotePort;
  }
}

/** Starts the request that an HTTP/2 stream carries, to be ended when the stream closes. Never throws. */
export function startStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): ServerRequest | undefined {
  const request = oneRequests.start(new StreamFacts(stream, headers));
  if (request === undefined) return undefined;
  const { bodySizes, serverTiming } = runtimeState.http;
  const body = stream as unknown as WritableBody;
  if (bodySizes) countWrites(body);
  if (serverTiming) addServerTiming(stream, request);
  stream.on('close', () => {
    const status = stream.sentHeaders?.[':status'] as number | undefined;
    request.answered({
      status,
      isComplete: stream.rstCode === 0 && !stream.aborted && status !== undefined,
      error: stream.errored,
      requestBytes: bodySizes
        ? contentLength(headers['content-length'] ?? (stream.readableEnded ? 0 : undefined))
        : undefined,
      responseBytes: bodySizes && status !== undefined ? responseBytes(stream, headers) : undefined,
    });
  });
  return request;
}

function responseBytes(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): number | undefined {
  if (headers[':method'] === 'HEAD') return 0;
  return writtenBytes(stream as unknown as WritableBody) ?? contentLength(stream.sentHeaders?.['content-length']) ?? 0;
}

function addServerTiming(stream: ServerHttp2Stream, request: ServerRequest): void {
  const respond = stream.respond as (headers?: object, options?: object) => void;
  const respondWithTiming = function (this: ServerHttp2Stream, headers?: object, options?: object): void {
    const value = serverTimingValue(request.span);
    // as names and values in turn, since Node 24
    const timed = Array.isArray(headers)
      ? [...headers, 'server-timing', value]
      : { 'server-timing': value, ...headers };
    respond.call(this, timed, options);
  };
  stream.respond = respondWithTiming as typeof stream.respond;
}
