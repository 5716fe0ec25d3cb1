import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Endpoints } from './endpoints.js';
import { isLoopbackHost } from './loopback.js';
import { ServerConfigError, ServerListenError } from './server-error.js';

/** By this the package http knows a server whose requests are not recorded. */
const UNMONITORED = { [Symbol.for('otel-monitor.http.unmonitored')]: true };

/** A server that listens. */
export interface Listening {
  /** Without a slash at its end. */
  readonly url: string;
  /** Takes no more connections, gives answers that are under way a quarter of a second, and ends. Never rejects. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** Any but loopback needs tokens, or `auth: "none"`. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** Far more than scrapers and people ask for; what is beyond is refused at once instead of held. */
const MAX_CONNECTIONS = 512;
const CLOSE_GRACE_MILLIS = 250;

/**
 * Serves the endpoints on a socket of their own, which does not keep the process alive. Rejects with a ServerConfigError
 * when the address may not be served without tokens, and with a ServerListenError when it cannot be listened on.
 */
export async function listen(endpoints: Endpoints, { host, port }: ListenOptions): Promise<Listening> {
  if (endpoints.isForLocalCallers && !isLoopbackHost(host)) {
    throw new ServerConfigError(
      `the server does not listen on ${host || 'all addresses'} without a token: set OTEL_MONITOR_TOKEN_VIEWER, ` +
        'or server.auth to "none" to let everybody read',
    );
  }
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 5_000 },
    endpoints.handler,
  );
  server.maxConnections = MAX_CONNECTIONS;
  Object.assign(server, UNMONITORED);
  server.on('connection', (socket) => socket.unref());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    // in a worker of node:cluster a port is shared with the other workers, and each request is any one's
    server.listen({ host, port, exclusive: true }, resolve);
  });
  server.unref();
  // an error while accepting, such as too many open files, is the connection's end and not the application's
  server.on('error', () => {});

  let closing: Promise<void> | undefined;
  return {
    url: urlOf(server, host),
    close: () => {
      closing ??= close(server);
      return closing;
    },
  };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const grace = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MILLIS);
  await closed;
  clearTimeout(grace);
}

function urlOf(server: Server, host: string): string {
  const { address, port } = server.address() as AddressInfo;
  const shown = address === '::' || address === '0.0.0.0' ? 'localhost' : isLoopbackHost(host) ? address : host;
  // no name of a host has a colon; Node's own test of IPv6 takes 2 ms of a start for its regular expression
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

function listenError({ code = 'unknown', message }: NodeJS.ErrnoException, host: string, port: number): Error {
  const where = `${host}:${port}`;
  switch (code) {
    case 'EADDRINUSE':
      return new ServerListenError(
        `port ${port} on ${host} is in use by another program: choose another by OTEL_EXPORTER_PROMETHEUS_PORT`,
        code,
      );
    case 'EACCES':
      return new ServerListenError(`this process may not listen on ${where}: choose a port from 1024 up`, code);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ServerListenError(`${host} is no address of this machine`, code);
    default:
      return new ServerListenError(`the server cannot listen on ${where}: ${message}`, code);
  }
}
