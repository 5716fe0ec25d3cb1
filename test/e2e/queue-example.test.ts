import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../lifecycle/run-program.js';
import type { OtlpSpan, Scoped, Telemetry } from '../otlp/json-lines.js';
import { startSink } from '../otlp/sink.js';

const main = fileURLToPath(new URL('../../examples/queue/dist/main.js', import.meta.url));
const PRODUCER = 4;
const CONSUMER = 5;

const RESULTS = `4 orders, 8 jobs, one worker thread
  order 1  invoice  completed
  order 1  stock    completed
  order 2  invoice  completed at attempt 2 (out of paper)
  order 2  stock    completed
  order 3  invoice  completed
  order 3  stock    completed
  order 4  invoice  failed at attempt 3 (-1 pieces cannot be sold)
  order 4  stock    completed
`;

describe('the queue example with a Collector’s address', async () => {
  const sink = await startSink();
  const run = await runProgram(main, { env: { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url } });
  await sink.close();
  const { spans, metrics }: Telemetry = sink.received();
  const named = (name: string) => spans.filter(({ item }) => item.name === name);
  const parentOf = ({ item }: Scoped<OtlpSpan>) => spans.find((each) => each.item.spanId === item.parentSpanId);

  it('works through its jobs and ends', () => {
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout.split('\n\n')[0]).toBe(RESULTS.trimEnd());
    expect(run.stdout).toContain('it has gone to OTEL_EXPORTER_OTLP_ENDPOINT');
  });

  it('works on each invoice in the trace of its order, under its sender, once an attempt', () => {
    expect(named('order_place')).toHaveLength(4);
    const attempts = named('invoice_process').map((span) => {
      const sender = parentOf(span);
      const order = sender && parentOf(sender);
      expect([sender?.item.name, sender?.item.kind, span.item.kind]).toEqual(['invoice_send', PRODUCER, CONSUMER]);
      expect([sender?.item.traceId, order?.item.traceId]).toEqual([span.item.traceId, span.item.traceId]);
      const { attempt, 'error.type': failed } = span.item.attributes;
      return `${order?.item.attributes.order}: ${attempt} ${failed ?? 'done'}`;
    });
    expect(attempts.sort()).toEqual([
      '1: 1 done',
      '2: 1 PrinterError',
      '2: 2 done',
      '3: 1 done',
      '4: 1 RangeError',
      '4: 2 RangeError',
      '4: 3 RangeError',
    ]);
  });

  it('links a batch to the sender of each of its jobs', () => {
    const links = named('stock_batch').flatMap(({ item }) => {
      expect([item.kind, item.parentSpanId ?? '']).toEqual([CONSUMER, '']);
      expect(item.attributes['messaging.batch.message_count']).toBe(item.links.length);
      return item.links.map((link) => `${link.traceId}/${link.spanId}/${link.attributes['messaging.message.id']}`);
    });
    const senders = named('stock_send').map(
      ({ item }) => `${item.traceId}/${item.spanId}/${item.attributes['messaging.message.id']}`,
    );
    expect(senders).toHaveLength(4);
    expect(links.sort()).toEqual(senders.sort());
  });

  it('tells the shop and its worker apart, in traces and metrics', () => {
    const services = new Map(spans.map(({ item, resource }) => [item.name, resource['service.name']]));
    expect(Object.fromEntries(services)).toEqual({
      order_place: 'shop',
      invoice_send: 'shop',
      stock_send: 'shop',
      invoice_process: 'shop-worker',
      invoice_total: 'shop-worker',
      stock_batch: 'shop-worker',
    });
    expect(new Set(spans.map(({ resource }) => resource['service.instance.id'])).size).toBe(2);
    const counts = new Map<unknown, number>();
    for (const { item } of metrics.filter((metric) => metric.item.name === 'monitor.operation.duration')) {
      for (const { attributes, count = 0 } of item.points) {
        const key = `${attributes['monitor.operation.name']} ${attributes['error.type'] ?? ''}`.trim();
        counts.set(key, Math.max(counts.get(key) ?? 0, count));
      }
    }
    expect(counts.get('invoice_process')).toBe(3);
    expect(counts.get('invoice_process RangeError')).toBe(3);
    expect(counts.get('order_place')).toBe(4);
  });
});

it('the queue example alone prints one trace, from the order to the attempts of its invoice', async () => {
  const { code, stdout, stderr } = await runProgram(main, { env: { OTEL_EXPORTER_OTLP_ENDPOINT: '' } });
  expect([code, stderr]).toEqual([0, '']);
  const [results, trace = ''] = stdout.split('\n\n');
  expect(results).toBe(RESULTS.trimEnd());
  const lines = trace
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/[\da-f]{32}/, 'ID').replace(/ +[\d.]+ ms \+ +[\d.]+ {2}/, ' | '));
  expect(lines).toEqual([
    'The trace of order 2, ID:',
    '  order_place | shop',
    '    invoice_send | shop         producer',
    '      invoice_process | shop-worker  consumer  attempt 1  failed: PrinterError',
    '        invoice_total | shop-worker',
    '      invoice_process | shop-worker  consumer  attempt 2',
    '        invoice_total | shop-worker',
    '    stock_send | shop         producer',
    expect.stringMatching(/^ {2}stock_batch, in the trace ID, has \d links, 1 of them to this trace$/),
  ]);
});
