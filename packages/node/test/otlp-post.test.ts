import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { ExportError } from '../src/export-error.js';
import type { OtlpEndpoint } from '../src/otlp-endpoint.js';
import { OtlpPoster } from '../src/otlp-post.js';

const BODY = new TextEncoder().encode('{"resourceSpans":[]}');
let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function listen(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function target(endpoint: string, more: Partial<OtlpEndpoint> = {}): OtlpEndpoint {
  return { endpoint, headers: {}, timeoutMillis: 1000, compression: 'none', protocol: 'http/json', ...more };
}

/** Answers everything by `status` and `headers`. */
function always(status: number, headers: Record<string, string> = {}, body = ''): RequestListener {
  return (request, response) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  };
}

describe('a post', () => {
  test('hands over body and headers; credentials of the address become a header', async () => {
    let seen: IncomingMessage | undefined;
    let body = '';
    const host = await listen(async (request, response) => {
      seen = request;
      body = await text(request);
      response.end('{"partialSuccess":{}}');
    });
    const poster = new OtlpPoster(target(`http://owner:s%20cret@${host}/v1/traces`, { headers: { 'X-Team': 'a' } }));
    const post = poster.post(BODY);
    const answer = await post.answer;
    expect(answer).toMatchObject({ status: 'success' });
    expect(answer.status === 'success' && new TextDecoder().decode(answer.data)).toBe('{"partialSuccess":{}}');
    expect(body).toBe('{"resourceSpans":[]}');
    expect(seen?.url).toBe('/v1/traces');
    expect(seen?.method).toBe('POST');
    expect(seen?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': '20',
      'x-team': 'a',
      authorization: `Basic ${Buffer.from('owner:s cret').toString('base64')}`,
    });
    expect(post.isSent()).toBe(true);
    expect(poster.bytesSent).toBe(20);
    poster.close();
  });

  test('compresses when asked to', async () => {
    let body = '';
    let encoding: string | undefined;
    const host = await listen((request, response) => {
      encoding = request.headers['content-encoding'];
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        body = gunzipSync(Buffer.concat(chunks)).toString();
        response.end();
      });
    });
    const poster = new OtlpPoster(target(`http://${host}/v1/logs`, { compression: 'gzip' }));
    expect(await poster.post(BODY).answer).toEqual({ status: 'success', data: undefined });
    expect([encoding, body]).toEqual(['gzip', '{"resourceSpans":[]}']);
    poster.close();
  });

  test.each([
    [400, 'failure', undefined],
    [401, 'failure', undefined],
    [404, 'failure', undefined],
    [413, 'failure', undefined],
    [500, 'failure', undefined],
    [429, 'retryable', undefined],
    [502, 'retryable', undefined],
    [503, 'retryable', undefined],
    [504, 'retryable', undefined],
  ])('an answer of %i is a %s', async (status, kind) => {
    const host = await listen(always(status));
    const poster = new OtlpPoster(target(`http://${host}/v1/traces`));
    expect(await poster.post(BODY).answer).toMatchObject({
      status: kind,
      error: { name: String(status), statusCode: status },
    });
    poster.close();
  });

  test('tells how long the server asks to wait', async () => {
    const host = await listen(always(503, { 'Retry-After': '7' }));
    const poster = new OtlpPoster(target(`http://${host}/v1/traces`));
    expect(await poster.post(BODY).answer).toMatchObject({ status: 'retryable', retryInMillis: 7000 });
    poster.close();
  });

  test('nobody listens: it can be tried again, and the system says why', async () => {
    const host = await listen(always(200));
    await new Promise((resolve) => server?.close(resolve));
    const poster = new OtlpPoster(target(`http://${host}/v1/traces`));
    expect(await poster.post(BODY).answer).toMatchObject({ status: 'retryable', error: { name: 'ECONNREFUSED' } });
  });

  test('https where no TLS is spoken is a failure that can be tried again', async () => {
    const host = await listen(always(200));
    const poster = new OtlpPoster(target(`https://${host}/v1/traces`));
    expect(await poster.post(BODY).answer).toMatchObject({ status: 'retryable', error: { name: 'EPROTO' } });
  });

  test('what is no HTTP is a failure that can be tried again', async () => {
    const host = await listen(() => {});
    server?.on('connection', (socket) => socket.end('\u0000\u0001 garbage \r\n\r\n'));
    const poster = new OtlpPoster(target(`http://${host}/v1/traces`));
    const answer = await poster.post(BODY).answer;
    expect(answer.status).toBe('retryable');
    expect(answer.status === 'retryable' && answer.error.name).toMatch(/^HPE_|^ECONNRESET$/);
  });

  test('a body of the answer that does not end holds an accepted batch up for a second only', async () => {
    const host = await listen((request, response) => {
      request.resume();
      response.writeHead(200).write('{');
    });
    const poster = new OtlpPoster(target(`http://${host}/v1/traces`));
    const start = performance.now();
    expect(await poster.post(BODY).answer).toEqual({ status: 'success', data: undefined });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test('an endless answer is cut', async () => {
    const host = await listen((request, response) => {
      request.resume();
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) {}
      };
      response.on('drain', more);
      more();
    });
    const poster = new OtlpPoster(target(`http://${host}/v1/traces`));
    expect(await poster.post(BODY).answer).toEqual({ status: 'success', data: undefined });
  });

  test('cancelled, it settles at once and closes its socket', async () => {
    let closed: Promise<unknown> | undefined;
    const host = await listen((request) => {
      request.resume();
      closed = once(request.socket, 'close');
    });
    const poster = new OtlpPoster(target(`http://${host}/v1/traces`));
    const post = poster.post(BODY);
    while (closed === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    post.cancel(new ExportError('timeout', 'no answer in time'));
    expect(await post.answer).toMatchObject({ status: 'retryable', error: { name: 'timeout' } });
    await closed;
  });
});
