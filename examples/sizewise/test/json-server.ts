import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A server for tests that answers in JSON, and remembers what it was asked. */
export interface JsonServer {
  readonly url: string;
  readonly requests: { readonly path: string; readonly body: unknown }[];
  close(): Promise<void>;
}

/** @param answer status and body for a path; a promise that never settles is an answer that never comes */
export async function startJsonServer(
  answer: (path: string, body: unknown) => readonly [number, unknown] | Promise<readonly [number, unknown]>,
): Promise<JsonServer> {
  const requests: { path: string; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const content = await text(request);
    const body: unknown = content === '' ? undefined : JSON.parse(content);
    const path = request.url ?? '';
    requests.push({ path, body });
    const [status, answered] = await answer(path, body);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof answered === 'string' ? answered : JSON.stringify(answered));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
