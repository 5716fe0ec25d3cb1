import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { exportLast } from '../src/last-export.js';

/** A server in a process of its own: this one stands still while it exports. */
async function otherProcess(answer: string): Promise<{ url: string; end: () => Promise<string> }> {
  const script = `
    const server = require('node:http').createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => { body += chunk; });
      request.on('end', () => { process.stderr.write(request.headers['x-team'] + ' ' + body + '\\n'); ${answer} });
    });
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));
    process.stdin.on('end', () => process.exit()).resume();`;
  const child = spawn(process.execPath, ['-e', script], { stdio: 'pipe' });
  let seen = '';
  child.stderr.on('data', (chunk) => {
    seen += chunk;
  });
  const [port] = await once(child.stdout, 'data');
  return {
    url: `http://127.0.0.1:${String(port).trim()}/v1/traces`,
    end: async () => {
      child.stdin.end();
      await once(child, 'close');
      return seen;
    },
  };
}

function request(url: string, body = '{}') {
  return { signal: 'traces' as const, url, headers: { 'x-team': 'a' }, body: new TextEncoder().encode(body) };
}

test('delivers while this thread stands still', async () => {
  const server = await otherProcess('response.end();');
  expect(exportLast([request(server.url, '{"a":1}'), request(server.url, '{"a":2}')], 5000)).toEqual({
    delivered: 2,
    lost: 0,
  });
  expect((await server.end()).trim().split('\n').sort()).toEqual(['a {"a":1}', 'a {"a":2}']);
});

test('gives up at the deadline', async () => {
  const server = await otherProcess('');
  const start = performance.now();
  expect(exportLast([request(server.url)], 500)).toEqual({ delivered: 0, lost: 1 });
  // the other end never answers
  expect(performance.now() - start).toBeLessThan(10_000);
  await server.end();
});

test('a refusal is a loss', async () => {
  const server = await otherProcess('response.writeHead(500).end();');
  expect(exportLast([request(server.url)], 5000)).toEqual({ delivered: 0, lost: 1 });
  await server.end();
});

test('nobody listens: lost at once', async () => {
  const free = createServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  expect(exportLast([request(`http://127.0.0.1:${port}/v1/traces`)], 5000)).toEqual({ delivered: 0, lost: 1 });
});

test('nothing unsent costs nothing', () => {
  expect(exportLast([], 5000)).toEqual({ delivered: 0, lost: 0 });
});
