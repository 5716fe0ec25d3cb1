import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came: a header that is there twice stands there twice. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** A server that takes anything and remembers it. */
export interface Loopback {
  readonly url: string;
  readonly received: readonly ReceivedRequest[];
  close(): Promise<void>;
}

export async function startLoopback(): Promise<Loopback> {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { url: path = '', headers, rawHeaders } = request;
    received.push({
      path,
      headers,
      rawHeaders,
      body: headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body,
    });
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends a GET and gives the status of its answer. */
export function ask(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = sendRequest(url, { headers, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    request.on('error', reject).end();
  });
}
