import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import compression from 'compression';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, listening, until } from './on-loopback.js';
import { recordRequests } from './recorded-requests.js';

const recorded = recordRequests();

const sizes = async () =>
  (await recorded.telemetry.metric('http.server.response.body.size')).map((point) =>
    'sum' in point ? point.sum : undefined,
  );

/** One request, and every byte of its answer. */
async function bytes(
  port: number,
  headers: Record<string, string> = {},
): Promise<{ headers: IncomingMessage['headers']; body: Buffer }> {
  const asked = request({ host: '127.0.0.1', port, path: '/', agent: false, headers }).end();
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    asked.on('response', resolve).on('error', reject),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { headers: response.headers, body: Buffer.concat(chunks) };
}

describe('the size of an answer', () => {
  it.each([
    ['end', (response) => response.end('größe')],
    ['end of text in another encoding', (response) => response.end('c3a4', 'hex')],
    ['write and end', (response) => void (response.write('ab') && response.end('cd'))],
    ['writes of bytes', (response) => void (response.write(new Uint8Array(3)) && response.end(Buffer.alloc(4)))],
    ['a length of its own', (response) => response.writeHead(200, { 'content-length': '3' }).end('abc')],
    ['headers in a list', (response) => response.writeHead(200, ['content-length', '3']).end('abc')],
    ['nothing', (response) => response.end()],
    ['end twice', (response) => response.end('abc').end()],
    ['204', (response) => response.writeHead(204).end()],
  ] as [string, (response: ServerResponse) => unknown][])('by %s is what the client got', async (_how, answer) => {
    const port = await recorded.serve((_request, response) => void answer(response));
    const { body } = await bytes(port);
    await recorded.outcomes();
    expect(await sizes()).toEqual([body.length]);
  });

  it.each([
    ['in one piece', (response: ServerResponse) => response.end('x'.repeat(10_000))],
    [
      'in several',
      (response: ServerResponse) => {
        response.write('x'.repeat(6000));
        response.end('y'.repeat(4000));
      },
    ],
    [
      'that is too short for it',
      (response: ServerResponse) => {
        response.setHeader('content-length', '4');
        response.write('ab');
        response.end('cd');
      },
    ],
  ])('through compression, %s, is that of what was sent', async (_how, answer) => {
    const compress = compression();
    const port = await recorded.serve((asked, response) => {
      response.setHeader('content-type', 'text/plain');
      compress(asked as never, response as never, () => answer(response));
    });
    const { body, headers } = await bytes(port, { 'accept-encoding': 'gzip' });
    const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body).length : body.length;
    expect([4, 10_000]).toContain(plain);
    await recorded.outcomes();
    expect(await sizes()).toEqual([body.length]);
  });
});

describe('an answer', () => {
  it('that somebody else has put functions on keeps them', async () => {
    const seen: string[] = [];
    const inner = createServer((_request, response) => {
      response.write('a');
      response.end('b');
    });
    const port = await recorded.serve(inner);
    // before ours: on the prototype's side, and after ours: on the answer itself
    inner.prependListener('request', (_request, response) => {
      const { end } = response;
      response.end = function (this: ServerResponse, ...args: unknown[]) {
        seen.push('end');
        return Reflect.apply(end, this, args);
      } as typeof end;
    });
    expect((await bytes(port)).body.toString()).toBe('ab');
    expect(seen).toEqual(['end']);
    await recorded.outcomes();
    expect(await sizes()).toEqual([2]);
  });

  it('that is destroyed before its headers left has no status', async () => {
    const port = await recorded.serve((_request, response) => response.writeHead(201).destroy());
    await expect(bytes(port)).rejects.toThrow();
    const [outcome] = await recorded.outcomes();
    expect(outcome).toEqual({
      'http.request.method': 'GET',
      'url.scheme': 'http',
      'network.protocol.version': '1.1',
      'error.type': 'ECONNRESET',
    });
  });

  it('of another make ends its request', async () => {
    const server = createServer(() => {});
    const response = new EventEmitter();
    const message = { url: '/', method: 'GET', headers: {}, httpVersion: '1.1' };
    server.emit('request', message, response);
    expect(await recorded.active()).toBe(1);
    response.emit('close');
    await recorded.outcomes();
  });
});

/** What a handler may do, in the order that it does it. */
type Step =
  | 'write'
  | 'end'
  | 'head 201'
  | 'head 500'
  | 'destroy'
  | 'destroy with an error'
  | 'wait'
  | 'flush'
  | 'trailers'
  | 'read';

const steps: Record<Step, (message: IncomingMessage, response: ServerResponse) => unknown> = {
  write: (_message, response) => response.write('piece'),
  end: (_message, response) => response.end('last'),
  'head 201': (_message, response) => response.headersSent || response.writeHead(201),
  'head 500': (_message, response) => response.headersSent || response.writeHead(500),
  destroy: (_message, response) => response.destroy(),
  'destroy with an error': (_message, response) => response.destroy(new RangeError('broken')),
  wait: () => wait(1),
  flush: (_message, response) => response.flushHeaders(),
  trailers: (_message, response) => response.addTrailers({ 'x-last': '1' }),
  read: (message) => message.resume(),
};

const perform =
  (plan: readonly Step[]): RequestListener =>
  async (message, response) => {
    response.on('error', () => {});
    for (const step of plan) await steps[step](message, response);
    // one that has not answered by now never would
    if (!response.writableEnded) response.destroy();
  };

/** What the client sees: status, headers and body, as far as they come. */
async function seen(port: number, method: string, clientLeaves: boolean): Promise<unknown> {
  const asked = request({ host: '127.0.0.1', port, path: '/', method, agent: false });
  asked.on('error', () => {});
  asked.end(method === 'POST' ? 'body' : undefined);
  const response = await new Promise<IncomingMessage | undefined>((resolve) => {
    asked.on('response', resolve).on('close', () => resolve(undefined));
  });
  if (response === undefined) return 'nothing';
  if (clientLeaves) asked.destroy();
  let body = '';
  try {
    for await (const chunk of response) body += chunk;
  } catch {
    body = clientLeaves ? '' : `${body} cut off`;
  }
  const { date, ...headers } = response.headers;
  return { status: response.statusCode, headers, body: clientLeaves ? '' : body };
}

it('whatever a handler does, the client sees the same, and the request ends once with what it saw', async () => {
  const plan = fc.array(fc.constantFrom(...(Object.keys(steps) as Step[])), { maxLength: 6 });
  const method = fc.constantFrom('GET', 'HEAD', 'POST');
  let handler: RequestListener = () => {};
  const monitored = await recorded.serve((message, response) => handler(message, response));
  const bareServer = createServer((message, response) => handler(message, response));
  Object.defineProperty(bareServer, Symbol.for('otel-monitor.http.unmonitored'), { value: true });
  const bare = await listening(bareServer);
  recorded.finally(bare.close);
  await fc.assert(
    fc.asyncProperty(plan, method, fc.boolean(), async (taken, how, clientLeaves) => {
      recorded.telemetry.reset();
      handler = perform(taken);
      const expected = await seen(bare.port, how, clientLeaves);
      const found = await seen(monitored, how, clientLeaves);
      expect(found).toEqual(expected);
      const [outcome] = await recorded.outcomes(1);
      const status = outcome!['http.response.status_code'];
      if (expected === 'nothing') expect(outcome).toHaveProperty('error.type');
      else expect(status).toBe((expected as { status: number }).status);
      const wasBroken = taken.indexOf('destroy with an error');
      const error = outcome!['error.type'];
      if (error === 'RangeError') expect(wasBroken).toBeGreaterThanOrEqual(0);
      else if (error !== undefined) expect([String(status), 'ECONNRESET']).toContain(error);
      if (status === 500) expect(error).toBeDefined();
    }),
    { numRuns: 250 },
  );
});

it('while monitoring is off the same handlers leave nothing', async () => {
  const port = await recorded.serve(perform(['head 500', 'write', 'end']));
  const { runtimeState } = await import('@otel-monitor/runtime');
  runtimeState.enabled = false;
  expect(await ask(port, '/')).toMatchObject({ status: 500, body: 'piecelast' });
  await until(async () => (await recorded.active()) === 0);
  expect(recorded.spans()).toEqual([]);
});
