import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';

/** What can be wrong with a Collector; `healthy` is for comparison. */
export const FAULTS = [
  'healthy',
  'down',
  'slow',
  'hangs',
  '503',
  '429 with Retry-After 0',
  '400',
  'garbage',
  'one byte a second',
] as const;

export type Fault = (typeof FAULTS)[number];

export interface FaultyCollector {
  readonly url: string;
  /** From now on it has its fault; connections that are open are cut. */
  breakDown(): void;
  /** Requests that arrived since then; connections where it does not speak HTTP. */
  readonly requests: () => number;
  close(): Promise<void>;
}

const LISTENERS: Partial<Record<Fault, RequestListener>> = {
  healthy: (request, response) => request.resume().on('end', () => response.end('{}')),
  slow: (request, response) => request.resume().on('end', () => setTimeout(() => response.end('{}'), 3000)),
  hangs: (request) => request.resume(),
  '503': (request, response) => request.resume().on('end', () => response.writeHead(503).end()),
  '429 with Retry-After 0': (request, response) =>
    request.resume().on('end', () => response.writeHead(429, { 'Retry-After': '0' }).end()),
  '400': (request, response) => request.resume().on('end', () => response.writeHead(400).end('{"code":3}')),
};

/** A Collector that is healthy until it is told to break down. */
export async function startFaulty(fault: Fault): Promise<FaultyCollector> {
  let isBroken = false;
  let requests = 0;
  const sockets = new Set<Socket>();
  const healthy = LISTENERS.healthy as RequestListener;
  const speaksHttp = createServer((request, response) => {
    if (isBroken) requests += 1;
    const listener = isBroken ? (LISTENERS[fault] ?? healthy) : healthy;
    listener(request, response);
  });
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    if (isBroken && fault === 'garbage') {
      requests += 1;
      socket.resume().end('\u0000\u0001 this is no HTTP \r\n\r\n');
    } else if (isBroken && fault === 'one byte a second') {
      requests += 1;
      dribble(socket.resume());
    } else {
      speaksHttp.emit('connection', socket);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    breakDown: () => {
      isBroken = true;
      if (fault === 'down') void stop();
      else if (fault !== 'healthy') for (const socket of sockets) socket.destroy();
    },
    requests: () => requests,
    close: stop,
  };
}

/** Answers by one byte a second, so that no socket is ever idle for long. */
function dribble(socket: Socket): void {
  const answer = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}';
  let next = 0;
  const timer = setInterval(() => {
    if (next < answer.length) socket.write(answer.charAt(next));
    next += 1;
  }, 1000);
  socket.on('close', () => clearInterval(timer));
}
