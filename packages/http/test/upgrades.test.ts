import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { createMonitor } from '@otel-monitor/monitor';
import { describe, expect, it } from 'vitest';
import { until } from './on-loopback.js';
import { exchange, statusLines } from './raw-exchange.js';
import { recordRequests } from './recorded-requests.js';

const recorded = recordRequests();
const monitor = createMonitor({ name: 'service' });
const asked = 'GET /chat HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n';
const accepted = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n';

function upgrading(listener: (socket: import('node:stream').Duplex) => void): Server {
  const server = createServer((_request, response) => response.end('plain'));
  server.on('upgrade', (_request, socket) => listener(socket));
  return server;
}

describe('an upgrade', () => {
  it('that is accepted ends with 101, and the socket is as it was', async () => {
    const port = await recorded.serve(
      upgrading((socket) => {
        const { write } = Object.getPrototypeOf(socket);
        socket.write(accepted);
        expect(Object.hasOwn(socket, 'write')).toBe(false);
        expect(socket.write).toBe(write);
        socket.pipe(socket);
      }),
    );
    const socket = connect(port, '127.0.0.1', () => socket.write(asked));
    socket.setEncoding('latin1');
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    await until(() => received === accepted);
    expect(await recorded.outcomes()).toMatchObject([{ 'http.response.status_code': 101 }]);
    socket.write('hello');
    await until(() => received === `${accepted}hello`);
    socket.destroy();
    expect(await recorded.outcomes()).toHaveLength(1);
  });

  it('that is accepted in bytes, and much later, runs in its request until then', async () => {
    const port = await recorded.serve(
      upgrading((socket) => {
        setTimeout(() => monitor.operation('accept', () => socket.end(Buffer.from(accepted))), 20);
      }),
    );
    expect(await exchange(port, asked)).toBe(accepted);
    expect(await recorded.outcomes()).toMatchObject([{ 'http.response.status_code': 101 }]);
    expect(recorded.telemetry.traces()).toMatchObject([{ name: 'GET', children: [{ name: 'accept' }] }]);
  });

  it.each([
    ['HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n', { 'http.response.status_code': 401 }],
    [
      'HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n',
      { 'http.response.status_code': 503, 'error.type': '503' },
    ],
    ['not HTTP', { 'error.type': 'ECONNRESET' }],
  ])('that is refused by %j', async (answer, outcome) => {
    const port = await recorded.serve(upgrading((socket) => void socket.end(answer)));
    expect(await exchange(port, asked)).toBe(answer);
    const [found] = await recorded.outcomes();
    expect(found).toMatchObject(outcome);
  });

  it('that is destroyed with an error fails with that', async () => {
    const port = await recorded.serve(
      upgrading((socket) => {
        socket.on('error', () => {});
        socket.destroy(new RangeError('no'));
      }),
    );
    await exchange(port, asked);
    expect(await recorded.outcomes()).toMatchObject([{ 'error.type': 'RangeError' }]);
  });

  it('whose client breaks off before an answer ends then', async () => {
    const port = await recorded.serve(upgrading((socket) => void socket.on('error', () => {}).resume()));
    const socket = connect(port, '127.0.0.1', () => socket.write(asked));
    await until(async () => (await recorded.active()) === 1);
    socket.resetAndDestroy();
    expect(await recorded.outcomes()).toMatchObject([{ 'error.type': 'ECONNRESET' }]);
  });

  it('without a listener is a request like any other', async () => {
    const port = await recorded.serve((_request, response) => response.setHeader('connection', 'close').end('plain'));
    expect(statusLines(await exchange(port, asked))).toEqual(['HTTP/1.1 200']);
    expect(await recorded.outcomes()).toMatchObject([{ 'http.response.status_code': 200 }]);
  });
});

describe('CONNECT', () => {
  const tunnel = 'CONNECT shop.example:443 HTTP/1.1\r\nhost: shop.example:443\r\n\r\n';

  it('ends with the answer that opens the tunnel, and has no path', async () => {
    const server = createServer();
    server.on('connect', (_request, socket) => {
      socket.end('HTTP/1.1 200 Connection Established\r\n\r\ntunnelled');
    });
    expect(await exchange(await recorded.serve(server), tunnel)).toContain('tunnelled');
    expect(await recorded.outcomes()).toMatchObject([
      { 'http.request.method': 'CONNECT', 'http.response.status_code': 200 },
    ]);
    const { attributes } = recorded.spans()[0]!;
    expect(attributes).not.toHaveProperty('url.path');
    expect(attributes).toMatchObject({ 'server.address': 'shop.example', 'server.port': 443 });
  });

  it('without a listener is closed by Node, and leaves nothing', async () => {
    const port = await recorded.serve((_request, response) => response.end());
    expect(await exchange(port, tunnel)).toBe('');
    expect(await recorded.telemetry.metric('http.server.request.duration')).toEqual([]);
  });
});
