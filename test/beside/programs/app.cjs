/**
 * A service: each request to it does some work, and asks another service (DOWNSTREAM) over node:http and by fetch. Ours is
 * started by `register` before it, or by the program itself (ORDER=first: the other SDK was loaded by --import).
 */
if (process.env.ORDER === 'after') require(process.env.PEER);
const { startOurs } = require('./start-ours.cjs');
const http = require('node:http');
const net = require('node:net');
const { context, createContextKey } = require('@opentelemetry/api');
const { createMonitor } = require('@otel-monitor/monitor');
const { currentRequest } = require('@otel-monitor/http');

const DOWNSTREAM = process.env.DOWNSTREAM;
const REQUESTS = Number(process.env.REQUESTS);
const ROUTE = '/users/:id';
const RPC_METADATA = createContextKey('OpenTelemetry SDK Context Key RPC_METADATA');
const monitor = createMonitor({ name: 'app' });

async function main() {
  const monitoring = await startOurs();
  let left = REQUESTS;
  const server = http.createServer(async (_request, response) => {
    const known = currentRequest();
    if (known !== undefined) known.route = ROUTE;
    // as the instrumentations of frameworks tell the route
    const metadata = context.active().getValue(RPC_METADATA);
    if (metadata?.type === 'http') metadata.route = ROUTE;
    response.on('close', () => {
      left -= 1;
      if (left === 0) setTimeout(() => end(server, monitoring), 100);
    });
    await monitor.operation('work', work);
    response.end('done');
  });
  server.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${server.address().port}`));
}

async function work() {
  await new Promise((resolve, reject) => {
    const request = http.get(`${DOWNSTREAM}/http`, (response) => response.resume().on('end', resolve));
    request.on('error', reject);
  });
  await fetch(`${DOWNSTREAM}/fetch`).then((response) => response.text());
}

async function end(server, monitoring) {
  server.close();
  server.closeAllConnections();
  const { port } = new URL(monitoring.url);
  const page = await metricsPage(Number(port));
  await globalThis.peer?.shutdown();
  await monitoring.shutdown();
  console.log(`page ${JSON.stringify(page)}`);
  process.exit(0);
}

/** By a socket: a request of a client would be one more to be recorded. */
function metricsPage(port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => resolve(text)).on('error', reject);
    socket.write(`GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
  });
}

main();
