import { context, metrics, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { metricStore } from '@otel-monitor/bound-metrics';
import { loadConfig } from '@otel-monitor/config';
import { initialState, redirectReports, runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attach } from '../src/attach.js';
import type { Monitoring } from '../src/monitoring.js';

const SECRET = `ghp_${'a1B2'.repeat(9)}`;
let spans: InMemorySpanExporter;
let records: InMemoryLogRecordExporter;
let running: Monitoring;
let restore: () => void;

beforeEach(async () => {
  restore = redirectReports(() => {});
  spans = new InMemorySpanExporter();
  records = new InMemoryLogRecordExporter();
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).register();
  const logProcessor = new SimpleLogRecordProcessor({ exporter: records });
  logs.setGlobalLoggerProvider(new LoggerProvider({ processors: [logProcessor] }));
  const code = {
    server: false,
    host: { enabled: false },
    state: { enabled: false },
    exceptionSignal: 'logs/dup',
  } as const;
  running = await attach(loadConfig({ code, env: {} }).config);
});

afterEach(async () => {
  await running.shutdown();
  restore();
  for (const api of [trace, context, metrics, logs]) api.disable();
  metricStore.reset();
  Object.assign(runtimeState, initialState());
});

describe('where somebody else built the providers', () => {
  it('our own signals are redacted before they reach them', () => {
    const { monitor } = running;
    expect(() =>
      monitor.operation(`read ${SECRET}`, { details: { note: SECRET, password: 'x' } }, (operation) => {
        operation.detail(SECRET, `with ${SECRET}`);
        throw Object.assign(new Error(`failed with ${SECRET}`), { cause: new Error(SECRET) });
      }),
    ).toThrow();
    const [span] = spans.getFinishedSpans();
    expect(span?.name).toBe('read [redacted]');
    expect(span?.attributes).toMatchObject({
      note: '[redacted]',
      password: '[redacted]',
      '[redacted]': 'with [redacted]',
    });
    expect(span?.status.message).toBe('failed with [redacted]');
    const { name, attributes, events, status } = span!;
    const [record] = records.getFinishedLogRecords();
    const told = JSON.stringify([{ name, attributes, events, status }, record?.body, record?.attributes]);
    expect(told).toContain('failed with [redacted]');
    expect(told).not.toContain(SECRET);
  });

  it('what others record is theirs, and stays as it is', () => {
    const span = trace.getTracer('theirs').startSpan('query', { attributes: { note: SECRET } });
    span.end();
    logs.getLogger('theirs').emit({ body: SECRET });
    expect(spans.getFinishedSpans()[0]?.attributes).toEqual({ note: SECRET });
    expect(records.getFinishedLogRecords()[0]?.body).toBe(SECRET);
  });
});
