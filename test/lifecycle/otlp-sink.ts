import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { parseOtlpJsonLines, type Telemetry } from '../e2e/otlp-json-lines.js';
import { readOtlpProtobuf } from '../e2e/otlp-protobuf.js';

/** A server that takes OTLP/HTTP, protobuf and JSON, and remembers all of it. */
export interface OtlpSink {
  /** The base, without /v1/traces. */
  readonly url: string;
  /** Everything received so far. */
  received(): Telemetry;
  /** Paths in the order of the requests. */
  readonly paths: readonly string[];
  readonly headers: readonly IncomingHttpHeaders[];
  close(): Promise<void>;
}

export async function startSink(): Promise<OtlpSink> {
  const bodies: string[] = [];
  const paths: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { url = '', headers: given } = request;
    const isProtobuf = given['content-type'] === 'application/x-protobuf';
    bodies.push(isProtobuf ? JSON.stringify(readOtlpProtobuf(signalOf(url), body)) : body.toString('utf8'));
    paths.push(url);
    headers.push(given);
    response.setHeader('content-type', String(given['content-type'])).end(isProtobuf ? '' : '{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    headers,
    received: () => parseOtlpJsonLines(bodies.join('\n')),
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
