import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A webhook on loopback that stands for a service which raises the alarm when it is told nothing. */
export interface WatchdogEndpoint {
  readonly url: string;
  /** What it was told, each with the alerts in it by name. */
  readonly told: readonly (readonly string[])[];
  /** Bodies that are none of Alertmanager's webhook, or do not fire. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

interface WebhookBody {
  readonly version: string;
  readonly status: string;
  readonly receiver: string;
  readonly alerts: readonly { readonly status: string; readonly labels: Readonly<Record<string, string>> }[];
}

export async function startWatchdogEndpoint(): Promise<WatchdogEndpoint> {
  const told: string[][] = [];
  const refused: string[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const body = JSON.parse(text) as WebhookBody;
    const isAlive = request.method === 'POST' && request.url === '/ping' && body.version === '4';
    if (isAlive && body.status === 'firing' && body.receiver === 'watchdog') {
      told.push(body.alerts.map(({ status, labels }) => `${labels.alertname} ${status}`));
      response.writeHead(200).end();
    } else {
      refused.push(text);
      response.writeHead(400).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ping`,
    told,
    refused,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
