import { afterAll, describe, expect, it } from 'vitest';
import { startSink } from '../otlp/sink.js';
import { collectorAvailable, startCollector } from '../real-parts/collector.js';
import { arrivals } from './arrived-spans.js';
import { toSink } from './tiers.js';
import { newSpanId, newTraceId, traceRequest } from './trace-request.js';

const TRACES_A_KIND = 50;

describe.skipIf(!collectorAvailable)('a gateway that samples and is stopped, with the Collector', () => {
  const last: (() => unknown)[] = [];
  afterAll(async () => {
    for (const end of last.reverse()) await end();
  });

  it('decides on the traces that it has open: those with an error arrive, before their time', async () => {
    const sink = await startSink();
    last.push(sink.close);
    const collector = await startCollector({
      overlays: ['gateway.yaml', 'tail-sampling.yaml'],
      config: [toSink],
      // nobody waits for so long here: what arrives was decided at the stop
      env: { SINK_URL: sink.url, COLLECTOR_SAMPLING_WAIT: '1h', COLLECTOR_SAMPLING_PERCENT: '0' },
    });
    last.push(collector.kill);
    const failed = Array.from({ length: TRACES_A_KIND }, newSpanId);
    const well = Array.from({ length: TRACES_A_KIND }, newSpanId);
    const spans = [
      ...failed.map((spanId) => ({ traceId: newTraceId(), spanId, status: 2 as const })),
      ...well.map((spanId) => ({ traceId: newTraceId(), spanId })),
    ];
    const response = await fetch(`${collector.otlpHttpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: traceRequest('stopped', spans),
    });
    expect(response.status).toBe(200);
    await collector.stop();
    expect([...arrivals(sink).keys()].sort()).toEqual([...failed].sort());
  });
});
