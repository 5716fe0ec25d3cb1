import { fileURLToPath } from 'node:url';
import { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsJson, recordsProto, spansJson, spansProto } from '../../packages/node/test/otlp/batches.js';
import { anyLogRecords, anySpans } from '../../packages/node/test/otlp/generated-items.js';
import type { Telemetry } from '../otlp/json-lines.js';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';
import { preparePython, runPython } from './python-packages.js';

const script = fileURLToPath(new URL('read-otlp.py', import.meta.url));
const python = preparePython(['opentelemetry-proto==1.45.2', 'protobuf==7.36.2']);

const spans = fc.sample(anySpans, { numRuns: 300, seed: 4 });
const records = fc.sample(anyLogRecords, { numRuns: 300, seed: 4 });

describe.skipIf(python === undefined)(
  'requests read by the classes that are generated for Python (needs Python)',
  () => {
    const read = (signal: 'traces' | 'logs', requests: readonly (Uint8Array | undefined)[]) =>
      runPython(
        python!,
        script,
        [signal],
        requests.map((body) => `${Buffer.from(body!).toString('base64')}\n`).join(''),
      );

    it('are those of the official exporter: spans', () => {
      const ours = read('traces', spans.map(spansProto));
      expect(ours).toHaveLength(300);
      expect(ours).toEqual(
        withoutEmptyStatus(
          read(
            'traces',
            spans.map((batch) => ProtobufTraceSerializer.serializeRequest(batch)),
          ),
        ),
      );
    });

    it('are those of the official exporter: log records', () => {
      const ours = read('logs', records.map(recordsProto));
      expect(ours).toHaveLength(300);
      expect(ours).toEqual(
        read(
          'logs',
          records.map((batch) => ProtobufLogsSerializer.serializeRequest(batch)),
        ),
      );
    });
  },
);

/** A status that says nothing is written by the official serializer, and left out by ours. */
function withoutEmptyStatus(official: unknown): unknown {
  return JSON.parse(JSON.stringify(official), (key, value) =>
    key === 'status' && Object.keys(value).length === 0 ? undefined : value,
  );
}

describe.skipIf(!collectorAvailable)('requests read by the Collector (needs a Collector: OTELCOL)', () => {
  let collector: CollectorProcess;
  beforeAll(async () => {
    collector = await startCollector();
  });
  afterAll(() => collector?.stop());

  const send = async (path: string, body: Uint8Array | undefined, type: 'json' | 'x-protobuf') => {
    const headers = { 'content-type': `application/${type}` };
    const response = await fetch(`${collector.otlpHttpUrl}${path}`, {
      method: 'POST',
      headers,
      body: Buffer.from(body!),
    });
    // neither says that something was refused: no partial success, or an empty one
    expect(response.status).toBe(200);
    expect(['{"partialSuccess":{}}', '', '\n\0']).toContain(await response.text());
  };
  const count = ({ spans, logs }: Telemetry) => spans.length + logs.length;

  it('say the same in protobuf, in JSON and by the official exporter', async () => {
    const some = { spans: spans.slice(0, 60), records: records.slice(0, 60) };
    const items = some.spans.flat().length + some.records.flat().length;
    const seen: Telemetry[] = [];
    for (const [index, each] of (['ours', 'json', 'official'] as const).entries()) {
      for (const batch of some.spans) {
        if (each === 'json') await send('/v1/traces', spansJson(batch), 'json');
        else
          await send(
            '/v1/traces',
            each === 'ours' ? spansProto(batch) : ProtobufTraceSerializer.serializeRequest(batch),
            'x-protobuf',
          );
      }
      for (const batch of some.records) {
        if (each === 'json') await send('/v1/logs', recordsJson(batch), 'json');
        else
          await send(
            '/v1/logs',
            each === 'ours' ? recordsProto(batch) : ProtobufLogsSerializer.serializeRequest(batch),
            'x-protobuf',
          );
      }
      const all = await collector.readFileWhen((telemetry) => count(telemetry) === items * (index + 1));
      const before = seen.reduce((sum, telemetry) => sum + telemetry.spans.length, 0);
      const beforeLogs = seen.reduce((sum, telemetry) => sum + telemetry.logs.length, 0);
      seen.push({ spans: all.spans.slice(before), logs: all.logs.slice(beforeLogs), metrics: [] });
    }
    const [ours, json, official] = seen.map(({ spans: arrived, logs }) => ({ arrived, logs }));
    expect(ours).toEqual(official);
    expect(json).toEqual(official);
  });
});
