import { propagation, SpanKind } from '@opentelemetry/api';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMonitor } from '../src/monitor.js';

let telemetry: Telemetry;
const monitor = createMonitor({ name: 'mail' });
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

/** What a queue that keeps its jobs as JSON gives back. */
const throughQueue = <T>(data: T): T => JSON.parse(JSON.stringify(data));
const spanNamed = (name: string) => telemetry.spans().filter((span) => span.name === name);

it('a job is worked on in the trace of its sender, each attempt as an operation of its own', () => {
  const data = monitor.operation('job_send', { kind: 'producer' }, () => throughQueue({ trace: monitor.inject({}) }));
  const work = (attempt: number) =>
    monitor.operation(
      'job_process',
      { kind: 'consumer', parent: monitor.extract(data.trace), details: { attempt } },
      () => {
        if (attempt === 1) throw new Error('not yet');
      },
    );
  expect(() => work(1)).toThrow('not yet');
  work(2);
  const [sent] = spanNamed('job_send');
  const attempts = spanNamed('job_process');
  expect(sent?.kind).toBe(SpanKind.PRODUCER);
  expect(attempts.map((span) => [span.kind, span.attributes.attempt, span.attributes['error.type']])).toEqual([
    [SpanKind.CONSUMER, 1, 'Error'],
    [SpanKind.CONSUMER, 2, undefined],
  ]);
  const senders = attempts.map(({ parentSpanContext }) => parentSpanContext);
  const { traceId, spanId } = sent!.spanContext();
  expect(senders).toEqual(Array(2).fill({ traceId, spanId, traceFlags: 1, isRemote: true }));
});

it('a batch is a trace of its own, linked to the senders of its messages', () => {
  const messages = [1, 2, 3].map((id) =>
    monitor.operation('job_send', { kind: 'producer' }, () => throughQueue({ id, headers: monitor.inject({}) })),
  );
  const links = messages.map(({ id, headers }) => ({ context: monitor.extract(headers), attributes: { id } }));
  monitor.operation('job_batch', { kind: 'consumer', links }, () => {});
  const [batch] = spanNamed('job_batch');
  const sent = spanNamed('job_send').map((span) => span.spanContext().spanId);
  expect(batch?.parentSpanContext).toBeUndefined();
  expect(batch?.links.map(({ context, attributes }) => [context.spanId, attributes])).toEqual(
    sent.map((spanId, index) => [spanId, { id: index + 1 }]),
  );
});

it('a trace that is not sampled is one still: the receiver does not sample it either', () => {
  telemetry.stop();
  telemetry = recordTelemetry({ sampleRate: 0 });
  const headers: { traceparent?: string } = monitor.operation('job_send', () => monitor.inject({}));
  expect(headers.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
  const traceId = monitor.operation('job_process', { parent: monitor.extract(headers) }, (job) => job.traceId);
  expect(traceId).toBe(headers.traceparent?.slice(3, 35));
  expect(telemetry.spans()).toEqual([]);
});

it('baggage of the sender is there while the receiver works', () => {
  const headers = { traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`, baggage: 'tenant=acme' };
  const seen = monitor.operation('job_process', { parent: monitor.extract(headers) }, () =>
    propagation.getActiveBaggage()?.getEntry('tenant'),
  );
  expect(seen).toEqual({ value: 'acme' });
});
