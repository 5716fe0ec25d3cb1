import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { type RecentOperation, runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeError } from '../../src/description/described-error.js';
import { type ExceptionRecord, writeException } from '../../src/records/exception-record.js';

const scope = { name: 'spritepal' };
let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

const ran = (name: string, errorType?: string): RecentOperation => ({
  name,
  durationSeconds: 0.0123456,
  errorType,
  endedAt: 1_700_000_000_000,
  isSameTrace: true,
});

const record = (error: unknown, more: Partial<ExceptionRecord> = {}): ExceptionRecord => ({
  id: '0123456789abcdef0123456789abcdef',
  groupId: '0123456789abcdef',
  error: describeError(error),
  severity: 'error',
  operationName: undefined,
  options: {},
  ...more,
});

/** The attributes of the log record. */
function logged(given: ExceptionRecord): Record<string, unknown> {
  writeException(scope, given, ROOT_CONTEXT);
  return telemetry.logs().at(-1)?.attributes ?? {};
}

/** The attributes of the span event. */
function onSpan(given: ExceptionRecord): Record<string, unknown> {
  const span = trace.getTracer('test').startSpan('work');
  writeException(scope, given, trace.setSpan(ROOT_CONTEXT, span));
  span.end();
  return telemetry.spans().at(-1)?.events[0]?.attributes ?? {};
}

describe('an error that is written', () => {
  it('carries the code, and what Node says of the system call', () => {
    const error = Object.assign(new Error('ENOENT: no such file or directory, open "roms/none.sfc"'), {
      code: 'ENOENT',
      errno: -2,
      syscall: 'open',
      path: 'roms/none.sfc',
    });
    const expected = {
      'error.type': 'ENOENT',
      'monitor.error.code': 'ENOENT',
      'monitor.error.syscall': 'open',
      'monitor.error.errno': -2,
      'file.path': 'roms/none.sfc',
    };
    expect(logged(record(error))).toMatchObject(expected);
    expect(onSpan(record(error))).toMatchObject(expected);
  });

  it('says how many of its group were held back, unless none was', () => {
    expect(logged(record(new Error('x'), { repeats: 12 }))['monitor.error.repeats']).toBe(12);
    expect(logged(record(new Error('x'), { repeats: 0 }))).not.toHaveProperty('monitor.error.repeats');
  });

  it('has what is told of the error win over details of the same name', () => {
    const options = {
      details: { 'exception.message': 'no', tile: 12 },
      dimensions: { 'error.type': 'no', region: 'eu' },
    };
    expect(logged(record(new RangeError('x'), { options }))).toMatchObject({
      'exception.message': 'x',
      'error.type': 'RangeError',
      tile: 12,
      region: 'eu',
    });
  });

  it('has the hash that it was given, else one of the user, and the id where that is allowed', () => {
    const options = { userId: 'user123' };
    expect(logged(record(new Error('x'), { options, userHash: 'given' }))).toMatchObject({ 'user.hash': 'given' });
    const attributes = logged(record(new Error('x'), { options }));
    expect(attributes['user.hash']).toMatch(/^[0-9a-f]{32}$/);
    expect(attributes).not.toHaveProperty('user.id');
    runtimeState.allowUserId = true;
    expect(logged(record(new Error('x'), { options }))['user.id']).toBe('user123');
  });
});

describe('causes as a list', () => {
  it('stand on the log record, in the order of the stack trace', () => {
    const inner = new AggregateError([Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), 'b'], 'all');
    const error = new Error('import failed', { cause: inner });
    inner.cause = error;
    expect(JSON.parse(String(logged(record(error))['monitor.error.causes']))).toEqual([
      { relation: 'cause', depth: 1, type: 'AggregateError', message: 'all' },
      { relation: 'cause', depth: 2, type: 'Error', message: 'import failed', repeated: true },
      { relation: 'member', depth: 2, type: 'Error', message: 'refused', code: 'ECONNREFUSED' },
      { relation: 'member', depth: 2, type: 'string', message: 'b' },
    ]);
    expect(onSpan(record(error))).not.toHaveProperty('monitor.error.causes');
    expect(onSpan(record(error))['exception.stacktrace']).toContain('\n  [1 of 2] Error: refused\n');
  });

  it('are of 4,096 characters at most; what finds no room is counted', () => {
    const members = Array.from({ length: 40 }, (_, index) => new Error(`${index} ${'x'.repeat(1000)}`));
    const inner = members.slice(30).map((member, index) => new Error(`${index} ${'y'.repeat(300)}`, { cause: member }));
    const text = String(logged(record(new AggregateError(inner, 'all')))['monitor.error.causes']);
    expect(text.length).toBeLessThanOrEqual(4096);
    const list = JSON.parse(text);
    expect(list.at(-1)).toEqual({ omitted: 20 - (list.length - 1) });
  });
});

describe('breadcrumbs', () => {
  const breadcrumbs = () => [ran('rom_loading'), ran('sprite_extraction', 'RangeError')];

  it('stand on the log record, the latest first, and not on the span event', () => {
    expect(JSON.parse(String(logged(record(new Error('x'), { breadcrumbs }))['monitor.error.breadcrumbs']))).toEqual([
      {
        name: 'sprite_extraction',
        durationSeconds: 0.012346,
        errorType: 'RangeError',
        endedAt: '2023-11-14T22:13:20.000Z',
        sameTrace: true,
      },
      { name: 'rom_loading', durationSeconds: 0.012346, endedAt: '2023-11-14T22:13:20.000Z', sameTrace: true },
    ]);
    const asked = () => {
      throw new Error('nobody needs them');
    };
    expect(onSpan(record(new Error('x'), { breadcrumbs: asked }))).not.toHaveProperty('monitor.error.breadcrumbs');
    expect(logged(record(new Error('x'), { breadcrumbs: () => [] }))).not.toHaveProperty('monitor.error.breadcrumbs');
  });

  it('are of 8,192 characters at most; what finds no room is counted', () => {
    const many = () => Array.from({ length: 100 }, (_, index) => ran(`${index} ${'n'.repeat(250)}`));
    runtimeState.attributeValueLength = 100_000;
    const text = String(logged(record(new Error('x'), { breadcrumbs: many }))['monitor.error.breadcrumbs']);
    expect(text.length).toBeLessThanOrEqual(8192);
    const list = JSON.parse(text);
    expect(list[0].name).toMatch(/^99 /);
    expect(list.at(-1)).toEqual({ omitted: 100 - (list.length - 1) });
    runtimeState.attributeValueLength = 1000;
    const short = String(logged(record(new Error('x'), { breadcrumbs: many }))['monitor.error.breadcrumbs']);
    expect(short.length).toBeLessThanOrEqual(1000);
    expect(JSON.parse(short)).toHaveLength(3);
  });
});
