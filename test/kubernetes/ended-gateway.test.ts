import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpSink, startSink } from '../otlp/sink.js';
import { collectorAvailable, startCollector } from '../real-parts/collector.js';

const TRACES = 1_000;

/** One span each, with trace ids that follow each other. */
const traces = () => ({
  resourceSpans: [
    {
      resource: { attributes: [] },
      scopeSpans: [
        {
          scope: { name: 'test' },
          spans: Array.from({ length: TRACES }, (_, index) => ({
            traceId: (index + 1).toString(16).padStart(32, '0'),
            spanId: (index + 1).toString(16).padStart(16, '0'),
            name: `trace-${index}`,
            startTimeUnixNano: `${Date.now()}000000`,
            endTimeUnixNano: `${Date.now() + 1}000000`,
          })),
        },
      ],
    },
  ],
});

/** What docs/kubernetes.md, "Rollouts and queues", says of gateways and their disks. */
describe.skipIf(!collectorAvailable)('a gateway that is told to end, with the Collector', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-ended-'));
  let backend: OtlpSink;
  let isThere: boolean;

  /** The files of kubernetes/components/gateway but for TLS and tokens. */
  const start = (wait: string) =>
    startCollector({
      overlays: ['gateway.yaml', 'tail-sampling.yaml', 'persistent-queue.yaml', 'jaeger.yaml'],
      env: {
        JAEGER_OTLP_ENDPOINT: backend.url,
        COLLECTOR_QUEUE_STORAGE: 'file_storage/queue',
        COLLECTOR_HANDOVER: 'memory_limiter',
        COLLECTOR_QUEUE_FOLDER: join(folder, 'queue'),
        COLLECTOR_SAMPLING_PERCENT: '100',
        COLLECTOR_SAMPLING_WAIT: wait,
      },
    });
  const send = async (url: string) => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(traces());
    expect((await fetch(`${url}/v1/traces`, { method: 'POST', headers, body })).status).toBe(200);
  };
  const arrived = () => new Set(backend.received().spans.map(({ item }) => item.name)).size;
  const untilAllArrived = async () => {
    for (const until = Date.now() + 60_000; arrived() < TRACES && Date.now() < until; ) await delay(50);
    return arrived();
  };

  beforeAll(async () => {
    backend = await startSink({ answer: () => (isThere ? 200 : 503) });
  });
  afterAll(async () => {
    await backend?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('decides about open traces and leaves them on its disk, to the next one that has it: a volume keeps them', async () => {
    isThere = false;
    // nothing is decided before its end
    const ending = await start('600s');
    await send(ending.otlpHttpUrl);
    await ending.stop();
    expect(arrived()).toBe(0);
    isThere = true;
    const next = await start('1s');
    expect(await untilAllArrived()).toBe(TRACES);
    await next.stop();
  });
});
