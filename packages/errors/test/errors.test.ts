import { currentOperation, Operations } from '@otel-monitor/operations';
import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorOptions } from '../src/error-options.js';
import { Errors } from '../src/errors.js';
import { errorQuery } from '../src/query/error-query.js';

const scope = { name: 'spritepal', version: '1.4.0' };
const errors = new Errors(scope, currentOperation);
const operations = new Operations(scope, (error, operation) => errors.operationFailed(error, operation));

let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

async function counted(): Promise<Record<string, number>> {
  const points = await telemetry.metric('monitor.errors');
  return Object.fromEntries(
    points.map((point) => [
      `${point.attributes['error.type']}/${point.attributes['monitor.error.severity']}/${point.attributes['monitor.operation.name'] ?? '-'}`,
      'value' in point ? point.value : Number.NaN,
    ]),
  );
}

describe('an error object counts once', () => {
  it('in the innermost operation that saw it, however often it is captured and thrown on', async () => {
    const error = new RangeError('tile 12 out of range');
    let id = '';
    expect(() =>
      operations.run('batch', undefined, () =>
        operations.run('sprite_extraction', undefined, () => {
          try {
            throw error;
          } catch (caught) {
            id = errors.capture(caught, { severity: 'critical' });
            expect(errors.capture(caught)).toBe(id);
            throw caught;
          }
        }),
      ),
    ).toThrow(error);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(await counted()).toEqual({ 'RangeError/critical/sprite_extraction': 1 });
    const [root] = telemetry.traces();
    expect(root?.status).toBe('error');
    expect(root?.events).toBeUndefined();
    expect(root?.children?.[0]?.status).toBe('error');
    expect(root?.children?.[0]?.attributes).toMatchObject({ 'monitor.error.id': id, 'error.type': 'RangeError' });
    expect(root?.children?.[0]?.events).toHaveLength(1);
  });

  it('a thrown string that goes through three operations is one error', async () => {
    const run = () =>
      operations.run('a', undefined, () =>
        operations.run('b', undefined, () =>
          operations.run('c', undefined, () => {
            throw 'torn';
          }),
        ),
      );
    expect(run).toThrow('torn');
    expect(await counted()).toEqual({ 'string/error/c': 1 });
  });

  it('two objects are two errors', async () => {
    errors.capture(new TypeError('x'));
    errors.capture(new TypeError('x'));
    expect(await counted()).toEqual({ 'TypeError/error/-': 2 });
  });

  it('each call of track counts', async () => {
    const first = errors.track('ExtractionError', 'tile 12 out of range', 'sprite_extraction');
    const second = errors.track('ExtractionError', 'tile 13 out of range', 'sprite_extraction');
    expect(first).not.toBe(second);
    expect(await counted()).toEqual({ 'ExtractionError/error/sprite_extraction': 2 });
  });
});

describe('where an exception is written', () => {
  const cases = [
    ['events', true, 1, 0],
    ['events', false, 0, 1],
    ['logs', true, 0, 1],
    ['logs', false, 0, 1],
    ['logs/dup', true, 1, 1],
    ['logs/dup', false, 0, 1],
  ] as const;
  it.each(cases)('%s, inside an operation: %s', (signal, inside, events, logs) => {
    runtimeState.exceptionSignal = signal;
    const capture = () => errors.capture(new Error('boom'));
    if (inside) operations.run('batch', undefined, capture);
    else capture();
    expect(telemetry.traces().flatMap((root) => root.events ?? [])).toHaveLength(events);
    expect(telemetry.logs()).toHaveLength(logs);
    if (inside && logs === 1) {
      const [span] = telemetry.spans();
      expect(telemetry.logs()[0]).toMatchObject({
        traceId: span?.spanContext().traceId,
        spanId: span?.spanContext().spanId,
      });
    }
  });

  it('a log record carries what is known, and the user only as a hash', () => {
    const id = errors.capture(new TypeError('x is not a function'), {
      operation: 'hvac_calculation',
      severity: 'warning',
      userId: 'user123',
      endpoint: '/api/hvac/calculate',
      method: 'POST',
      dimensions: { region: 'eu' },
      details: { duct: { width: 30 } },
    });
    const [log] = telemetry.logs();
    expect(log).toMatchObject({
      eventName: 'exception',
      severityNumber: 13,
      severityText: 'WARNING',
      body: 'x is not a function',
      attributes: {
        'exception.type': 'TypeError',
        'exception.message': 'x is not a function',
        'error.type': 'TypeError',
        'monitor.error.id': id,
        'monitor.error.severity': 'warning',
        'monitor.operation.name': 'hvac_calculation',
        'url.path': '/api/hvac/calculate',
        'http.request.method': 'POST',
        region: 'eu',
        duct: '{"width":30}',
      },
    });
    expect(log?.attributes['user.hash']).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(log)).not.toContain('user123');
    expect(log?.attributes['exception.stacktrace']).toContain('errors.test.ts');
  });

  it('user, session, message and stack are never on the metric', async () => {
    errors.capture(new Error('secret words'), {
      userId: 'user123',
      details: { session: 's1' },
      dimensions: { region: 'eu' },
    });
    const [point] = await telemetry.metric('monitor.errors');
    expect(point?.attributes).toEqual({ 'error.type': 'Error', 'monitor.error.severity': 'error', region: 'eu' });
  });

  it('sampling leaves the counts whole', async () => {
    runtimeState.errors.sampleRate = 0;
    for (let i = 0; i < 10; i += 1) errors.capture(new Error('boom'));
    expect(telemetry.logs()).toEqual([]);
    expect(await counted()).toEqual({ 'Error/error/-': 10 });
  });
});

describe('error.type is of low cardinality', () => {
  it.each([
    [new RangeError('x'), 'RangeError'],
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [Object.assign(new Error('x'), { name: 'user 17 failed' }), '_OTHER'],
    [{ code: 'E_TILE' }, 'E_TILE'],
    ['text', 'string'],
    [null, '_OTHER'],
    [undefined, '_OTHER'],
  ])('%o is %s', async (thrown, type) => {
    errors.capture(thrown);
    expect(Object.keys(await counted())).toEqual([`${type}/error/-`]);
  });
});

describe('an error counts whatever comes with it', () => {
  const throwing = (key: string) =>
    Object.defineProperty({ severity: 'critical', operation: 'load' }, key, {
      get() {
        throw new Error('no');
      },
    });

  it.each(['severity', 'operation', 'dimensions', 'details', 'userId', 'endpoint', 'method', 'fingerprint'])(
    'with options whose %s throws when it is read, as if it was left out',
    async (key) => {
      expect(errors.capture(new RangeError('x'), throwing(key) as ErrorOptions)).toMatch(/^[0-9a-f]{32}$/);
      const severity = key === 'severity' ? 'error' : 'critical';
      const operation = key === 'operation' ? '-' : 'load';
      expect(await counted()).toEqual({ [`RangeError/${severity}/${operation}`]: 1 });
      expect(errorQuery.groups()).toMatchObject([{ count: 1, severity }]);
      expect(telemetry.logs()).toHaveLength(1);
    },
  );

  it('with an operation that cannot be read, and words that cannot', async () => {
    const { proxy, revoke } = Proxy.revocable({ name: 'x' }, {});
    revoke();
    errors.capture(new RangeError('x'), { operation: proxy });
    errors.track('TileError', 'torn', 'load', throwing('severity') as ErrorOptions);
    expect(await counted()).toEqual({ 'RangeError/error/unnamed': 1, 'TileError/error/load': 1 });
  });

  it('with a user whose id cannot be told', async () => {
    const userId = {
      toString: () => {
        throw new Error('no');
      },
    } as unknown as string;
    errors.capture(new RangeError('x'), { userId });
    expect(await counted()).toEqual({ 'RangeError/error/-': 1 });
    expect(errorQuery.groups()).toMatchObject([{ count: 1, users: 0 }]);
    expect(telemetry.logs()).toHaveLength(1);
  });
});

describe('a group is told by its release', () => {
  it('that runs', () => {
    runtimeState.release = '1.4.0';
    errors.track('TileError', 'torn');
    expect(errorQuery.groups()).toMatchObject([{ firstRelease: '1.4.0', lastRelease: '1.4.0' }]);
  });
});
