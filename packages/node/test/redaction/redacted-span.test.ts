import { SpanStatusCode } from '@opentelemetry/api';
import { BasicTracerProvider, type ReadableSpan, type Span } from '@opentelemetry/sdk-trace-base';
import { createRedactor } from '@otel-monitor/redaction';
import { runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redactedSpan } from '../../src/redaction/redacted-span.js';
import { spansJson, spansProto } from '../otlp/batches.js';

const SECRET = `ghp_${'a1B2'.repeat(9)}`;
const context = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };

beforeEach(() => {
  runtimeState.redactor = createRedactor();
});
afterEach(() => {
  runtimeState.redactor = undefined;
});

function sdkSpan(act: (span: Span) => void, name = 'query'): ReadableSpan {
  const span = new BasicTracerProvider().getTracer('library').startSpan(name) as unknown as Span & ReadableSpan;
  act(span);
  span.end();
  return span;
}

describe('a span of a library', () => {
  it('is redacted in name, attributes, events, links and status, and keeps all else', () => {
    const span = sdkSpan((active) => {
      active.setAttributes({ 'db.query.text': `SELECT '${SECRET}'`, 'http.request.header.cookie': ['a=b'], port: 1 });
      active.addEvent('quiet', { a: 1 });
      active.addEvent(`got ${SECRET}`, { password: 'x' });
      active.recordException(new Error(`no ${SECRET}`));
      active.addLink({ context, attributes: { token: 'x' } });
      active.addLink({ context });
      active.setStatus({ code: SpanStatusCode.ERROR, message: SECRET });
    }, `GET ${SECRET}`);
    const redacted = redactedSpan(span);
    expect(redacted.name).toBe('GET [redacted]');
    expect(redacted.attributes).toEqual({
      'db.query.text': 'SELECT ?',
      'http.request.header.cookie': '[redacted]',
      port: 1,
    });
    expect(redacted.events.map(({ name, attributes }) => [name, attributes?.a ?? attributes?.password])).toEqual([
      ['quiet', 1],
      ['got [redacted]', '[redacted]'],
      ['exception', undefined],
    ]);
    expect(redacted.links).toEqual([{ context, attributes: { token: '[redacted]' } }, { context }]);
    expect(redacted.status).toEqual({ code: SpanStatusCode.ERROR, message: '[redacted]' });
    for (const written of [spansJson([redacted]), spansProto([redacted])]) {
      expect(Buffer.from(written).includes(SECRET)).toBe(false);
    }
    // what is not text is what it was: the request differs in nothing else
    expect(redacted.spanContext()).toBe(span.spanContext());
    const { startTime, endTime, duration, kind, resource, instrumentationScope } = span;
    expect(redacted).toMatchObject({ startTime, endTime, duration, kind, resource, instrumentationScope });
  });

  it('is the same object when nothing of it is to be redacted', () => {
    const span = sdkSpan((active) => active.setAttributes({ 'db.system.name': 'postgresql' }).addEvent('done'));
    expect(redactedSpan(span)).toBe(span);
  });
});
