import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CollectorProcess, collectorAvailable, startCollector } from '../real-parts/collector.js';

const soak = process.env.SOAK === '1';
const needs = soak ? '' : ' (needs SOAK=1)';
const SPANS = 20_000;
const A_REQUEST = 500;

/** A span as HTTP and a database make them: 14 attributes, of which five are longer than a word. */
const span = (index: number) => ({
  traceId: index.toString(16).padStart(32, '0'),
  spanId: (index + 1).toString(16).padStart(16, '0'),
  name: 'GET /api/orders/:id',
  kind: 2,
  startTimeUnixNano: '1795478400000000000',
  endTimeUnixNano: '1795478400020000000',
  attributes: Object.entries({
    'http.request.method': 'GET',
    'http.route': '/api/orders/:id',
    'http.response.status_code': 200,
    'url.scheme': 'https',
    'url.path': `/api/orders/${index}`,
    'url.full': `https://shop.example/api/orders/${index}?page=2&sort=price`,
    'server.address': 'shop.example',
    'server.port': 443,
    'client.address': '127.0.0.1',
    'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0',
    'db.query.text': 'select id, price from orders where customer_id = $1 and status = $2 order by created',
    'app.customer_group': 'wholesale',
    'app.message': `tile ${index} out of range at offset 4096 in sheet main`,
    'app.items': 12,
  }).map(([key, value]) => ({ key, value: typeof value === 'number' ? { intValue: value } : { stringValue: value } })),
});

describe.skipIf(!collectorAvailable || !soak)(`what redaction.yaml costs, with the Collector${needs}`, () => {
  let collectors: CollectorProcess[];
  beforeAll(async () => {
    collectors = await Promise.all([[], ['redaction.yaml']].map((overlays) => startCollector({ overlays })));
  });
  afterAll(() => Promise.all((collectors ?? []).map((collector) => collector.stop())));

  it('is told as CPU time a span', async () => {
    const micros: number[] = [];
    for (const collector of collectors) {
      await send(collector, 2_000);
      const before = await collector.ownMetric('otelcol_process_cpu_seconds');
      await send(collector, SPANS);
      micros.push((((await collector.ownMetric('otelcol_process_cpu_seconds')) - before) / SPANS) * 1e6);
    }
    const [without = 0, withIt = 0] = micros;
    console.log(`CPU a span: ${without.toFixed(0)} µs without, ${withIt.toFixed(0)} µs with redaction.yaml`);
    expect(withIt).toBeGreaterThan(without);
    // without short cuts it is forty times as much
    expect(withIt).toBeLessThan(20 * without);
  }, 120_000);
});

async function send(collector: CollectorProcess, count: number): Promise<void> {
  for (let from = 0; from < count; from += A_REQUEST) {
    const spans = Array.from({ length: A_REQUEST }, (_, index) => span(from + index));
    const response = await fetch(`${collector.otlpHttpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    });
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  }
}
