import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OtlpSink, startSink } from '../../src/launcher/otlp-sink.js';
import type { Span } from '../../src/trace/span.js';

describe('the launcher as receiver of OTLP', () => {
  let sink: OtlpSink;
  let taken: Span[];
  beforeEach(async () => {
    taken = [];
    sink = await startSink((spans) => taken.push(...spans));
  });
  afterEach(() => sink.close());

  const post = async (path: string, body: string, type = 'application/json') =>
    (await fetch(`${sink.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body })).status;
  const span = { traceId: 'a', spanId: 'b', name: 'work', startTimeUnixNano: '1000000', endTimeUnixNano: '2000000' };
  const request = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });

  it('gives spans on, and takes metrics and log records', async () => {
    expect(await post('/v1/traces', request)).toBe(200);
    expect(await post('/v1/metrics', '{}')).toBe(200);
    expect(await post('/v1/logs', '{}')).toBe(200);
    expect(taken).toMatchObject([{ name: 'work', service: 'unknown', startMillis: 1, durationMillis: 1 }]);
  });

  it.each([
    ['/v1/traces', 'x', 'application/x-protobuf', 415],
    ['/v1/traces', '{"resourceSpans":', 'application/json', 400],
    ['/v1/traces', '{"resourceSpans":7}', 'application/json', 400],
    ['/v1/profiles', '{}', 'application/json', 404],
  ])('answers %s with %j as %s by %d', async (path, body, type, status) => {
    expect(await post(path, body, type)).toBe(status);
    expect(taken).toEqual([]);
  });
});
