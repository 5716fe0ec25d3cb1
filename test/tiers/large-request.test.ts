import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { arrivals } from './arrived-spans.js';
import { exportTraces } from './grpc-call.js';
import { toSink } from './tiers.js';
import { newSpanId, newTraceId, traceRequest } from './trace-request.js';
import { until } from './until.js';

const MEMORY_MIB = 80;
const HUNDRED_MEGABYTES = 100 * 1024 * 1024;

const residentMebibytes = (pid: number) =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const spanOf = (bytes: number) => ({
  traceId: newTraceId(),
  spanId: newSpanId(),
  attributes: { text: 'x'.repeat(bytes) },
});

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Sends a body as it is, with whatever length it says; a connection that is closed on it is the status 0. */
function postTraces(url: string, body: Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve) => {
    const sent = httpRequest(`${url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('close', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', (error) => resolve({ status: 0, text: error.message }));
    sent.end(body);
  });
}

describe.skipIf(!collectorAvailable)('a gateway that is asked for too much, with the Collector', () => {
  let sink: OtlpSink;
  let collector: CollectorProcess;
  let isAway = false;
  let idleMebibytes = 0;
  let large: Buffer;

  beforeAll(async () => {
    sink = await startSink({ answer: () => (isAway ? 503 : 200) });
    collector = await startCollector({
      overlays: ['gateway.yaml'],
      config: [toSink],
      env: {
        SINK_URL: sink.url,
        COLLECTOR_MEMORY_MIB: String(MEMORY_MIB),
        COLLECTOR_QUEUE_BYTES: '1000000000',
        GOMEMLIMIT: `${Math.floor((MEMORY_MIB * 4) / 5)}MiB`,
      },
    });
    idleMebibytes = residentMebibytes(collector.pid);
    large = Buffer.from(traceRequest('large', [spanOf(HUNDRED_MEGABYTES)]));
  });
  afterAll(async () => {
    await collector?.kill();
    await sink?.close();
  });

  /** That it goes on: a small request is answered and arrives. */
  async function expectService(): Promise<void> {
    const span = spanOf(10);
    expect(await postTraces(collector.otlpHttpUrl, Buffer.from(traceRequest('small', [span])))).toMatchObject({
      status: 200,
    });
    await until(
      () => arrivals(sink),
      (counts) => counts.has(span.spanId),
      60_000,
    );
    expect(arrivals(sink).get(span.spanId)).toBe(1);
  }

  it.each([
    ['as it is', (body: Buffer) => postTraces(collector.otlpHttpUrl, body, { 'content-length': String(body.length) })],
    [
      'without its length',
      (body: Buffer) => postTraces(collector.otlpHttpUrl, body, { 'transfer-encoding': 'chunked' }),
    ],
    [
      'compressed to 100 kB',
      (body: Buffer) => postTraces(collector.otlpHttpUrl, gzipSync(body), { 'content-encoding': 'gzip' }),
    ],
  ])('refuses 100 MB by HTTP, %s, and does not keep it', async (_, send) => {
    const answer = send(large);
    // others are served meanwhile
    await expectService();
    // by HTTP a 400, not a 413: the Collector's word for it
    expect(await answer).toEqual({ status: 400, text: '{"code":3, "message":"http: request body too large"}' });
    expect(residentMebibytes(collector.pid)).toBeLessThan(idleMebibytes + MEMORY_MIB);
    await expectService();
  });

  it('refuses 100 MB by gRPC', async () => {
    const answer = await exportTraces(collector.otlpGrpcEndpoint, Buffer.alloc(HUNDRED_MEGABYTES));
    expect(answer).toEqual({ status: 8, message: 'grpc: received message larger than max (104857600 vs. 16777216)' });
    expect(residentMebibytes(collector.pid)).toBeLessThan(idleMebibytes + MEMORY_MIB);
    await expectService();
  });

  it('refuses when memory is nearly used up, says so, takes again when it is not, and loses nothing that it took', async () => {
    isAway = true;
    const accepted: string[] = [];
    const flood = async () => {
      const spans = Array.from({ length: 20 }, () => spanOf(50_000));
      const answer = await postTraces(collector.otlpHttpUrl, Buffer.from(traceRequest('flood', spans)));
      if (answer.status === 200) accepted.push(...spans.map(({ spanId }) => spanId));
      return answer;
    };
    let refusal = await flood();
    for (let request = 0; request < 1000 && refusal.status === 200; request += 1) refusal = await flood();
    let most = 0;
    for (let request = 0; request < 100; request += 1) {
      await flood();
      most = Math.max(most, residentMebibytes(collector.pid));
    }
    // what comes between two looks of the limiter comes on top
    expect(most).toBeLessThan(idleMebibytes + 1.5 * MEMORY_MIB);
    expect(refusal).toMatchObject({ status: 503, text: expect.stringContaining('memory') });
    expect(collector.logs()).toContain('Memory usage is above soft limit. Refusing data.');
    isAway = false;
    const sent = () => collector.ownMetric('otelcol_exporter_sent_spans', /otlp_http/);
    await until(sent, (count) => count >= accepted.length, 60_000);
    const arrived = arrivals(sink);
    expect(accepted.filter((id) => !arrived.has(id))).toEqual([]);
    expect(await until(flood, ({ status }) => status === 200, 60_000)).toMatchObject({ status: 200 });
  });
});
