/**
 * Sends spans to a Collector by OTLP/HTTP at a rate, from a process of its own: a request waits for its answer, several are under
 * way. Without a rate it sends as fast as answers come. Its settings are its argument; its result is its last message.
 */
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { spanRequest } from './span-request.mjs';

const SPANS_A_REQUEST = 200;

const { url, perSecond, seconds, connections } = JSON.parse(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const begun = performance.now();
const end = begun + seconds * 1000;
const counts = { accepted: 0, refused: 0, bytes: 0 };
let next = 0;

async function sendInTurn() {
  const spans = spanRequest(SPANS_A_REQUEST);
  for (;;) {
    const due = perSecond === undefined ? 0 : begun + (next * SPANS_A_REQUEST * 1000) / perSecond;
    next += 1;
    if (Math.max(due, performance.now()) >= end) return;
    const early = due - performance.now();
    if (early > 0) await delay(early);
    spans.renew();
    if ((await post(spans.body)) === 200) counts.accepted += SPANS_A_REQUEST;
    else counts.refused += SPANS_A_REQUEST;
    counts.bytes += spans.body.length;
  }
}

function post(body) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-protobuf', 'content-length': body.length };
    const sent = request(`${url}/v1/traces`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject).end(body);
  });
}

await Promise.all(Array.from({ length: connections }, sendInTurn));
const tookSeconds = (performance.now() - begun) / 1000;
process.send({ type: 'result', result: { ...counts, tookSeconds } }, () => process.disconnect());
