import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { readOtlpSpans } from '../trace/read-otlp-spans.js';
import type { Span } from '../trace/span.js';

/** A server that takes OTLP/JSON over HTTP. */
export interface OtlpSink {
  /** The base, without /v1/traces. */
  readonly url: string;
  close(): Promise<void>;
}

const TRACES = '/v1/traces';
const OTHERS = ['/v1/metrics', '/v1/logs'];

/**
 * Takes OTLP/JSON on the loopback interface and gives its spans on; metrics and log records are taken and let go. What is
 * not JSON is refused with 415, so that a sender says so instead of losing it silently.
 */
export async function startSink(take: (spans: Span[]) => void): Promise<OtlpSink> {
  const server = createServer(async (request, response) => {
    let status = 404;
    try {
      const body = await buffer(request);
      const isTraces = request.url === TRACES;
      if (isTraces || OTHERS.includes(request.url ?? '')) {
        const isJson = String(request.headers['content-type']).startsWith('application/json');
        status = isJson ? 200 : 415;
        if (isJson && isTraces) take(readOtlpSpans(JSON.parse(body.toString('utf8'))));
      }
    } catch {
      status = 400;
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
