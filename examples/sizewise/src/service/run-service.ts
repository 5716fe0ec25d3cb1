import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Monitoring } from '@otel-monitor/node';

/** Requests that are in work when the end comes have this long. */
const GRACE_MILLIS = 2_000;

/** Where a service listens: PORT of the loopback interface; any free one where it is 0 or not set. */
export function listenOptions(env = process.env): { port: number; host: string } {
  return { port: Number(env.PORT ?? 0), host: '127.0.0.1' };
}

/**
 * Says where a listening service and its monitoring are, a line each, and ends both gently on SIGTERM and SIGINT: what is
 * in work is answered, what was recorded is sent. With SIZEWISE_END_WITH_STDIN=1 it ends with its standard input, too, so
 * that a launcher that was killed leaves nothing behind.
 */
export function runService(server: Server, monitoring: Monitoring): void {
  const { port } = server.address() as AddressInfo;
  if (monitoring.url !== undefined) console.log(`monitoring ${monitoring.url}`);
  console.log(`listening http://127.0.0.1:${port}`);
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    const late = setTimeout(() => server.closeAllConnections(), GRACE_MILLIS);
    server.close(() => {
      clearTimeout(late);
      void monitoring.shutdown().finally(() => process.exit(0));
    });
    server.closeIdleConnections();
  };
  process.on('SIGTERM', end).on('SIGINT', end);
  if (process.env.SIZEWISE_END_WITH_STDIN === '1') process.stdin.on('end', end).on('error', end).resume();
}

/** Runs a service's `main`; what fails at its start is one line and exit code 1. */
export function start(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.stack : String(error));
    process.exit(1);
  });
}
