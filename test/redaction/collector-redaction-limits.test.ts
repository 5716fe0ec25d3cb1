import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type OtlpSpan, parseOtlpJsonLines } from '../otlp/json-lines.js';
import { collectorArguments, collectorAvailable } from '../real-parts/collector.js';
import { freePorts } from '../real-parts/free-ports.js';
import { startProgram } from '../real-parts/running-program.js';

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

/** Sends the span through a Collector with these gates, and gives what it writes. */
async function through(gates: readonly string[], env: Readonly<Record<string, string>>): Promise<OtlpSpan> {
  const folder = mkdtempSync(join(tmpdir(), 'otel-monitor-limits-'));
  const [http, grpc, health, telemetry] = await freePorts(4);
  const collector = await startProgram({
    command: process.env.OTELCOL as string,
    args: [...collectorArguments(['files.yaml', 'redaction.yaml']), ...gates],
    env: {
      ...process.env,
      ...{
        COLLECTOR_OTLP_HTTP_PORT: `${http}`,
        COLLECTOR_OTLP_GRPC_PORT: `${grpc}`,
        COLLECTOR_HEALTH_PORT: `${health}`,
      },
      ...{ COLLECTOR_TELEMETRY_PORT: `${telemetry}`, COLLECTOR_FOLDER: folder, ...env },
    },
    isReady: (output) => output.includes('Everything is ready'),
  });
  try {
    const response = await fetch(`http://127.0.0.1:${http}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
    });
    expect(response.status).toBe(200);
    for (const deadline = Date.now() + 10_000; ; await delay(50)) {
      const [found] = parseOtlpJsonLines(readFileSync(join(folder, 'traces.jsonl'), 'utf8')).spans;
      if (found !== undefined) return found.item;
      if (Date.now() > deadline) throw new Error('the span has not come');
    }
  } finally {
    await collector.stop();
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!collectorAvailable)('what redaction.yaml does not do, or does by halves, with the Collector', () => {
  it('attributes of links stay; keys lose their secret; maps become text; numbers like cards are masked', async () => {
    const { attributes, links } = await through([], {});
    expect(links).toMatchObject([{ attributes: { note: secret } }]);
    expect(attributes).toEqual({
      'k ****': 'a key',
      session_token: '****',
      order: '****',
      headers: '{"****}',
    });
  });

  it('COLLECTOR_LINKS=drop and its gate take links off', async () => {
    const { links, name } = await through(['--feature-gates=ottl.set.allowNil'], { COLLECTOR_LINKS: 'drop' });
    expect([name, links]).toEqual(['consume', []]);
  });
});
