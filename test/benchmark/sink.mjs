/**
 * A process that takes spans on loopback and counts what arrives: OTLP/HTTP in JSON and protobuf, and, so that nothing leaves
 * the machine, what Sentry sends to its servers and dd-trace to its agent. Told to keep, it gives the bodies back too. Talks to
 * its parent over IPC: `keep`, `take`.
 */
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { countSpans } from './otlp-trace-request.mjs';

/** A span of a JSON request; of Sentry, a transaction or a span within it; of dd-trace, a string of seven bytes. */
const OTLP_SPAN = Buffer.from('"spanId":');
const SENTRY_SPAN = Buffer.from('"span_id":');
const DATADOG_SPAN = Buffer.from('\xa7span_id', 'latin1');

let counts = { requests: 0, bytes: 0, spans: 0 };
let kept = [];
let isKeeping = false;

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const sent = Buffer.concat(chunks);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
    const contentType = request.headers['content-type'] ?? '';
    counts.requests += 1;
    counts.bytes += sent.length;
    counts.spans += spansIn(request.url, contentType, body);
    if (isKeeping) kept.push({ path: request.url, contentType, body: body.toString('base64') });
    // an empty message of protobuf has no bytes
    if (contentType.includes('protobuf')) response.setHeader('content-type', contentType).end();
    else response.setHeader('content-type', 'application/json').end('{}');
  });
});

/** Parsing would take more of the machine than sending did. */
function spansIn(path, contentType, body) {
  if (path === '/v1/traces') return contentType.includes('protobuf') ? countSpans(body) : occurrences(body, OTLP_SPAN);
  if (path.includes('/envelope/')) return occurrences(body, SENTRY_SPAN);
  return path.startsWith('/v0.4/traces') ? occurrences(body, DATADOG_SPAN) : 0;
}

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
