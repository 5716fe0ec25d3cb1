import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePorts } from './free-ports.js';

it('a port that was given is not given again, though nobody listens on it', async () => {
  const given = new Set<number>();
  for (let round = 0; round < 10; round += 1) for (const port of await freePorts(20)) given.add(port);
  expect(given.size).toBe(200);
});

it('what was given can be listened on, and is held from other processes by the UDP port of its number', async () => {
  const [port] = await freePorts(1);
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
  const other = createSocket('udp4');
  const failed = once(other, 'error');
  other.bind({ port: port as number, address: '127.0.0.1' });
  expect((await failed)[0]).toMatchObject({ code: 'EADDRINUSE' });
});

it.runIf(process.platform === 'linux')(
  'none of them is one that the system gives to connections (needs Linux)',
  async () => {
    const [first] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s+/).map(Number);
    for (const port of await freePorts(50)) expect(port).toBeLessThan(first as number);
  },
);
