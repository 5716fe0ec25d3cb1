import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as Slack's incoming webhooks take it, as far as Alertmanager writes one. */
export interface SlackMessage {
  readonly atMillis: number;
  readonly channel: string;
  readonly title: string;
  readonly title_link: string;
  readonly text: string;
  readonly fallback: string;
  readonly color: string;
}

/** An incoming webhook on loopback: it answers what Slack answers, and refuses what Slack refuses. */
export interface SlackEndpoint {
  /** The address of the webhook, with its secret. */
  readonly url: string;
  readonly messages: SlackMessage[];
  /** What was refused, and why. */
  readonly refused: string[];
  close(): Promise<void>;
}

const SECRET = '/services/T00000000/B00000000/not-a-real-secret';
const MESSAGE = { channel: 'string', username: 'string', text: 'string', attachments: 'object', link_names: 'boolean' };
const ATTACHMENT = {
  title: 'string',
  title_link: 'string',
  pretext: 'string',
  text: 'string',
  fallback: 'string',
  callback_id: 'string',
  footer: 'string',
  color: 'string',
  mrkdwn_in: 'object',
};

class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** @param channels those that exist */
export async function startSlackEndpoint(channels: readonly string[]): Promise<SlackEndpoint> {
  const messages: SlackMessage[] = [];
  const refused: string[] = [];
  const server = createServer(async (request, response) => {
    try {
      messages.push(await accepted(request, channels));
      response.writeHead(200, { 'content-type': 'text/html' }).end('ok');
    } catch (error) {
      const { status, message } = error instanceof Refusal ? error : new Refusal(500, String(error));
      refused.push(`${status} ${message}`);
      response.writeHead(status).end(message.split(':')[0]);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${SECRET}`,
    messages,
    refused,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function accepted(request: IncomingMessage, channels: readonly string[]): Promise<SlackMessage> {
  if (request.url !== SECRET) throw new Refusal(403, 'invalid_token');
  if (request.method !== 'POST') throw new Refusal(405, `invalid_payload: ${request.method}`);
  if (!/^application\/json(;|$)/.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(400, `invalid_payload: ${request.headers['content-type']}`);
  }
  const body = shaped(MESSAGE, parsed(await textOf(request)));
  if (!channels.includes(body.channel as string)) throw new Refusal(404, `channel_not_found: ${body.channel}`);
  const attachments = body.attachments;
  if (!Array.isArray(attachments) || attachments.length !== 1) throw new Refusal(400, 'no_text: not one attachment');
  const { title, title_link, text, fallback, color } = shaped(ATTACHMENT, attachments[0]) as Record<string, string>;
  for (const [name, value] of Object.entries({ title, text, fallback })) {
    if (!value || value.trim() === '') throw new Refusal(400, `no_text: ${name}`);
    if (value.includes('<no value>')) throw new Refusal(400, `invalid_payload: ${name} lacks a value: ${value}`);
    if (value.length > 40_000) throw new Refusal(400, `msg_too_long: ${name}`);
  }
  if (!/^(good|warning|danger|#[0-9a-f]{6})$/.test(color ?? ''))
    throw new Refusal(400, `invalid_payload: color ${color}`);
  if (!URL.canParse(title_link ?? '')) throw new Refusal(400, `invalid_payload: title_link ${title_link}`);
  return {
    ...({ title, title_link, text, fallback, color } as SlackMessage),
    channel: body.channel as string,
    atMillis: Date.now(),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'invalid_payload: no JSON');
  }
}

/** Every key is one that Slack knows, and of its type. */
function shaped(shape: Readonly<Record<string, string>>, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(400, 'invalid_payload');
  for (const [key, each] of Object.entries(value)) {
    if (shape[key] !== typeof each) throw new Refusal(400, `invalid_payload: ${key} is ${typeof each}`);
  }
  return value as Record<string, unknown>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
