/**
 * The HTTP service under measurement, by node:http or Express (BENCHMARK_APP). Who monitors it was started before by
 * `--import`, or is its own middleware (BENCHMARK_MIDDLEWARE). Told to, its handler hashes so many bytes each time.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { answerParent } from './http-child.mjs';

// as CommonJS has them: modules that instrumentations have patched
const require = createRequire(import.meta.url);
const http = require('node:http');

let workBytes = 0;
const CHUNK = Buffer.alloc(64 * 1024, 7);

const apps = {
  node: async () => {
    const server = http.createServer((_request, response) => {
      work();
      response.setHeader('content-type', 'application/json').end('{"ok":true}');
    });
    if (hasMiddleware()) (await import('@otel-monitor/http')).monitorServer(server);
    return server;
  },
  express: async () => {
    const express = require('express');
    const app = express();
    if (hasMiddleware()) app.use((await import('@otel-monitor/http/express')).monitorExpress());
    app.get('/users/:id', (_request, response) => {
      work();
      response.json({ ok: true });
    });
    return http.createServer(app);
  },
};

function hasMiddleware() {
  return process.env.BENCHMARK_MIDDLEWARE === '1';
}

/** The same number of instructions each time, whoever else runs: a hash is native code and allocates next to nothing. */
function work() {
  if (workBytes === 0) return;
  const hash = createHash('sha256');
  for (let left = workBytes; left > 0; left -= CHUNK.length) hash.update(CHUNK);
  hash.digest();
}

const server = await apps[process.env.BENCHMARK_APP ?? 'node']();
let isAwake = false;
// a service that sleeps has to be woken by whoever asks it, and the slower a client is the oftener
const stayAwake = () => {
  if (isAwake) setImmediate(stayAwake);
};
answerParent({
  work: ({ bytes }) => {
    workBytes = bytes;
  },
  awake: ({ is }) => {
    isAwake = is;
    stayAwake();
  },
});
// the load's connections wait while other services have their turn
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => process.send({ type: 'listening', port: server.address().port }));
