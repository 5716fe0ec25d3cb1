import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends bytes as they are over one connection, and gives what came back until the server closed it. */
export async function exchange(port: number, sent: string | Uint8Array): Promise<string> {
  const socket = connect(port, '127.0.0.1', () => socket.write(sent));
  socket.setEncoding('latin1');
  let received = '';
  socket.on('data', (chunk: string) => {
    received += chunk;
  });
  socket.on('error', () => {});
  await once(socket, 'close');
  return received;
}

/** The status lines in what a server sent. */
export function statusLines(received: string): string[] {
  return received.match(/HTTP\/1\.[01] \d{3}/g) ?? [];
}
