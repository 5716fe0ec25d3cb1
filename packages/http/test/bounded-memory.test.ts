import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { currentRequest } from '../src/index.js';
import { until } from './on-loopback.js';
import { recordRequests } from './recorded-requests.js';

const recorded = recordRequests();

/** Sends requests one after the other over connections of a hundred each. */
async function flood(port: number, count: number, lines: (index: number) => string): Promise<void> {
  for (let from = 0; from < count; from += 100) {
    const socket = connect(port, '127.0.0.1');
    let answers = 0;
    socket.on('data', (chunk: Buffer) => {
      answers += chunk.toString('latin1').split('HTTP/1.1 200').length - 1;
    });
    for (let index = from; index < from + 100; index += 1) socket.write(lines(index));
    await until(() => answers === 100);
    socket.destroy();
  }
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const METHODS = ['GET', 'PROPFIND', 'REPORT', 'M-SEARCH', 'LINK', 'PURGE'];
const stranger = (index: number): string =>
  `${METHODS[index % METHODS.length]} /users/${index}/${'p'.repeat(100)}?q${index}=${index} HTTP/1.1\r\n` +
  `host: host-${index}.example\r\nuser-agent: agent-${index} ${'a'.repeat(100)}\r\nx-forwarded-for: 10.0.${index % 250}.${index}\r\n\r\n`;

it('10,000 requests of other paths, hosts, agents and methods leave as many series as two, and no memory to speak of', async () => {
  const port = await recorded.serve((_request, response) => response.end('ok'));
  await flood(port, 3000, stranger);
  await recorded.outcomes(3000);
  const { telemetry } = recorded;
  const series = (await recorded.outcomes(3000)).length;
  expect(series).toBe(2); // GET and _OTHER
  telemetry.reset();
  const before = heapUsed();
  await flood(port, 10_000, (index) => stranger(index + 3000));
  await recorded.outcomes(10_000);
  telemetry.reset();
  const grown = heapUsed() - before;
  expect(grown).toBeLessThan(3_000_000);
});

it('routes that a handler makes up are bounded, long ones and those that are no text too', async () => {
  let made = 0;
  const port = await recorded.serve((_request, response) => {
    made += 1;
    const route = made % 3 === 0 ? 'x'.repeat(100_000) + made : made % 3 === 1 ? `/made/${made}` : { made };
    currentRequest()!.route = route as string;
    response.end('ok');
  });
  await flood(port, 3000, () => 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  const before = heapUsed();
  recorded.telemetry.reset();
  await flood(port, 6000, () => 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  const routes = await recorded.outcomes(6000);
  expect(routes.length).toBeLessThanOrEqual(2001);
  for (const { 'http.route': route } of routes) expect(String(route ?? '').length).toBeLessThanOrEqual(256);
  recorded.telemetry.reset();
  expect(heapUsed() - before).toBeLessThan(5_000_000);
});
