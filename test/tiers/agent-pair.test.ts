import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { collectorAvailable } from '../real-parts/collector.js';
import { arrivals, arrivalsWhen } from './arrived-spans.js';
import { openPlace, type Place, toSink } from './tiers.js';
import { newSpanId, newTraceId, traceRequest } from './trace-request.js';
import { until } from './until.js';

const REQUESTS = 60;
const TRACES_A_REQUEST = 4;
const SERVICES = 20;
const POINTS = 3;
const PATIENCE_MILLIS = 60_000;

/** Each request is a batch of its own: far more of them than there are senders. */
const batchEach = `
exporters:
  otlp_grpc/gateway-a: { sending_queue: { batch: { flush_timeout: 1ms } } }
  otlp_grpc/gateway-b: { sending_queue: { batch: { flush_timeout: 1ms } } }
`;

describe.skipIf(!collectorAvailable)('two gateways of agent-pair.yaml, one of them away, with the Collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-test-'));
  /** What is behind each gateway. */
  let sinks: OtlpSink[] = [];
  let gateways: Place[] = [];
  let agent: Place;
  /** Ids of all spans, by the gateway whose they are. */
  const sent: [string[], string[]] = [[], []];

  beforeAll(async () => {
    const config = join(folder, 'batch-each.yaml');
    writeFileSync(config, batchEach);
    sinks = await Promise.all([startSink(), startSink()]);
    gateways = await Promise.all(
      sinks.map((sink) => openPlace({ overlays: ['gateway.yaml'], config: [toSink], env: { SINK_URL: sink.url } })),
    );
    agent = await openPlace({
      overlays: ['agent-pair.yaml', 'persistent-queue.yaml'],
      config: [config],
      env: {
        COLLECTOR_GATEWAY_A: (gateways[0] as Place).grpcEndpoint,
        COLLECTOR_GATEWAY_B: (gateways[1] as Place).grpcEndpoint,
        COLLECTOR_GATEWAY_INSECURE: 'true',
      },
    });
    await gateways[1]?.collector().kill();
  });
  afterAll(async () => {
    await Promise.all([agent, ...gateways].map((place) => place?.close()));
    await Promise.all(sinks.map((sink) => sink.close()));
    rmSync(folder, { recursive: true });
  });

  async function post(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${agent.httpUrl}/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    expect(response.status).toBe(200);
  }
  const once = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, 1]));

  it('the other one gets every trace that is its own, whole and once', async () => {
    for (let request = 0; request < REQUESTS; request += 1) {
      const spans = Array.from({ length: TRACES_A_REQUEST }, newTraceId).flatMap((traceId) => {
        const ids = [newSpanId(), newSpanId()];
        sent[/[0-7]$/.test(traceId) ? 0 : 1].push(...ids);
        return ids.map((spanId) => ({ traceId, spanId, name: 'step' }));
      });
      await post('traces', traceRequest('pair', spans));
    }
    const arrived = await arrivalsWhen(sinks[0] as OtlpSink, sent[0].length, PATIENCE_MILLIS);
    expect(Object.fromEntries(arrived)).toEqual(once(sent[0]));
  });

  it('what is for the one that is away outlives the agent, and comes when it is back, once', async () => {
    await agent.collector().kill();
    await agent.start();
    await gateways[1]?.start();
    const arrived = await arrivalsWhen(sinks[1] as OtlpSink, sent[1].length, PATIENCE_MILLIS);
    expect(Object.fromEntries(arrived)).toEqual(once(sent[1]));
    expect(Object.fromEntries(arrivals(sinks[0] as OtlpSink))).toEqual(once(sent[0]));
  });

  it('all points and log records of a service go to one of them', async () => {
    const resources = Array.from({ length: SERVICES }, (_, index) => ({
      attributes: [{ key: 'service.name', value: { stringValue: `service-${index}` } }],
    }));
    const timeUnixNano = `${Date.now()}000000`;
    for (let point = 0; point < POINTS; point += 1) {
      const gauge = { name: 'level', gauge: { dataPoints: [{ asInt: '1', timeUnixNano }] } };
      const record = { timeUnixNano, body: { stringValue: 'line' } };
      await post('metrics', {
        resourceMetrics: resources.map((resource) => ({ resource, scopeMetrics: [{ metrics: [gauge] }] })),
      });
      await post('logs', {
        resourceLogs: resources.map((resource) => ({ resource, scopeLogs: [{ logRecords: [record] }] })),
      });
    }
    for (const signal of ['metrics', 'logs'] as const) {
      const counts = await until(
        () => sinks.map((sink) => countByService(sink, signal)),
        (each) => each.reduce((sum, { size }) => sum + size, 0) >= SERVICES && each.every(areWhole),
        PATIENCE_MILLIS,
      );
      const services = counts.map((each) => [...each.keys()]);
      expect(services.flat().sort()).toEqual(resources.map((_, index) => `service-${index}`).sort());
      expect(counts.map(areWhole)).toEqual([true, true]);
      expect(services.every((each) => each.length > 0)).toBe(true);
    }
  });
});

const areWhole = (counts: ReadonlyMap<string, number>) => [...counts.values()].every((count) => count === POINTS);

function countByService(sink: OtlpSink, signal: 'metrics' | 'logs'): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { item, resource } of sink.received()[signal]) {
    const name = String(resource['service.name']);
    counts.set(name, (counts.get(name) ?? 0) + ('points' in item ? item.points.length : 1));
  }
  return counts;
}
