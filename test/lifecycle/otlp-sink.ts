import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseOtlpJsonLines, type Telemetry } from '../e2e/otlp-json-lines.js';

/** A server that takes OTLP/HTTP with JSON and remembers all of it. */
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
    const body = await text(request);
    bodies.push(body);
    paths.push(request.url ?? '');
    headers.push(request.headers);
    response.setHeader('content-type', 'application/json').end('{}');
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
