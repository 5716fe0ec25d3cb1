import { type Link, ROOT_CONTEXT, type Span, SpanStatusCode } from '@opentelemetry/api';
import { createRedactor } from '@otel-monitor/redaction';
import {
  addCleanEvent,
  runtimeState,
  setCleanAttribute,
  setCleanAttributes,
  setCleanStatus,
} from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedSpan } from '../src/recorded-span.js';
import { inMemory, LIMITS } from './in-memory.js';

const SECRET = `ghp_${'a1B2'.repeat(9)}`;
const limits = { ...LIMITS, attributeCount: 20, attributeValueLength: 200, linksPerSpan: 4, eventsPerSpan: 4 };
const context = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };

beforeEach(() => {
  runtimeState.redactor = createRedactor();
});
afterEach(() => {
  runtimeState.redactor = undefined;
});

function recorded(act: (span: Span) => void): RecordedSpan {
  const { start, ended } = inMemory({}, limits);
  const span = start(ROOT_CONTEXT);
  act(span);
  span.end();
  return ended[0]!;
}

describe('what anybody writes on a span of an operation', () => {
  it('is redacted as an attribute: by its key, in its text, in arrays, and in the key itself', () => {
    const span = recorded((active) => {
      active.setAttribute('password', 'anything');
      active.setAttribute('note', `use ${SECRET} now`);
      active.setAttributes({ list: ['a', SECRET], pin_token: 12, plain: 'x', yes: true });
      active.setAttribute(SECRET, 1);
    });
    expect(span.attributes).toEqual({
      password: '[redacted]',
      note: 'use [redacted] now',
      list: ['a', '[redacted]'],
      pin_token: '[redacted]',
      plain: 'x',
      yes: true,
      '[redacted]': 1,
    });
  });

  it('is redacted in events, links, status and name', () => {
    const links: Link[] = [{ context, attributes: { auth: SECRET } }];
    const span = recorded((active) => {
      active.addEvent(`seen ${SECRET}`, { token: 'x' });
      active.recordException(new Error(`no ${SECRET}`));
      active.addLink(links[0]!).addLinks(links);
      active.setStatus({ code: SpanStatusCode.ERROR, message: `bad ${SECRET}` });
      active.updateName(`call ${SECRET}`);
    });
    expect(span.name).toBe('call [redacted]');
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'bad [redacted]' });
    expect(span.links).toEqual([
      { context, attributes: { auth: '[redacted]' } },
      { context, attributes: { auth: '[redacted]' } },
    ]);
    expect(
      span.events.map(({ name, attributes }) => [name, attributes?.token ?? attributes?.['exception.message']]),
    ).toEqual([
      ['seen [redacted]', '[redacted]'],
      ['exception', 'no [redacted]'],
    ]);
    expect(JSON.stringify(span.events)).not.toContain(SECRET);
  });

  it('is what the SDK would hold, where it is no secret', () => {
    const span = recorded((active) => {
      active.addEvent('event', { a: 1 }, [1, 2]);
      active.setStatus({ code: SpanStatusCode.OK });
      active.updateName('GET /home/settings');
    });
    expect([span.name, span.status]).toEqual(['GET /home/settings', { code: SpanStatusCode.OK }]);
    expect(span.events).toEqual([{ name: 'event', attributes: { a: 1 }, time: [1, 2], droppedAttributesCount: 0 }]);
  });

  it('does not throw what an exception throws when it is read', () => {
    const hostile = {
      get message(): string {
        throw new Error('no');
      },
    };
    expect(recorded((active) => active.recordException(hostile as Error)).events).toEqual([]);
  });
});

describe('what our packages have redacted before', () => {
  it('is kept as it is, and not searched again', () => {
    let searched = 0;
    const counting = createRedactor();
    runtimeState.redactor = {
      redactText: (text) => {
        searched += 1;
        return counting.redactText(text);
      },
      redactValue: (key, value) => {
        searched += 1;
        return counting.redactValue(key, value);
      },
    };
    const span = recorded((active) => {
      setCleanAttribute(active, 'user.id', 'somebody@example.org');
      setCleanAttributes(active, { a: 'b' });
      addCleanEvent(active, 'exception', { 'exception.message': 'm' });
      setCleanStatus(active, { code: SpanStatusCode.ERROR, message: 'm' });
    });
    expect(searched).toBe(0);
    expect(span.attributes).toEqual({ 'user.id': 'somebody@example.org', a: 'b' });
    expect(span.events.map(({ name }) => name)).toEqual(['exception']);
    expect(span.status.message).toBe('m');
  });
});
