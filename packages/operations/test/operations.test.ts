import { context, defaultTextMapSetter, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { TraceContextPropagator } from '@otel-monitor/propagation';
import { runtimeState } from '@otel-monitor/runtime';
import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currentOperation } from '../src/current-operation.js';
import { Operations } from '../src/operations.js';

describe.each(['own', 'api'] as const)('operations whose spans are made by: %s', (operationSpans) => {
  let telemetry: Telemetry;
  const failures: { error: unknown; name: string }[] = [];
  const operations = new Operations({ name: 'spritepal', version: '1.4.0' }, (error, operation) => {
    failures.push({ error, name: operation.name });
    return `id-${failures.length}`;
  });

  beforeEach(() => {
    failures.length = 0;
    telemetry = recordTelemetry({ operationSpans });
  });
  afterEach(() => telemetry.stop());

  describe('what the callback gives comes back untouched', () => {
    it('a value of a synchronous callback is there at once', () => {
      const value = { tiles: 42 };
      expect(operations.run('rom_loading', undefined, () => value)).toBe(value);
    });

    it('a promise that is passed on is the same object', async () => {
      const promise = Promise.resolve(7);
      expect(operations.run('rom_loading', undefined, () => promise)).toBe(promise);
      await promise;
    });

    it('an error that is thrown is the same object', () => {
      const error = new Error('torn');
      const thrown = () =>
        operations.run('rom_loading', undefined, () => {
          throw error;
        });
      expect(thrown).toThrow(error);
      expect(failures).toEqual([{ error, name: 'rom_loading' }]);
    });

    it('a rejection has the same reason', async () => {
      const reason = { code: 7 };
      const rejected = operations.run('rom_loading', undefined, async () => {
        throw reason;
      });
      await expect(rejected).rejects.toBe(reason);
      expect(failures).toEqual([{ error: reason, name: 'rom_loading' }]);
    });

    it('a rejection of an async callback that nobody handles is still one to Node', async () => {
      const seen: unknown[] = [];
      const listeners = process.listeners('unhandledRejection');
      process.removeAllListeners('unhandledRejection');
      process.once('unhandledRejection', (reason) => seen.push(reason));
      const reason = new Error('nobody waits for me');
      void operations.run('rom_loading', undefined, async () => {
        throw reason;
      });
      await vi.waitFor(() => expect(seen).toEqual([reason]));
      for (const listener of listeners) process.on('unhandledRejection', listener);
    });

    it('a lazy thenable is the same object, is started once by the caller, and then ends the operation', async () => {
      let started = 0;
      const query = {
        // biome-ignore lint/suspicious/noThenProperty: query builders look like this
        then(resolve: (rows: number[]) => void) {
          started += 1;
          resolve([1, 2]);
        },
      };
      const result = operations.run('query', undefined, () => query);
      expect(result).toBe(query);
      expect(started).toBe(0);
      expect(telemetry.spans()).toHaveLength(0);
      expect(await (result as unknown as Promise<number[]>)).toEqual([1, 2]);
      expect(started).toBe(1);
      expect(telemetry.traces()).toEqual([{ name: 'query', attributes: { 'monitor.operation.name': 'query' } }]);
    });

    it('an instrumented function keeps this, arguments and result', () => {
      const rom = {
        size: 4,
        scaled(this: { size: number }, factor: number): number {
          return this.size * factor;
        },
      };
      const instrumented = { size: 3, scaled: (factor: number) => factor };
      instrumented.scaled = function (this: { size: number }, factor: number) {
        return operations.runCall('scaling', undefined, rom.scaled, this, [factor]);
      };
      expect(instrumented.scaled(5)).toBe(15);
    });
  });

  describe('what is recorded', () => {
    it('nested operations are one trace, with details on the span and dimensions on both', async () => {
      await operations.run('batch', { dimensions: { rom_type: 'sfc' }, details: { rom: 'game.sfc' } }, async () => {
        await Promise.resolve();
        operations.run('rom_loading', undefined, (operation) => operation.detail('size', 4));
      });
      expect(telemetry.traces()).toEqual([
        {
          name: 'batch',
          attributes: { 'monitor.operation.name': 'batch', rom_type: 'sfc', rom: 'game.sfc' },
          children: [{ name: 'rom_loading', attributes: { 'monitor.operation.name': 'rom_loading', size: 4 } }],
        },
      ]);
      const [point] = await telemetry.metric('monitor.operation.duration', { rom_type: 'sfc' });
      expect(point).toMatchObject({ attributes: { 'monitor.operation.name': 'batch', rom_type: 'sfc' }, count: 1 });
    });

    it('a failure is an error status and error.type on span and duration', async () => {
      class ExtractionError extends Error {
        override name = 'ExtractionError';
      }
      expect(() =>
        operations.run('sprite_extraction', undefined, () => {
          throw new ExtractionError('tile 12 out of range');
        }),
      ).toThrow('tile 12 out of range');
      expect(telemetry.traces()).toEqual([
        {
          name: 'sprite_extraction',
          attributes: { 'monitor.operation.name': 'sprite_extraction', 'error.type': 'ExtractionError' },
          status: 'error',
          statusMessage: 'tile 12 out of range',
        },
      ]);
      const points = await telemetry.metric('monitor.operation.duration');
      expect(points.map(({ attributes }) => attributes)).toEqual([
        { 'monitor.operation.name': 'sprite_extraction', 'error.type': 'ExtractionError' },
      ]);
    });

    it('active operations are counted up and down', async () => {
      const first = operations.start('batch', undefined);
      const second = operations.start('batch', undefined);
      first.end();
      expect(await telemetry.metric('monitor.operation.active')).toEqual([
        { attributes: { 'monitor.operation.name': 'batch' }, value: 1 },
      ]);
      second.end();
      expect(await telemetry.metric('monitor.operation.active')).toEqual([
        { attributes: { 'monitor.operation.name': 'batch' }, value: 0 },
      ]);
    });

    it('an operation that is ended twice is recorded once, and nothing is set after its end', async () => {
      const operation = operations.start('batch', undefined);
      operation.end();
      operation.detail('late', 1);
      operation.end();
      expect(operation.fail(new Error('late'))).toBe('');
      operation[Symbol.dispose]();
      expect(telemetry.traces()).toEqual([{ name: 'batch', attributes: { 'monitor.operation.name': 'batch' } }]);
      expect(await telemetry.metric('monitor.operation.duration')).toMatchObject([{ count: 1 }]);
      expect(failures).toEqual([]);
    });

    it('the growth of the heap is recorded on request', async () => {
      const kept = operations.run('loading', { measureMemory: true }, () =>
        Array.from({ length: 50_000 }, (_, i) => ({ i })),
      );
      expect(kept).toHaveLength(50_000);
      const [point] = await telemetry.metric('monitor.operation.memory.delta');
      expect(point).toMatchObject({ attributes: { 'monitor.operation.name': 'loading' }, count: 1 });
    });

    it('dimensions that look alike stay apart', async () => {
      operations.run('a', { dimensions: { x: 1 } }, () => {});
      operations.run('a', { dimensions: { x: '1' } }, () => {});
      operations.run('a', { dimensions: { x: '1s1', y: '' } }, () => {});
      operations.run('a', { dimensions: { x: '1', y: '1' } }, () => {});
      const points = await telemetry.metric('monitor.operation.duration');
      expect(points.map((point) => [point.attributes.x, point.attributes.y])).toEqual([
        [1, undefined],
        ['1', undefined],
        ['1s1', ''],
        ['1', '1'],
      ]);
    });
  });

  describe('parents', () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const spanId = 'b7ad6b7169203331';

    it.each([
      ['ids', { traceId, spanId }],
      ['a traceparent', `00-${traceId}-${spanId}-01`],
      ['a traceparent of a later version', `cc-${traceId}-${spanId}-01-what-comes`],
      ['a traceparent with whitespace around', ` 00-${traceId}-${spanId}-01\t`],
      ['a Context', trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1 })],
    ])('%s continue the trace', (_form, parent) => {
      operations.run('distributed_op', { parent }, () => {});
      const [span] = telemetry.spans();
      expect(span?.spanContext().traceId).toBe(traceId);
      expect(span?.parentSpanContext?.spanId).toBe(spanId);
    });

    it.each([
      ['header', `00-${traceId}-${spanId}-03`],
      ['flags', { traceId, spanId, traceFlags: 0xff }],
    ])('that are random by their %s are so for the next service', (_form, parent) => {
      const headers: { traceparent?: string } = {};
      const propagator = new TraceContextPropagator();
      operations.run('call', { parent }, () => propagator.inject(context.active(), headers, defaultTextMapSetter));
      const [span] = telemetry.spans();
      expect(headers.traceparent).toBe(`00-${traceId}-${span?.spanContext().spanId}-03`);
    });

    it.each([
      ['zero ids', { traceId: '0'.repeat(32), spanId }],
      ['version ff', `ff-${traceId}-${spanId}-01`],
      ['version 00 with a fifth field', `00-${traceId}-${spanId}-01-x`],
      ['upper case', `00-${traceId.toUpperCase()}-${spanId}-01`],
      ['two headers in one', `00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`],
      ['garbage', 'garbage'],
      ['a number', 12 as never],
      [
        'a getter that throws',
        Object.defineProperty({}, 'traceId', {
          get: () => {
            throw new Error('no');
          },
        }) as never,
      ],
    ])('%s start a new trace', (_form, parent) => {
      operations.run('outer', undefined, () => operations.run('distributed_op', { parent }, () => {}));
      const spans = telemetry.spans();
      const inner = spans.find((span) => span.name === 'distributed_op');
      expect(inner?.parentSpanContext).toBeUndefined();
      expect(inner?.spanContext().traceId).not.toBe(traceId);
    });
  });

  describe('the current operation', () => {
    it('is kept across await and timers, and left behind outside', async () => {
      const names: (string | undefined)[] = [];
      await operations.run('batch', undefined, async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        names.push(currentOperation()?.name);
        operations.run('inner', undefined, () => names.push(currentOperation()?.name));
        names.push(currentOperation()?.name);
      });
      names.push(currentOperation()?.name);
      expect(names).toEqual(['batch', 'inner', 'batch', undefined]);
    });

    it('an explicit operation is current only inside run', () => {
      using operation = operations.start('batch', undefined);
      expect(currentOperation()).toBeUndefined();
      expect(operation.run(() => currentOperation()?.name)).toBe('batch');
    });
  });

  describe('monitoring that is off', () => {
    it('records nothing, and context still passes through', async () => {
      runtimeState.enabled = false;
      const parent = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
      const seen = operations.run('batch', { parent }, (operation) => {
        expect(operation.traceId).toBe(parent.traceId);
        return trace.getSpanContext(context.active())?.spanId;
      });
      expect(seen).toBe(parent.spanId);
      expect(telemetry.spans()).toEqual([]);
      expect(await telemetry.metric('monitor.operation.duration')).toEqual([]);
    });
  });
});
