import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { parseOtlpJsonLines, type Telemetry } from './json-lines.js';
import { readOtlpProtobuf } from './protobuf.js';

/** A request as it came, before anything of it is decoded. */
export interface SinkRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came: compressed, when it was. */
  readonly body: Buffer;
}

export interface SinkOptions {
  /** The status to answer with; what is refused is not remembered. 200 by default. */
  readonly answer?: (request: SinkRequest) => number | Promise<number>;
  /** Any free one by default. */
  readonly port?: number;
  /** 127.0.0.1 by default. */
  readonly host?: string;
}

/** A server that takes OTLP/HTTP, protobuf and JSON, compressed by gzip or not, and remembers all of it. */
export interface OtlpSink {
  /** The base, without /v1/traces. */
  readonly url: string;
  /** Everything received so far. */
  received(): Telemetry;
  /** The same as text: one export request as JSON a line. */
  receivedText(): string;
  /** Paths in the order of the requests, refused ones too. */
  readonly paths: readonly string[];
  readonly headers: readonly IncomingHttpHeaders[];
  close(): Promise<void>;
}

export async function startSink({
  answer = () => 200,
  port = 0,
  host = '127.0.0.1',
}: SinkOptions = {}): Promise<OtlpSink> {
  const bodies: string[] = [];
  const paths: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { url = '', method = '', headers: given } = request;
    paths.push(url);
    headers.push(given);
    const status = await answer({ method, path: url, headers: given, body });
    if (status !== 200) {
      response.writeHead(status).end();
      return;
    }
    const isProtobuf = given['content-type'] === 'application/x-protobuf';
    const plain = given['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    bodies.push(isProtobuf ? JSON.stringify(readOtlpProtobuf(signalOf(url), plain)) : plain.toString('utf8'));
    response.setHeader('content-type', String(given['content-type'])).end(isProtobuf ? '' : '{}');
  }).listen(port, host);
  await once(server, 'listening');
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    paths,
    headers,
    received: () => parseOtlpJsonLines(bodies.join('\n')),
    receivedText: () => bodies.join('\n'),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function signalOf(url: string): 'traces' | 'metrics' | 'logs' {
  const signal = url.split('/').at(-1);
  if (signal !== 'traces' && signal !== 'metrics' && signal !== 'logs') throw new Error(`no OTLP path: ${url}`);
  return signal;
}
