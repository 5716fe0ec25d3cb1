import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let sink: ChildProcess;
let url: string;

beforeAll(async () => {
  sink = fork(fileURLToPath(new URL('./sink.mjs', import.meta.url)));
  const [{ port }] = await once(sink, 'message');
  url = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  const exited = once(sink, 'exit');
  sink.disconnect();
  await exited;
});

async function post(path: string, body: string | Buffer, headers: Record<string, string>) {
  const response = await fetch(url + path, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

async function take() {
  sink.send({ type: 'take' });
  const [{ counts, kept }] = await once(sink, 'message');
  return { counts, kept };
}

const json = { 'content-type': 'application/json' };
const protobuf = { 'content-type': 'application/x-protobuf' };
/** A request of one resource and one scope with two spans, which are empty. */
const TWO_SPANS = Buffer.from([0x0a, 0x06, 0x12, 0x04, 0x12, 0x00, 0x12, 0x00]);

describe('the sink of the benchmark', () => {
  it('counts the spans of OTLP in JSON and in protobuf, and answers each in its own way', async () => {
    expect(await post('/v1/traces', '[{"spanId":"1","parentSpanId":"2"},{"spanId":"3"}]', json)).toEqual({
      status: 200,
      type: 'application/json',
      text: '{}',
    });
    expect(await post('/v1/traces', TWO_SPANS, protobuf)).toEqual({
      status: 200,
      type: 'application/x-protobuf',
      text: '',
    });
    expect((await take()).counts).toEqual({ requests: 2, bytes: 50 + 8, spans: 4 });
  });

  it('counts what is sent compressed', async () => {
    await post('/v1/traces', gzipSync(TWO_SPANS), { ...protobuf, 'content-encoding': 'gzip' });
    expect((await take()).counts).toMatchObject({ requests: 1, spans: 2 });
  });

  it('counts a transaction of Sentry and the spans within it', async () => {
    const transaction = { contexts: { trace: { span_id: 'a' } }, spans: [{ span_id: 'b', parent_span_id: 'a' }] };
    const lines = [{ event_id: '1' }, { type: 'transaction' }, transaction].map((line) => JSON.stringify(line));
    await post('/api/1/envelope/?sentry_version=7', lines.join('\n'), {});
    expect((await take()).counts.spans).toBe(2);
  });

  it('counts the spans that dd-trace sends to its agent', async () => {
    // two traces of one span, each a map of one field: span_id, 1
    const span = [0x81, 0xa7, ...Buffer.from('span_id'), 0x01];
    await post('/v0.4/traces', Buffer.from([0x92, 0x91, ...span, 0x91, ...span]), {
      'content-type': 'application/msgpack',
    });
    expect((await take()).counts.spans).toBe(2);
  });

  it('counts no spans in other signals', async () => {
    await post('/v1/metrics', '{"exemplars":[{"spanId":"1"}]}', json);
    await post('/info', '', {});
    expect((await take()).counts).toMatchObject({ requests: 2, spans: 0 });
  });

  it('keeps bodies only when it is told to, until they are taken', async () => {
    await post('/v1/logs', 'one', json);
    expect((await take()).kept).toEqual([]);
    sink.send({ type: 'keep' });
    await post('/v1/traces', gzipSync(TWO_SPANS), { ...protobuf, 'content-encoding': 'gzip' });
    expect((await take()).kept).toEqual([
      { path: '/v1/traces', contentType: 'application/x-protobuf', body: TWO_SPANS.toString('base64') },
    ]);
    await post('/v1/logs', 'two', json);
    expect(await take()).toEqual({ counts: { requests: 1, bytes: 3, spans: 0 }, kept: [] });
  });
});
