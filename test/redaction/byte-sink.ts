import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that keeps every byte that its sockets bring, head and body of each request, and answers 200 to all. */
export interface ByteSink {
  readonly url: string;
  bytes(): Buffer;
  close(): Promise<void>;
}

export async function startByteSink(): Promise<ByteSink> {
  const chunks: Buffer[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end());
  });
  // below HTTP: what the socket brings, whatever the parser makes of it
  server.on('connection', (socket) => {
    socket.on('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => Buffer.concat(chunks),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
