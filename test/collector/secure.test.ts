import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../../packages/http/test/self-signed.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { type RunningShop, startShop } from './running-shop.js';

const UNAUTHENTICATED = '16';
const OK = '0';

/** The span of an order, as OTLP/JSON. */
const oneSpan = {
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              name: 'by hand',
              traceId: '0af7651916cd43dd8448eb211c80319c',
              spanId: 'b7ad6b7169203331',
              kind: 1,
              startTimeUnixNano: '1795478400000000000',
              endTimeUnixNano: '1795478401000000000',
            },
          ],
        },
      ],
    },
  ],
};

describe.skipIf(!collectorAvailable)('secure.yaml with the Collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-test-'));
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const certificate = file('tls.crt', selfSigned.cert);
  const environment = {
    COLLECTOR_TLS_CERT_FILE: certificate,
    COLLECTOR_TLS_KEY_FILE: file('tls.key', selfSigned.key),
    COLLECTOR_TOKEN_FILE: file('tokens', 'first-token\nsecond-token  the one before\n'),
  };
  let collector: CollectorProcess;
  let shop: RunningShop | undefined;

  beforeAll(async () => {
    collector = await startCollector({ overlays: ['files.yaml', 'prometheus.yaml', 'secure.yaml'], env: environment });
  });
  afterAll(async () => {
    await Promise.allSettled([shop?.end(), collector?.stop()]);
    rmSync(folder, { recursive: true });
  });

  /** The status of a request by HTTPS; `method` POST sends the span. */
  async function https(url: string, headers: Record<string, string>, method: 'GET' | 'POST' = 'POST') {
    const address = new URL(url.replace('http://', 'https://'));
    const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      const sent = request(address, { method, headers, ca: selfSigned.cert });
      sent.on('response', resolve).on('error', reject);
      sent.end(method === 'POST' ? JSON.stringify(oneSpan) : undefined);
    });
    return { status: response.statusCode, text: (await buffer(response)).toString('utf8') };
  }
  const traces = () => `${collector.otlpHttpUrl}/v1/traces`;
  const json = { 'content-type': 'application/json' };

  /** The grpc-status of an empty export by gRPC over TLS. */
  async function grpc(headers: Record<string, string>): Promise<string> {
    const session = connect(`https://${collector.otlpGrpcEndpoint}`, { ca: selfSigned.cert });
    try {
      return await new Promise<string>((resolve, reject) => {
        session.on('error', reject);
        const stream = session.request({
          ':method': 'POST',
          ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
          'content-type': 'application/grpc',
          te: 'trailers',
          ...headers,
        });
        const told = (answer: Record<string, unknown>) => {
          if (answer['grpc-status'] !== undefined) resolve(String(answer['grpc-status']));
        };
        stream.on('response', told).on('trailers', told).on('error', reject).resume();
        // a message that is not compressed, of no bytes
        stream.end(Buffer.from([0, 0, 0, 0, 0]));
      });
    } finally {
      session.close();
    }
  }

  it.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer third-token' }],
    ['a token without its scheme', { authorization: 'first-token' }],
    ['the beginning of a token', { authorization: 'Bearer first-toke' }],
    ['the comment beside a token', { authorization: 'Bearer the' }],
  ])('refuses %s by HTTP and by gRPC, and keeps nothing of it', async (_about, headers) => {
    expect((await https(traces(), { ...json, ...headers })).status).toBe(401);
    expect(await grpc(headers)).toBe(UNAUTHENTICATED);
    expect(await collector.ownMetric('otelcol_receiver_accepted_spans')).toBe(0);
  });

  it('takes no plain text', async () => {
    const answer = await fetch(traces(), { method: 'POST', headers: { ...json, authorization: 'Bearer first-token' } });
    expect([answer.status, await answer.text()]).toEqual([400, 'Client sent an HTTP request to an HTTPS server.\n']);
  });

  it.each(['first-token', 'second-token'])('takes %s by HTTP and by gRPC', async (token) => {
    const authorization = `Bearer ${token}`;
    expect((await https(traces(), { ...json, authorization })).status).toBe(200);
    expect(await grpc({ authorization })).toBe(OK);
  });

  it('gives the page of metrics to who has a token alone', async () => {
    expect((await https(collector.prometheusUrl, {}, 'GET')).status).toBe(401);
    expect((await https(collector.prometheusUrl, { authorization: 'Bearer first-token' }, 'GET')).status).toBe(200);
  });

  it('gets everything of a program that has a token and knows the authority', async () => {
    shop = await startShop({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttpUrl.replace('http://127.0.0.1', 'https://localhost'),
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20first-token',
      NODE_EXTRA_CA_CERTS: certificate,
    });
    const traceId = await shop.failingOrder('one');
    const { spans } = await collector.readFileWhen(
      (telemetry) =>
        telemetry.spans.filter(({ item }) => item.traceId === traceId).length === 2 &&
        telemetry.logs.length === 1 &&
        telemetry.metrics.some(({ item }) => item.name === 'monitor.errors'),
    );
    expect(
      spans
        .filter(({ item }) => item.traceId === traceId)
        .map(({ item }) => item.name)
        .sort(),
    ).toEqual(['order', 'pay']);
    const { text } = await https(collector.prometheusUrl, { authorization: 'Bearer first-token' }, 'GET');
    expect(text).toContain('monitor_errors_total{');
  });

  it('asks for a certificate where an authority of clients is named', async () => {
    const strict = await startCollector({
      overlays: ['secure.yaml'],
      env: { ...environment, COLLECTOR_TLS_CLIENT_CA_FILE: certificate },
    });
    const send = (more: object) =>
      new Promise<number | string>((resolve) => {
        const url = strict.otlpHttpUrl.replace('http://', 'https://');
        const headers = { ...json, authorization: 'Bearer first-token' };
        const sent = request(`${url}/v1/traces`, { method: 'POST', headers, ca: selfSigned.cert, ...more });
        sent.on('response', (response) => resolve(response.resume().statusCode as number));
        sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
        sent.end(JSON.stringify(oneSpan));
      });
    try {
      expect(await send({})).toMatch(/CERTIFICATE_REQUIRED|ECONNRESET/);
      expect(await send({ cert: selfSigned.cert, key: selfSigned.key })).toBe(200);
    } finally {
      await strict.stop();
    }
  });

  it.skipIf(process.platform !== 'linux')(
    'moves to another address with COLLECTOR_HOST, and leaves its open metrics on loopback (needs Linux)',
    async () => {
      const moved = await startCollector({
        overlays: ['secure.yaml'],
        env: { ...environment, COLLECTOR_HOST: '127.0.0.2' },
      });
      const telemetry = `http://127.0.0.1:${moved.ports.COLLECTOR_TELEMETRY_PORT}/metrics`;
      const isOpen = (url: string) =>
        fetch(url)
          .then((response) => response.ok)
          .catch(() => false);
      try {
        expect(new URL(moved.otlpHttpUrl).hostname).toBe('127.0.0.2');
        expect(await isOpen(moved.healthUrl)).toBe(true);
        expect(await isOpen(telemetry)).toBe(true);
        expect(await isOpen(telemetry.replace('127.0.0.1', '127.0.0.2'))).toBe(false);
      } finally {
        await moved.stop();
      }
    },
  );

  it('with files that are not there it does not start, and names them', async () => {
    const missing = { ...environment, COLLECTOR_TLS_CERT_FILE: join(folder, 'nowhere.crt') };
    await expect(startCollector({ overlays: ['secure.yaml'], env: missing })).rejects.toThrow(
      /ended with 1:.*nowhere\.crt/s,
    );
  });
});
