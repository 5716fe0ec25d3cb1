import { createServer } from 'node:net';
import type { MonitoringConfig } from '@otel-monitor/config';
import { EXIT } from '../exit-code.js';
import { askService, type ServiceAddress, ServiceError } from '../service/ask-service.js';
import { WireValue } from '../service/wire-value.js';
import { printable } from '../text/printable.js';
import type { Finding } from './finding.js';

const check = 'server';
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|::1)$/i;

/** Who answers at an address that was asked for. */
export async function checkService(address: ServiceAddress, fetch: typeof globalThis.fetch): Promise<Finding> {
  const { finding } = await answerOf(address, fetch);
  return finding;
}

/** Whether a program that starts now with this configuration can serve, or who does already. */
export async function checkServer(
  config: Pick<MonitoringConfig, 'server'>,
  token: string | undefined,
  fetch: typeof globalThis.fetch,
): Promise<Finding> {
  const { server } = config;
  if (server === false) return { level: 'ok', check, message: 'none is configured' };
  const { host, port, auth, tokens } = server;
  const shown = `${host}:${port}`;
  if (!LOOPBACK.test(host) && auth !== 'none' && !Object.values(tokens).some(Boolean)) {
    const message = `it does not start on ${shown} without a token`;
    return { level: 'fail', check, message, advice: 'set OTEL_MONITOR_TOKEN_VIEWER, or server.auth to "none"' };
  }
  if (port === 0) return { level: 'ok', check, message: `any free port of ${host}` };
  const code = await triedListening(host, port);
  if (code === undefined) return { level: 'ok', check, message: `${shown} is free` };
  if (code !== 'EADDRINUSE') {
    return {
      level: 'fail',
      check,
      message: `${shown} cannot be listened on (${code})`,
      advice: 'choose another address',
    };
  }
  const local = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${local.includes(':') ? `[${local}]` : local}:${port}`;
  const { finding, isMonitor } = await answerOf({ url, token }, fetch);
  if (isMonitor) return finding;
  const advice = 'choose another port by OTEL_EXPORTER_PROMETHEUS_PORT or server.port';
  return { level: 'fail', check, message: `port ${port} is in use by another program`, advice };
}

async function answerOf(
  address: ServiceAddress,
  fetch: typeof globalThis.fetch,
): Promise<{ finding: Finding; isMonitor: boolean }> {
  try {
    const overview = new WireValue(await askService(address, '/dashboard/overview', fetch));
    const service = overview.get('snapshot').get('service');
    const name = [service.get('name').text, service.get('version').text].filter((text) => text !== '').join(' ');
    if (!service.isObject) throw new ServiceError(`${address.url} is no otel-monitor`, EXIT.unreachable, true);
    return { finding: { level: 'ok', check, message: `${name} answers at ${address.url}` }, isMonitor: true };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const wantsToken = error.exitCode === EXIT.usage;
    return {
      finding: {
        level: wantsToken ? 'warn' : 'fail',
        check,
        message: printable(error.message),
        ...(!wantsToken && { advice: 'start the program, or give its address by --url' }),
      },
      isMonitor: wantsToken,
    };
  }
}

/** The system's code for why an address cannot be listened on; undefined when it can. */
function triedListening(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
