import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as delay, setImmediate as immediate } from 'node:timers/promises';
import { serialize } from '@otel-monitor/prometheus';
import { afterEach, expect, it, vi } from 'vitest';
import { createEndpoints } from '../src/index.js';
import { PageSlices } from '../src/page-slices.js';
import { sendPage } from '../src/send-page.js';
import { SlabPool } from '../src/slab-pool.js';
import { Turns } from '../src/turns.js';
import { ask } from './ask.js';
import { histograms, madeSources } from './made-sources.js';
import { served } from './served.js';

const uncounted = { time: <T>(work: () => T) => work(), bytesWritten: () => {} };
const CHUNK = 100_000;
const closings: (() => void)[] = [];
/** From now on deadlines pass when they are told to. */
const stopTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

afterEach(() => {
  vi.useRealTimers();
  for (const close of closings.splice(0)) close();
});

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  closings.push(() => server.close().closeAllConnections());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Sent {
  /** Settled when the sending is over. */
  over: Promise<void>;
  sendings: number;
  readonly failures: unknown[];
  chunks: number;
  isFinished: boolean;
}

/** A server of one page: so many chunks, then what `end` does. */
async function serving(chunks: number, { deadlineMillis = 5000, chunkBytes = CHUNK, end = () => {} } = {}) {
  const sent: Sent = { over: Promise.resolve(), sendings: 0, failures: [], chunks: 0, isFinished: false };
  function* page() {
    try {
      for (; sent.chunks < chunks; sent.chunks += 1) yield Buffer.alloc(chunkBytes, 'x');
      end();
    } finally {
      sent.isFinished = true;
    }
  }
  let begun: (value: unknown) => void;
  const isBegun = new Promise((resolve) => {
    begun = resolve;
  });
  const url = await listening((_request, response) => {
    const sending = { headers: {}, turns: new Turns(), slabs: new SlabPool(), deadlineMillis };
    const failed = (error: unknown) => sent.failures.push(error);
    sent.sendings += 1;
    sent.over = sendPage(response, new PageSlices(page(), uncounted), {
      ...sending,
      failed,
    });
    begun(undefined);
  });
  return { url, sent, isBegun };
}

/** Resolves when no more chunks are made. */
async function standingStill(sent: Sent): Promise<void> {
  let chunks: number;
  do {
    chunks = sent.chunks;
    await delay(100);
  } while (sent.chunks !== chunks);
}

const page = async (response: IncomingMessage) => {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) text += chunk;
  return text;
};

const asked = (url: string) => new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).on('error', reject));

it('a long page is streamed whole', async () => {
  const metrics = histograms(3000);
  const { url } = await served({ metrics: async () => metrics });
  const { status, headers, body } = await ask(url, '/metrics');
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'transfer-encoding': 'chunked', 'cache-control': 'no-store', vary: 'Accept' });
  expect(headers).not.toHaveProperty('content-length');
  expect(body).toBe(serialize(metrics));
});

it('clients that read at different speeds get the same whole page', async () => {
  const metrics = histograms(2000);
  const { url } = await served({ metrics: async () => metrics });
  const slow = async () => {
    const response = await asked(`${url}/metrics`);
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) {
      text += chunk;
      await delay(1);
    }
    return text;
  };
  const expected = serialize(metrics);
  const pages = await Promise.all([
    slow(),
    slow(),
    ...Array.from({ length: 5 }, async () => page(await asked(`${url}/metrics`))),
  ]);
  expect(pages.every((each) => each === expected)).toBe(true);
});

it('a client that asks for HEAD costs no page', async () => {
  let read = 0;
  const metrics = histograms(100, () => {
    read += 1;
  });
  const { url } = await served({ metrics: async () => metrics });
  expect(await ask(url, '/metrics', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  expect(read).toBe(0);
});

it('a client that does not read holds two chunks and what the system buffers, and the page goes on when it reads', async () => {
  const { url, sent } = await serving(1000, { deadlineMillis: 60_000 });
  const response = await asked(url);
  await standingStill(sent);
  expect(sent.chunks).toBeLessThan(300);
  expect((await page(response)).length).toBe(1000 * CHUNK);
  await sent.over;
  expect(sent.failures).toEqual([]);
});

it('a client that hangs up ends the page', async () => {
  const { url, sent } = await serving(10_000);
  (await asked(url)).destroy();
  await sent.over;
  expect(sent.isFinished).toBe(true);
  expect(sent.chunks).toBeLessThan(10_000);
});

it('a client that does not read in time is broken off, and sees it', async () => {
  stopTimers();
  const { url, sent } = await serving(10_000, { deadlineMillis: 200 });
  const response = await asked(url);
  vi.advanceTimersByTime(199);
  expect(sent.isFinished).toBe(false);
  vi.advanceTimersByTime(1);
  await sent.over;
  expect(sent.isFinished).toBe(true);
  await expect(page(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

it('the last chunk has the same deadline', async () => {
  stopTimers();
  const { url, sent } = await serving(1, { deadlineMillis: 200, chunkBytes: 50_000_000 });
  const response = await asked(url);
  expect(response.headers['content-length']).toBe('50000000');
  vi.advanceTimersByTime(200);
  await sent.over;
  await expect(page(response)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

it('an answer that waits behind another on its connection is given up at the deadline too', async () => {
  const { url, sent } = await serving(10_000, { deadlineMillis: 200 });
  stopTimers();
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  socket.pause();
  const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
  socket.write(get + get);
  await once(socket, 'connect');
  while (sent.sendings < 2) await immediate();
  await standingStill(sent);
  vi.advanceTimersByTime(200);
  await sent.over;
  expect(sent.isFinished).toBe(true);
  socket.destroy();
});

it('a page that breaks off is no page to the client', async () => {
  const broken = new Error('no');
  const { url, sent } = await serving(5, {
    end: () => {
      throw broken;
    },
  });
  await expect(asked(url).then(page)).rejects.toMatchObject({ code: 'ECONNRESET' });
  await sent.over;
  expect(sent.failures).toEqual([broken]);
});

it('nor to a client of HTTP/1.0, for which the end of the connection is the end of the page', async () => {
  const { url } = await serving(5, {
    end: () => {
      throw new Error('no');
    },
  });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('GET / HTTP/1.0\r\n\r\n');
  socket.resume();
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNRESET');
});

it('a page that breaks before its first chunk leaves the answer to the caller', async () => {
  const { url, sent, isBegun } = await serving(0, {
    end: () => {
      throw new Error('no');
    },
  });
  const response = asked(url);
  await isBegun;
  await expect(sent.over).rejects.toThrow('no');
  expect(sent.failures).toEqual([]);
  response.catch(() => {});
});

it('a middleware that keeps what is written keeps it as it was', async () => {
  const metrics = histograms(1000);
  const { handler } = createEndpoints(madeSources({ metrics: async () => metrics }));
  const kept: Uint8Array[] = [];
  const url = await listening((request, response: ServerResponse) => {
    const write = response.write.bind(response) as (chunk: unknown, ...rest: unknown[]) => boolean;
    const end = response.end.bind(response) as (chunk: unknown, ...rest: unknown[]) => ServerResponse;
    response.write = ((chunk: Uint8Array, ...rest: unknown[]) => {
      kept.push(chunk);
      return write(chunk, ...rest);
    }) as typeof response.write;
    response.end = ((chunk: Uint8Array, ...rest: unknown[]) => {
      kept.push(chunk);
      return end(chunk, ...rest);
    }) as typeof response.end;
    handler(request, response);
  });
  const body = await page(await asked(`${url}/metrics`));
  expect(body).toBe(serialize(metrics));
  expect(Buffer.concat(kept).toString('utf8')).toBe(body);
});

it('a server that speaks fetch gets the same page', async () => {
  const metrics = histograms(200);
  const endpoints = createEndpoints(madeSources({ metrics: async () => metrics }), { auth: 'none' });
  const response = await endpoints.fetch(new Request('http://localhost/metrics'));
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).toBe(serialize(metrics));
});
