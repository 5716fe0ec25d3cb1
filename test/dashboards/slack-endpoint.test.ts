import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type SlackEndpoint, startSlackEndpoint } from './slack-endpoint.js';

let slack: SlackEndpoint;
beforeAll(async () => {
  slack = await startSlackEndpoint(['#shop-alerts']);
});
afterAll(() => slack.close());
beforeEach(() => {
  slack.messages.length = 0;
  slack.refused.length = 0;
});

const attachment = {
  title: 'Shop Alert',
  title_link: 'http://127.0.0.1:9093/#/alerts',
  text: 'one',
  fallback: 'one',
  color: 'danger',
};
const message = { channel: '#shop-alerts', attachments: [attachment] };
const sent = (body: unknown, { url = slack.url, ...init }: RequestInit & { url?: string } = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });

it('takes a message, and keeps it', async () => {
  expect((await sent(message)).status).toBe(200);
  expect(slack.messages).toEqual([{ channel: '#shop-alerts', ...attachment, atMillis: expect.any(Number) }]);
  expect(slack.refused).toEqual([]);
});

it.each([
  ['another channel', { ...message, channel: '#other' }, '404 channel_not_found: #other'],
  ['a key that Slack does not know', { ...message, colour: 'red' }, '400 invalid_payload: colour is string'],
  ['a key of another type', { ...message, channel: 7 }, '400 invalid_payload: channel is number'],
  ['no attachment', { channel: '#shop-alerts', attachments: [] }, '400 no_text: not one attachment'],
  ['no title', { ...message, attachments: [{ ...attachment, title: ' ' }] }, '400 no_text: title'],
  ['no colour', { ...message, attachments: [{ ...attachment, color: 'red' }] }, '400 invalid_payload: color red'],
  [
    'no address',
    { ...message, attachments: [{ ...attachment, title_link: '/' }] },
    '400 invalid_payload: title_link /',
  ],
  [
    'a template without its value',
    { ...message, attachments: [{ ...attachment, text: 'a <no value> b' }] },
    '400 invalid_payload: text lacks a value: a <no value> b',
  ],
  ['no JSON', '{', '400 invalid_payload: no JSON'],
])('refuses a message with %s', async (_, body, reason) => {
  const response = await sent(body);
  expect(response.status).toBe(Number(reason.slice(0, 3)));
  expect(slack.refused).toEqual([reason]);
  expect(slack.messages).toEqual([]);
});

it('refuses another secret, another method and another type', async () => {
  const url = slack.url.replace('not-a-real', 'another');
  await sent(message, { url });
  await sent(message, { method: 'PUT' });
  await sent(message, { headers: { 'content-type': 'text/plain' } });
  expect(slack.refused).toEqual(['403 invalid_token', '405 invalid_payload: PUT', '400 invalid_payload: text/plain']);
  expect(slack.messages).toEqual([]);
});
