#!/usr/bin/env node
/**
 * Takes what Alertmanager sends to Slack and prints it, a line for each message: where `docker compose` is tried out there is
 * no Slack, and what would have been said there is to be seen by `docker compose logs alert-printer`.
 *
 *   PORT    8080    POST / takes a message; GET / answers 200 while it runs
 *
 * Answers as Slack's incoming webhooks do: 200 `ok`; 400 for what is no message; 405 and 413 for the rest.
 */
import { createServer } from 'node:http';

const MOST_BYTES = 1_000_000;

/** Nothing that a message holds may move the cursor or end the line. @param {unknown} text */
const plain = (text) =>
  String(text ?? '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();

/**
 * @param {string} body
 * @returns {string | undefined} undefined for what is no message of Slack
 */
function lineOf(body) {
  try {
    const { channel, text, attachments = [] } = JSON.parse(body);
    const parts = attachments.flatMap((/** @type {Record<string, unknown>} */ each) => [each.title, each.text]);
    const said = [text, ...parts].map(plain).filter((part) => part !== '');
    return said.length === 0 ? undefined : [plain(channel), ...said].filter((part) => part !== '').join(' | ');
  } catch {
    return undefined;
  }
}

const server = createServer((request, response) => {
  /** @param {number} status @param {string} text */
  const answer = (status, text) => response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
  if (request.method === 'GET') return answer(200, 'ok');
  if (request.method !== 'POST') return answer(405, 'method_not_allowed');
  let body = '';
  request.setEncoding('utf8').on('data', (text) => {
    body += text;
    if (body.length > MOST_BYTES) {
      answer(413, 'too_large');
      request.destroy();
    }
  });
  request.on('end', () => {
    const line = lineOf(body);
    if (line === undefined) return answer(400, 'invalid_payload');
    console.log(line);
    answer(200, 'ok');
  });
});

server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? '0.0.0.0', () => {
  const address = server.address();
  console.log(`alert-printer listens on ${typeof address === 'object' ? address?.port : address}`);
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
