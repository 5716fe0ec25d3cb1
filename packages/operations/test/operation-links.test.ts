import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { redirectReports, runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Operations } from '../src/operations.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const idOf = (index: number) => (index + 1).toString(16).padStart(16, '0');
const refuse = (): never => {
  throw new Error('refused');
};

describe.each(['own', 'api'] as const)('operations whose spans are made by: %s', (operationSpans) => {
  let telemetry: Telemetry;
  let lines: string[];
  let restore: () => void;
  const operations = new Operations({ name: 'queue' }, () => 'id');

  beforeEach(() => {
    telemetry = recordTelemetry({ operationSpans });
    lines = [];
    restore = redirectReports((line) => lines.push(line));
  });
  afterEach(() => {
    restore();
    telemetry.stop();
  });

  const linksOf = (links: unknown) => {
    operations.run('batch', { links: links as never }, () => {});
    return telemetry.spans()[0]?.links.map(({ context, attributes }) => ({ ...context, attributes }));
  };
  const linked = { traceId, spanId, traceFlags: 1, attributes: undefined };

  describe('links', () => {
    it.each([
      ['ids', { traceId, spanId }, { ...linked, isRemote: true }],
      ['ids with flags', { traceId, spanId, traceFlags: 0 }, { ...linked, traceFlags: 0, isRemote: true }],
      ['a traceparent', `00-${traceId}-${spanId}-01`, { ...linked, isRemote: true }],
      ['a Context', trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1 }), linked],
      [
        'a Context with attributes',
        {
          context: trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1 }),
          attributes: { 'messaging.message.id': 'm1', attempt: 2 },
        },
        { ...linked, attributes: { 'messaging.message.id': 'm1', attempt: 2 } },
      ],
      [
        'a traceparent with attributes',
        { context: `00-${traceId}-${spanId}-01`, attributes: { a: [1, 2] } },
        { ...linked, isRemote: true, attributes: { a: [1, 2] } },
      ],
    ])('%s', (_form, link, expected) => {
      expect(linksOf([link])).toEqual([expected]);
    });

    it('an operation, by the context it has', () => {
      const first = operations.start('first', undefined);
      operations.run('second', { links: [first] }, () => {});
      first.end();
      const [second, ended] = telemetry.spans();
      expect(second?.links.map(({ context }) => context.spanId)).toEqual([ended?.spanContext().spanId]);
      expect(second?.parentSpanContext).toBeUndefined();
    });

    it('secrets are taken out of the attributes of a link', () => {
      runtimeState.redactor = {
        redactText: (text) => text,
        redactValue: (key, value) => (key === 'password' ? '[redacted]' : value),
      };
      const link = { context: `00-${traceId}-${spanId}-01`, attributes: { password: 'hunter2' } };
      expect(linksOf([link])?.[0]?.attributes).toEqual({ password: '[redacted]' });
    });

    it('what is no valid link is left out, and what stands beside it is kept', () => {
      const nasty = [
        undefined,
        null,
        7,
        'garbage',
        `ff-${traceId}-${spanId}-01`,
        {},
        { traceId: '0'.repeat(32), spanId },
        { context: 12 },
        { context: null, attributes: {} },
        ROOT_CONTEXT,
        Object.defineProperty({}, 'context', { get: refuse }),
        new Proxy({}, { get: refuse }),
      ];
      expect(linksOf([...nasty, { traceId, spanId }, ...nasty])).toEqual([{ ...linked, isRemote: true }]);
      expect(telemetry.spans()).toHaveLength(1);
    });

    it.each([
      ['no array', { 0: `00-${traceId}-${spanId}-01`, length: 1 }],
      ['a text', `00-${traceId}-${spanId}-01`],
      ['an array that cannot be read', new Proxy([1, 2], { get: refuse })],
    ])('%s gives no links', (_what, links) => {
      expect(linksOf(links)).toEqual([]);
    });

    it('128 are kept; the others are counted and told', () => {
      const before = runtimeState.droppedAttributes;
      const links = linksOf(Array.from({ length: 500 }, (_, i) => ({ traceId, spanId: idOf(i) })));
      expect(links?.map((link) => link.spanId)).toEqual(Array.from({ length: 128 }, (_, i) => idOf(i)));
      expect(runtimeState.droppedAttributes - before).toBe(372);
      expect(lines).toEqual(['otel-monitor: an operation was given 500 links; 128 are kept\n']);
    });

    it('messages without a trace take no room from those that have one', () => {
      const links = [...Array(300).fill(''), ...Array.from({ length: 3 }, (_, i) => ({ traceId, spanId: idOf(i) }))];
      expect(linksOf(links)?.map((link) => link.spanId)).toEqual([idOf(0), idOf(1), idOf(2)]);
      expect(lines).toEqual([]);
    });

    it('an array that says to be endless is read for a moment only', () => {
      const endless: unknown[] = [];
      endless.length = 2 ** 32 - 1;
      expect(linksOf(endless)).toEqual([]);
    });
  });

  describe('kinds', () => {
    it.each([
      ['internal', SpanKind.INTERNAL],
      ['producer', SpanKind.PRODUCER],
      ['consumer', SpanKind.CONSUMER],
      ['client', SpanKind.CLIENT],
      ['server', SpanKind.SERVER],
      [undefined, SpanKind.INTERNAL],
      ['PRODUCER', SpanKind.INTERNAL],
      [4, SpanKind.INTERNAL],
      [{}, SpanKind.INTERNAL],
    ])('%s', (kind, expected) => {
      operations.run('job', { kind: kind as never }, () => {});
      expect(telemetry.spans()[0]?.kind).toBe(expected);
    });

    it('runs of one name and several kinds keep to their kind, and are one series of the metric', async () => {
      const kinds = ['producer', 'consumer', undefined, 'producer', 'internal', 'consumer'] as const;
      for (const kind of kinds)
        operations.run('job', { dimensions: { queue: 'mail' }, ...(kind && { kind }) }, () => {});
      expect(telemetry.spans().map((span) => span.kind)).toEqual([3, 4, 0, 3, 0, 4]);
      const points = await telemetry.metric('monitor.operation.duration');
      expect(points).toMatchObject([{ attributes: { 'monitor.operation.name': 'job', queue: 'mail' }, count: 6 }]);
      expect(await telemetry.metric('monitor.operation.active')).toMatchObject([{ value: 0 }]);
    });
  });
});
