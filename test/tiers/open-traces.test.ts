import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { arrivalsWhen } from './arrived-spans.js';
import { toSink } from './tiers.js';
import { newSpanId, newTraceId, traceRequest } from './trace-request.js';

const OPEN_AT_MOST = 400;
const REQUESTS = 20;
const TRACES_A_REQUEST = 50;

describe.skipIf(!collectorAvailable)('more traces than may be open at once, with the Collector', () => {
  let sink: OtlpSink;
  let collector: CollectorProcess;
  let arrived: Map<string, number>;
  let statuses: number[];
  const sent: string[] = [];

  beforeAll(async () => {
    sink = await startSink();
    collector = await startCollector({
      overlays: ['gateway.yaml', 'tail-sampling.yaml'],
      config: [toSink],
      env: {
        SINK_URL: sink.url,
        COLLECTOR_SAMPLING_WAIT: '1s',
        COLLECTOR_SAMPLING_TRACES: String(OPEN_AT_MOST),
        COLLECTOR_SAMPLING_PERCENT: '0',
      },
    });
    statuses = await Promise.all(
      Array.from({ length: REQUESTS }, async () => {
        const spans = Array.from({ length: TRACES_A_REQUEST }, () => {
          const spanId = newSpanId();
          sent.push(spanId);
          return { traceId: newTraceId(), spanId, status: 2 as const };
        });
        const headers = { 'content-type': 'application/json' };
        const body = traceRequest('many', spans);
        return (await fetch(`${collector.otlpHttpUrl}/v1/traces`, { method: 'POST', headers, body })).status;
      }),
    );
    arrived = await arrivalsWhen(sink, sent.length, 20_000);
  });
  afterAll(async () => {
    await collector?.stop();
    await sink?.close();
  });

  it('are all taken: senders wait', () => {
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('push out none: every error is kept', async () => {
    expect(sent.filter((id) => !arrived.has(id))).toEqual([]);
    const metric = 'otelcol_processor_tail_sampling_sampling_trace_dropped_too_early';
    expect(await collector.ownMetric(metric)).toBe(0);
  });
});
