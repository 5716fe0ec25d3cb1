/**
 * A process that takes OTLP/HTTP and counts what arrives: spans, requests and bytes. Told to keep, it gives the bodies
 * (JSON) back too. Talks to its parent over IPC: `keep`, `take`.
 */
import { createServer } from 'node:http';

const SPAN_ID = Buffer.from('"spanId":');

let counts = { requests: 0, bytes: 0, spans: 0 };
let kept = [];
let isKeeping = false;

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    counts.requests += 1;
    counts.bytes += body.length;
    if (request.url === '/v1/traces') counts.spans += occurrences(body, SPAN_ID);
    if (isKeeping) kept.push({ path: request.url, body: body.toString('utf8') });
    response.setHeader('content-type', 'application/json').end('{}');
  });
});

/** Parsing would take more of the machine than sending did. */
function occurrences(body, text) {
  let count = 0;
  for (let at = body.indexOf(text); at >= 0; at = body.indexOf(text, at + text.length)) count += 1;
  return count;
}

process.on('message', ({ type }) => {
  if (type === 'keep') isKeeping = true;
  if (type === 'take') {
    process.send({ type: 'taken', counts, kept });
    counts = { requests: 0, bytes: 0, spans: 0 };
    kept = [];
    isKeeping = false;
  }
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send({ type: 'listening', port: server.address().port }));
