import { describe, expect, it } from 'vitest';
import type { OtlpSpan } from '../otlp/json-lines.js';
import { collectorAvailable, startCollector } from '../real-parts/collector.js';

const secret = `ghp_${'c4N4ry'.repeat(6)}`;
const text = (stringValue: string) => ({ stringValue });
const link = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), attributes: [{ key: 'note', value: text(secret) }] };
const span = {
  ...{ traceId: '3'.repeat(32), spanId: '4'.repeat(16), name: 'consume', links: [link] },
  ...{ startTimeUnixNano: '1795478400000000000', endTimeUnixNano: '1795478400000000001' },
  attributes: [
    { key: `k ${secret}`, value: text('a key') },
    { key: 'session_token', value: { boolValue: true } },
    { key: 'order', value: { intValue: '4111111111111111' } },
    { key: 'headers', value: { kvlistValue: { values: [{ key: 'password', value: text('tangerine77') }] } } },
  ],
};

/** Sends the span through a Collector with these arguments, and gives what it writes. */
async function through(args: readonly string[], env: Readonly<Record<string, string>>): Promise<OtlpSpan | undefined> {
  const collector = await startCollector({ overlays: ['files.yaml', 'redaction.yaml'], args, env });
  try {
    const response = await fetch(`${collector.otlpHttpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
    });
    expect(response.status).toBe(200);
    const { spans } = await collector.readFileWhen((seen) => seen.spans.length > 0);
    return spans[0]?.item;
  } finally {
    await collector.stop();
  }
}

describe.skipIf(!collectorAvailable)('what redaction.yaml does not do, or does by halves, with the Collector', () => {
  it('attributes of links stay; keys lose their secret; maps become text; numbers like cards are masked', async () => {
    const span = await through([], {});
    expect(span?.links).toMatchObject([{ attributes: { note: secret } }]);
    expect(span?.attributes).toEqual({
      'k ****': 'a key',
      session_token: '****',
      order: '****',
      headers: '{"****}',
    });
  });

  it('COLLECTOR_LINKS=drop and its gate take links off', async () => {
    const span = await through(['--feature-gates=ottl.set.allowNil'], { COLLECTOR_LINKS: 'drop' });
    expect([span?.name, span?.links]).toEqual(['consume', []]);
  });
});
