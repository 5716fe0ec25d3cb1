import http from 'node:http';
import type https from 'node:https';
import type zlib from 'node:zlib';
import { ownCost } from '@otel-monitor/runtime';
import { ExportError } from './export-error.js';
import { type OtlpEndpoint, requestHeaders } from './otlp-endpoint.js';
import { retryAfterMillis } from './retry-after.js';

/** What became of one request. */
export type PostAnswer =
  | { readonly status: 'success'; readonly data: Uint8Array | undefined }
  | { readonly status: 'failure'; readonly error: ExportError }
  | { readonly status: 'retryable'; readonly error: ExportError; readonly retryInMillis: number | undefined };

/** A request under way. */
export interface Post {
  /** Never rejects. Open until the server has answered or `cancel` is called. */
  readonly answer: Promise<PostAnswer>;
  /** Ends it now and destroys its socket, whatever the server does. */
  cancel(reason: ExportError): void;
  /** Whether the whole request was handed to the operating system. */
  isSent(): boolean;
}

/** The specification's retryable statuses (OTLP/HTTP, "Retryable Response Codes"). */
const RETRYABLE = new Set([429, 502, 503, 504]);
/** An answer is read this far: it holds a partial-success message at most. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** How long the body of a 2xx answer may take: the data is accepted already. */
const ANSWER_BODY_MILLIS = 1000;

/** Sends OTLP requests to one endpoint over sockets that never keep the process alive. */
export class OtlpPoster {
  /** Bytes handed over since the start, headers not counted. */
  bytesSent = 0;
  readonly #url: URL;
  readonly #headers: Record<string, string>;
  #agent: http.Agent | undefined;

  constructor(private readonly endpoint: OtlpEndpoint) {
    this.#url = new URL(endpoint.endpoint);
    this.#headers = requestHeaders(endpoint);
    // they are a header by now, and an address may be repeated in an error
    this.#url.username = '';
    this.#url.password = '';
  }

  post(body: Uint8Array): Post {
    let settle: (answer: PostAnswer) => void = () => {};
    const answer = new Promise<PostAnswer>((resolve) => {
      settle = resolve;
    });
    let request: http.ClientRequest | undefined;
    let sent = false;
    let cancelled = false;
    const start = (bytes: Uint8Array) => {
      if (cancelled) return;
      this.bytesSent += bytes.length;
      ownCost.bytesWritten(bytes.length);
      request = this.#request(bytes, settle);
      request.on('finish', () => {
        sent = true;
      });
    };
    const fail = (error: unknown) => settle({ status: 'failure', error: asExportError(error) });
    try {
      if (this.endpoint.compression === 'gzip') {
        const { gzip } = process.getBuiltinModule('node:zlib') as typeof zlib;
        gzip(body, (error, zipped) => {
          try {
            if (error) fail(error);
            else start(zipped);
          } catch (thrown) {
            fail(thrown);
          }
        });
      } else {
        start(body);
      }
    } catch (error) {
      fail(error);
    }
    return {
      answer,
      isSent: () => sent,
      cancel: (reason) => {
        cancelled = true;
        settle({ status: 'retryable', error: reason, retryInMillis: undefined });
        request?.destroy();
      },
    };
  }

  /** Closes the idle sockets. */
  close(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
  }

  #headersOf(bytes: Uint8Array): Record<string, string | number> {
    const headers: Record<string, string | number> = { ...this.#headers, 'content-length': bytes.length };
    if (this.endpoint.compression === 'gzip') headers['content-encoding'] = 'gzip';
    return headers;
  }

  #request(bytes: Uint8Array, settle: (answer: PostAnswer) => void): http.ClientRequest {
    const isTls = this.#url.protocol === 'https:';
    // https costs memory; a program that exports to a local Collector does not need it
    const client = isTls ? (process.getBuiltinModule('node:https') as typeof https) : http;
    this.#agent ??= new client.Agent({ keepAlive: true, maxSockets: 2 });
    const request = client.request(
      this.#url,
      { method: 'POST', agent: this.#agent, headers: this.#headersOf(bytes) },
      (response) => readAnswer(response, settle),
    );
    request.on('socket', (socket) => socket.unref());
    request.on('error', (error) =>
      settle({ status: 'retryable', error: asExportError(error), retryInMillis: undefined }),
    );
    request.end(bytes);
    return request;
  }
}

function readAnswer(response: http.IncomingMessage, settle: (answer: PostAnswer) => void): void {
  const status = response.statusCode ?? 0;
  const chunks: Buffer[] = [];
  let size = 0;
  const finish = (complete: boolean) => {
    clearTimeout(timer);
    if (!complete) response.destroy();
    if (status >= 200 && status <= 299) {
      settle({ status: 'success', data: complete && size > 0 ? Buffer.concat(chunks) : undefined });
      return;
    }
    const error = new ExportError(String(status), `the server answered ${status}`, status);
    if (!RETRYABLE.has(status)) settle({ status: 'failure', error });
    else settle({ status: 'retryable', error, retryInMillis: retryAfterMillis(response.headers['retry-after']) });
  };
  // what it decided is known by now; a body that does not end must not hold the next batch up
  const timer = setTimeout(() => finish(false), ANSWER_BODY_MILLIS).unref();
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) finish(false);
    else chunks.push(chunk);
  });
  response.on('end', () => finish(true));
  response.on('error', () => finish(false));
}

function asExportError(error: unknown): ExportError {
  const code = (error as { code?: unknown } | null)?.code;
  const type = typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : 'request_failed';
  // the message of a failed request may repeat what was sent: the code says enough
  return new ExportError(type, type);
}
