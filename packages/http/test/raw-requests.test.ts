import { createServer, Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { currentRequest, monitorServer } from '../src/index.js';
import { ask, listening, until } from './on-loopback.js';
import { exchange, statusLines } from './raw-exchange.js';
import { recordRequests } from './recorded-requests.js';

const recorded = recordRequests();
const ok = (_request: unknown, response: ServerResponse) => void response.end('ok');
const close = 'host: shop.example:81\r\nconnection: close\r\n';

/** What the one span of a request tells of its target. */
const told = () => {
  const { attributes } = recorded.spans()[0]!;
  const keys = ['url.path', 'url.query', 'server.address', 'server.port'];
  return keys.map((key) => attributes[key]);
};

describe('a target', () => {
  it.each([
    ['GET /a/b?c=d', ['/a/b', 'c=d', 'shop.example', 81]],
    ['GET /a?', ['/a', undefined, 'shop.example', 81]],
    ['GET http://other.example/a/b?c=d', ['/a/b', 'c=d', 'other.example', undefined]],
    ['GET HTTPS://other.example:8443', ['/', undefined, 'other.example', 8443]],
    ['GET http://user:secret@[::1]:82/a', ['/a', undefined, '[::1]', 82]],
    ['GET http://other.example?c=d', ['/', 'c=d', 'other.example', undefined]],
    ['OPTIONS *', ['*', undefined, 'shop.example', 81]],
    ['GET //twice//a', ['//twice//a', undefined, 'shop.example', 81]],
    ['GET /%', ['/%', undefined, 'shop.example', 81]],
  ])('%s', async (line, expected) => {
    const port = await recorded.serve(ok);
    expect(statusLines(await exchange(port, `${line} HTTP/1.1\r\n${close}\r\n`))).toEqual(['HTTP/1.1 200']);
    await recorded.outcomes();
    expect(told()).toEqual(expected);
  });

  it('that is an absolute address of a probe is left out as well', async () => {
    const port = await recorded.serve(ok);
    await exchange(port, `GET http://other.example/metrics?x HTTP/1.1\r\n${close}\r\n`);
    await ask(port, '/');
    await recorded.outcomes();
    expect(told()[0]).toBe('/');
  });

  it('in bytes that are no ASCII is refused by Node, and leaves nothing', async () => {
    const port = await recorded.serve(ok);
    const sent = Buffer.from(`GET /größe HTTP/1.1\r\n${close}\r\n`, 'utf8');
    expect(statusLines(await exchange(port, sent))).toEqual(['HTTP/1.1 400']);
    await ask(port, '/');
    await recorded.outcomes();
  });
});

describe('headers', () => {
  it('that flood are answered by Node, and leave nothing', async () => {
    const port = await recorded.serve(ok);
    const many = Array.from({ length: 3000 }, (_, index) => `x-header-${index}: value`).join('\r\n');
    expect(statusLines(await exchange(port, `GET / HTTP/1.1\r\n${many}\r\n${close}\r\n`))).toEqual(['HTTP/1.1 431']);
    await ask(port, '/');
    await recorded.outcomes();
  });

  it('900 of them within the limit of Node are one request', async () => {
    const port = await recorded.serve(createServer({ maxHeaderSize: 1 << 20 }, ok));
    const many = Array.from({ length: 900 }, (_, index) => `x-header-${index}: value`).join('\r\n');
    await exchange(port, `GET / HTTP/1.1\r\n${close}${many}\r\n\r\n`);
    await recorded.outcomes();
  });

  it('of 64 KB are cut on the span', async () => {
    const port = await recorded.serve(createServer({ maxHeaderSize: 1 << 20 }, ok));
    const long = 'x'.repeat(65_536);
    const sent = `GET /${long}?${long}=1 HTTP/1.1\r\nhost: ${long}\r\nuser-agent: ${long}\r\nx-forwarded-for: ${long}\r\ntraceparent: ${long}\r\ntracestate: ${long}\r\nbaggage: ${long}\r\nconnection: close\r\n\r\n`;
    expect(statusLines(await exchange(port, sent))).toEqual(['HTTP/1.1 200']);
    await recorded.outcomes();
    for (const value of Object.values(recorded.spans()[0]!.attributes)) {
      if (typeof value === 'string') expect(value.length).toBeLessThanOrEqual(4096);
    }
  });

  it('with a line break in a value are refused by Node, and leave nothing', async () => {
    const port = await recorded.serve(ok);
    const received = await exchange(port, `GET / HTTP/1.1\r\n${close}x-a: one\rtwo\r\n\r\n`);
    expect(statusLines(received)).toEqual(['HTTP/1.1 400']);
    await ask(port, '/');
    await recorded.outcomes();
  });

  it('that an answer may not have throw into the handler as without monitoring', async () => {
    const errors: unknown[] = [];
    const port = await recorded.serve((_request, response) => {
      try {
        response.setHeader('x-a', 'one\r\ntwo');
      } catch (error) {
        errors.push((error as { code: string }).code);
        response.writeHead(500).end();
      }
    });
    expect(await ask(port, '/')).toMatchObject({ status: 500 });
    expect(errors).toEqual(['ERR_INVALID_CHAR']);
    expect(await recorded.outcomes()).toMatchObject([{ 'error.type': '500' }]);
  });

  it('of HTTP/1.0 are a request of that version', async () => {
    const port = await recorded.serve(ok);
    await exchange(port, 'GET / HTTP/1.0\r\n\r\n');
    expect(await recorded.outcomes()).toMatchObject([{ 'network.protocol.version': '1.0' }]);
  });
});

describe('one connection', () => {
  it('carries several requests, each of which is its own', async () => {
    const port = await recorded.serve((request, response) => {
      currentRequest()!.route = request.url!;
      setTimeout(() => response.end('ok'), request.url === '/1' ? 20 : 0);
    });
    // all at once: the answers come in order
    const sent = ['/1', '/2', '/3'].map((path) => `GET ${path} HTTP/1.1\r\nhost: x\r\n`);
    const received = await exchange(port, `${sent[0]}\r\n${sent[1]}\r\n${sent[2]}connection: close\r\n\r\n`);
    expect(statusLines(received)).toHaveLength(3);
    const outcomes = await recorded.outcomes(3);
    expect(outcomes.map((outcome) => outcome['http.route']).sort()).toEqual(['/1', '/2', '/3']);
    expect(new Set(recorded.spans().map((span) => span.spanContext().traceId)).size).toBe(3);
  });

  it('that breaks ends all requests on it', async () => {
    const port = await recorded.serve(() => {});
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(3)));
    await until(async () => (await recorded.active()) === 3);
    socket.destroy();
    expect(await recorded.outcomes(3)).toMatchObject([{ 'error.type': 'ECONNRESET' }]);
  });

  it('that carries requests for a long time keeps nothing of them', async () => {
    const port = await recorded.serve((_request, response) => response.end('ok'));
    const sent = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(50);
    const received = await exchange(port, `${sent}GET / HTTP/1.1\r\n${close}\r\n`);
    expect(statusLines(received)).toHaveLength(51);
    await recorded.outcomes(51);
  });

  it('that breaks in the middle of a body ends its request', async () => {
    const port = await recorded.serve((request) => void request.resume());
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhalf'),
    );
    await until(async () => (await recorded.active()) === 1);
    socket.destroy();
    expect(await recorded.outcomes()).toMatchObject([{ 'error.type': 'ECONNRESET' }]);
  });

  it('that breaks in the middle of an answer leaves its status', async () => {
    const port = await recorded.serve((_request, response) => void response.write('half'));
    const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'));
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    expect(await recorded.outcomes()).toMatchObject([{ 'error.type': 'ECONNRESET', 'http.response.status_code': 200 }]);
  });

  it('of a server that closes is waited for', async () => {
    const server = createServer((_request, response) => void setTimeout(() => response.end('ok'), 50));
    const port = await recorded.serve(server);
    const answer = ask(port, '/');
    await until(async () => (await recorded.active()) === 1);
    server.close();
    expect(await answer).toMatchObject({ status: 200 });
    expect(await recorded.outcomes()).toMatchObject([{ 'http.response.status_code': 200 }]);
    server.listen(port, '127.0.0.1');
    await wait(5);
  });
});

describe('Expect', () => {
  const body = `POST / HTTP/1.1\r\n${close}content-length: 4\r\n`;

  it('100-continue is one request, with Node answering', async () => {
    const port = await recorded.serve((request, response) => void request.on('end', () => response.end('ok')).resume());
    const received = await exchange(port, `${body}expect: 100-continue\r\n\r\nfour`);
    expect(statusLines(received)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 200']);
    expect(await recorded.outcomes()).toMatchObject([{ 'http.response.status_code': 200 }]);
  });

  it('100-continue is one request, with a listener that passes it on', async () => {
    const server = createServer(ok);
    server.on('checkContinue', (request, response) => {
      response.writeContinue();
      server.emit('request', request, response);
    });
    const received = await exchange(await recorded.serve(server), `${body}expect: 100-continue\r\n\r\nfour`);
    expect(statusLines(received)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 200']);
    expect(await recorded.outcomes()).toHaveLength(1);
  });

  it('something else is one request with a listener, and none where Node refuses it', async () => {
    const server = createServer(ok);
    const port = await recorded.serve(server);
    const asked = `${body}expect: tea\r\n\r\nfour`;
    expect(statusLines(await exchange(port, asked))).toEqual(['HTTP/1.1 417']);
    server.on('checkExpectation', (_request, response) => response.writeHead(422).end());
    expect(statusLines(await exchange(port, asked))).toEqual(['HTTP/1.1 422']);
    expect(await recorded.outcomes()).toMatchObject([{ 'http.response.status_code': 422 }]);
  });
});

describe('a server', () => {
  it('that is handed a request by another one does not count it again', async () => {
    const inner = createServer((_request, response) => response.end('inner'));
    const port = await recorded.serve((request, response) => void inner.emit('request', request, response));
    expect(await ask(port, '/')).toMatchObject({ body: 'inner' });
    expect(await recorded.outcomes()).toHaveLength(1);
  });

  it('of a class of its own, and one that is monitored by hand as well, counts once', async () => {
    class Own extends Server {
      override emit(event: string, ...args: unknown[]): boolean {
        return super.emit(event, ...args);
      }
    }
    const server = new Own(ok);
    recorded.finally(monitorServer(server));
    await ask(await recorded.serve(server), '/');
    expect(await recorded.outcomes()).toHaveLength(1);
    expect(recorded.spans()).toHaveLength(1);
  });

  it('that is started while a request is handled has requests of its own', async () => {
    const close: (() => Promise<void>)[] = [];
    const port = await recorded.serve((_request, response) => {
      void listening(createServer(ok)).then((inner) => {
        close.push(inner.close);
        response.end(String(inner.port));
      });
    });
    const { body: inner } = await ask(port, '/');
    await ask(Number(inner), '/inner');
    await recorded.outcomes(2);
    await close[0]!();
    expect(recorded.spans().map(({ attributes }) => attributes['url.path'])).toEqual(['/', '/inner']);
    expect(new Set(recorded.spans().map((span) => span.spanContext().traceId)).size).toBe(2);
  });

  it('two of them count on one metric', async () => {
    const ports = await Promise.all([recorded.serve(ok), recorded.serve(ok)]);
    for (const port of ports) await ask(port, '/');
    expect(await recorded.outcomes(2)).toHaveLength(1);
  });

  it('is handed what is no request at all without harm', async () => {
    const seen: unknown[] = [];
    const server = createServer((...args: unknown[]) => void seen.push(args));
    for (const args of [
      [],
      [null],
      ['text', 7],
      [{}, {}],
      [Object.freeze({ headers: null }), {}],
      [{ url: 7, headers: [] }],
    ]) {
      server.emit('request', ...args);
      server.emit('upgrade', ...args);
    }
    expect(seen).toHaveLength(6);
    expect(await recorded.active()).toBe(0);
  });
});

describe('a listener', () => {
  it('that throws to whoever emitted the event by hand leaves the request to be answered', async () => {
    const inner = createServer(() => {
      throw new RangeError('broken');
    });
    const port = await recorded.serve((request, response) => {
      try {
        inner.emit('request', request, response);
      } catch {
        response.writeHead(503).end();
      }
    });
    expect(await ask(port, '/')).toMatchObject({ status: 503 });
    expect(await recorded.outcomes()).toMatchObject([{ 'http.response.status_code': 503, 'error.type': '503' }]);
  });

  it('that is async and rejects is an unhandled rejection, and its request ends with the connection', async () => {
    const rejections: unknown[] = [];
    const before = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    const onRejection = (reason: unknown) => void rejections.push(reason);
    process.on('unhandledRejection', onRejection);
    try {
      const port = await recorded.serve(async () => {
        throw new RangeError('broken');
      });
      const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'));
      await until(() => rejections.length === 1);
      expect(rejections).toMatchObject([{ message: 'broken' }]);
      expect(await recorded.active()).toBe(1);
      socket.destroy();
      expect(await recorded.outcomes()).toMatchObject([{ 'error.type': 'ECONNRESET' }]);
    } finally {
      process.removeListener('unhandledRejection', onRejection);
      for (const listener of before) process.on('unhandledRejection', listener);
    }
  });

  it('that follows one which throws is left out by Node, as without monitoring', async () => {
    const seen: string[] = [];
    const server = createServer();
    server.on('request', (_request, response) => {
      seen.push('first');
      response.end('ok');
    });
    server.on('request', () => void seen.push('second'));
    await ask(await recorded.serve(server), '/');
    await recorded.outcomes();
    expect(seen).toEqual(['first', 'second']);
  });
});
