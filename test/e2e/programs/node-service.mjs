/**
 * A service that knows of no monitoring. Serves `/through?next=URL` on a free port: answers with what it got, and with what
 * the next service answered when there is one. Prints `ready PORT`.
 */
import { createServer } from 'node:http';

const server = createServer(async (request, response) => {
  const next = new URL(request.url, 'http://localhost').searchParams.get('next');
  const { traceparent, tracestate, baggage, b3 } = request.headers;
  const answered = next === null ? null : await (await fetch(next)).json();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ traceparent, tracestate, baggage, b3, next: answered }));
});
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.address().port}`));
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
