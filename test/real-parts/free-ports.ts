import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Where ports are looked for. Below what systems give away by themselves (Linux from 32768, others from 49152): a port of
 * those may become somebody's own between its choice and its use, or while a program that had it is away.
 */
const FIRST = 20_000;
const COUNT = 12_000;

/**
 * Different free TCP ports of the loopback interface, which nobody else who asks here is given until this process has ended,
 * in no other process either: the UDP port of the same number is held meanwhile, and the system lets go of it by itself.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  const begin = Math.floor(Math.random() * COUNT);
  for (let tried = 0; ports.length < count; tried += 1) {
    if (tried === COUNT) throw new Error(`of ${COUNT} ports from ${FIRST} on ${ports.length} are free, for ${count}`);
    const port = FIRST + ((begin + tried) % COUNT);
    if ((await isReserved(port)) && (await isFree(port))) ports.push(port);
  }
  return ports;
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port as number;
}

async function isReserved(port: number): Promise<boolean> {
  const guard = createSocket('udp4');
  guard.bind({ port, address: '127.0.0.1', exclusive: true });
  const reserved = await isDone(once(guard, 'listening'));
  if (reserved) guard.unref();
  return reserved;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
  const free = await isDone(once(server, 'listening'));
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}

/** `once` rejects when 'error' comes instead. */
const isDone = (event: Promise<unknown>) =>
  event.then(
    () => true,
    () => false,
  );
