import type { LogBody } from '@opentelemetry/api-logs';
import { logs } from '@opentelemetry/api-logs';
import { LoggerProvider, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { createRedactor } from '@otel-monitor/redaction';
import { emitLog, initialState, runtimeState } from '@otel-monitor/runtime';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redactedLogRecord } from '../../src/redaction/redacted-log-record.js';
import { recordsJson, recordsProto } from '../otlp/batches.js';

const SECRET = `ghp_${'a1B2'.repeat(9)}`;
let emitted: ReadableLogRecord[];

beforeEach(() => {
  emitted = [];
  runtimeState.redactor = createRedactor();
  const provider = new LoggerProvider({
    processors: [
      {
        onEmit: (record) => void emitted.push(redactedLogRecord(record)),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  });
  logs.setGlobalLoggerProvider(provider);
});
afterEach(() => {
  logs.disable();
  Object.assign(runtimeState, initialState());
});

const bodyOf = (body: unknown): LogBody | undefined => {
  logs.getLogger('bridge').emit({ body: body as LogBody });
  return emitted.at(-1)?.body;
};

describe('a log record of a bridge', () => {
  it('is redacted in body, attributes, severity text and event name', () => {
    logs.getLogger('bridge').emit({
      body: `login with ${SECRET}`,
      severityNumber: 9,
      severityText: `INFO ${SECRET}`,
      eventName: `event ${SECRET}`,
      attributes: { password: 'x', user: { token: 'y', name: 'z', [SECRET]: 1 }, plain: [1, SECRET] },
    });
    const [record] = emitted;
    expect(record).toMatchObject({
      body: 'login with [redacted]',
      severityNumber: 9,
      severityText: 'INFO [redacted]',
      eventName: 'event [redacted]',
      attributes: {
        password: '[redacted]',
        user: { token: '[redacted]', name: 'z', '[redacted]': 1 },
        plain: [1, '[redacted]'],
      },
    });
    for (const written of [recordsJson(emitted), recordsProto(emitted)]) {
      expect(Buffer.from(written).includes(SECRET)).toBe(false);
    }
  });

  it('has its body redacted by keys and in depth, and copied', () => {
    const body = {
      msg: 'ok',
      headers: { authorization: 'Bearer x', list: [{ secret: 1 }, SECRET] },
      cookies: ['a', 'b'],
    };
    const redacted = bodyOf(body);
    expect(redacted).toEqual({
      msg: 'ok',
      headers: { authorization: '[redacted]', list: [{ secret: '[redacted]' }, '[redacted]'] },
      cookies: '[redacted]',
    });
    body.msg = 'changed';
    expect(redacted).toMatchObject({ msg: 'ok' });
  });

  it('may hold bytes: as they are, or as text when that held a secret', () => {
    expect(bodyOf(new Uint8Array([1, 2, 255]))).toEqual(new Uint8Array([1, 2, 255]));
    expect(bodyOf(Buffer.from(`x ${SECRET}`))).toBe('x [redacted]');
    expect(bodyOf({ token: new Uint8Array([1]) })).toEqual({ token: '[redacted]' });
  });

  it('is what it was where it is no secret', () => {
    const body = { a: 1, b: true, c: null, d: ['x', 2, { e: 'f' }] };
    expect(bodyOf(body)).toEqual(body);
    for (const scalar of ['text', 12, false]) expect(bodyOf(scalar)).toBe(scalar);
  });

  it('that cannot be held is bounded and counted', () => {
    const circular: Record<string, unknown> = { a: 1 };
    circular.self = circular;
    expect(JSON.stringify(bodyOf(circular))).toMatch(/^\{"a":1,"self":\{"a":1/);
    expect(runtimeState.droppedAttributes).toBeGreaterThan(0);
    expect(JSON.stringify(bodyOf('x'.repeat(5_000_000))).length).toBeLessThan(70_000);
    const wide = bodyOf(Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, index])));
    expect(Object.keys(wide as object).length).toBeLessThanOrEqual(1024);
    expect(JSON.stringify(bodyOf(Array.from({ length: 1000 }, () => 'y'.repeat(5000)))).length).toBeLessThan(300_000);
  });

  it('of any shape has no secret left, and its JSON can be read', () => {
    const { tie } = fc.letrec((self) => ({
      tie: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(SECRET, 'quiet', 1, null, true),
        fc.array(self('tie'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'token', SECRET, 'b'), self('tie'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tie, (body) => {
        bodyOf(body);
        const text = recordsJson(emitted.slice(-1)).toString();
        expect(text).not.toContain(SECRET);
        JSON.parse(text);
      }),
    );
  });
});

describe('a log record of ours', () => {
  it('was redacted before and is passed on as it is', () => {
    emitLog({ name: 'errors' }, { body: 'b', attributes: { 'user.id': 'somebody@example.org' } });
    expect(emitted[0]?.attributes).toEqual({ 'user.id': 'somebody@example.org' });
    // and so is none that comes after it
    logs.getLogger('bridge').emit({ body: SECRET });
    expect(emitted[1]?.body).toBe('[redacted]');
  });
});
