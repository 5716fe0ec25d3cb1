import { recordTelemetry, type Telemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMonitor } from '../src/monitor.js';

let telemetry: Telemetry;
beforeEach(() => {
  telemetry = recordTelemetry();
});
afterEach(() => telemetry.stop());

describe('the one object', () => {
  it('an instrumented function keeps this, arguments and result, and its failure is one error', async () => {
    const monitor = createMonitor({ name: 'spritepal', version: '1.4.0' });
    const rom = {
      size: 4,
      scaled: monitor.instrument('scaling', function (this: { size: number }, factor: number) {
        if (factor < 0) throw new RangeError('negative');
        return this.size * factor;
      }),
    };
    expect(rom.scaled(5)).toBe(20);
    expect(() => rom.scaled(-1)).toThrow(RangeError);
    expect(await telemetry.metric('monitor.errors')).toEqual([
      {
        attributes: {
          'error.type': 'RangeError',
          'monitor.error.severity': 'error',
          'monitor.operation.name': 'scaling',
        },
        value: 1,
      },
    ]);
  });

  it('an error that is captured inside and thrown on has one id everywhere', () => {
    const monitor = createMonitor({ name: 'spritepal' });
    let id = '';
    expect(() =>
      monitor.operation('sprite_extraction', () => {
        const error = new Error('tile 12 out of range');
        id = monitor.captureError(error, { severity: 'critical' });
        throw error;
      }),
    ).toThrow();
    const [root] = telemetry.traces();
    expect(root?.attributes?.['monitor.error.id']).toBe(id);
    expect(root?.events?.map((event) => event.attributes?.['monitor.error.id'])).toEqual([id]);
  });

  it('without a sampled span an error is complete: counted, and a log record in its trace', async () => {
    telemetry.stop();
    telemetry = recordTelemetry({ sampleRate: 0 });
    const monitor = createMonitor({ name: 'spritepal' });
    const { traceId, spanId, id } = await monitor.operation('outer', async (outer) => {
      await Promise.resolve();
      const error = new RangeError('tile 12 out of range');
      const failing = () =>
        monitor.operation('inner', (inner) => {
          Object.assign(ids, { traceId: inner.traceId, spanId: inner.spanId });
          throw error;
        });
      const ids = { traceId: '', spanId: '' };
      expect(failing).toThrow(error);
      expect(ids.traceId).toBe(outer.traceId);
      return { ...ids, id: monitor.captureError(error) };
    });
    expect(telemetry.spans()).toEqual([]);
    expect(await telemetry.metric('monitor.errors')).toMatchObject([
      { attributes: { 'error.type': 'RangeError', 'monitor.operation.name': 'inner' }, value: 1 },
    ]);
    expect(telemetry.logs()).toMatchObject([
      { eventName: 'exception', traceId, spanId, attributes: { 'monitor.error.id': id } },
    ]);
  });

  it('two monitors of one name record into the same series', async () => {
    createMonitor({ name: 'spritepal', version: '1' }).operation('a', () => {});
    createMonitor({ name: 'spritepal', version: '1' }).operation('a', () => {});
    expect(await telemetry.metric('monitor.operation.duration')).toMatchObject([{ count: 2 }]);
  });

  it('a monitor that was made before the recording began records the same', () => {
    telemetry.stop();
    const monitor = createMonitor({ name: 'early' });
    monitor.operation('before', () => {});
    telemetry = recordTelemetry();
    monitor.operation('after', () => {});
    expect(telemetry.traces().map((root) => root.name)).toEqual(['after']);
  });

  it('secrets are taken out of names, details, messages and stacks', () => {
    const monitor = createMonitor({ name: 'spritepal' });
    const secret = 'Bearer abcdefghijklmnopqrstuvwxyz0123456789';
    expect(() =>
      monitor.operation(`login ${secret}`, { details: { authorization: 'hunter2hunter2', note: secret } }, () => {
        throw new Error(`refused: ${secret}`);
      }),
    ).toThrow();
    const written = JSON.stringify(telemetry.traces());
    expect(written).not.toContain('abcdefghijklmnopqrstuvwxyz0123456789');
    expect(written).not.toContain('hunter2');
    expect(written).toContain('refused: ');
  });
});

describe('custom collectors', () => {
  it('become gauges with the name of the collector; what is no number is left out', async () => {
    const monitor = createMonitor({ name: 'spritepal' });
    const remove = monitor.addCollector('queue', () => ({
      queue_depth: 7,
      timestamp: new Date(),
      bad: Number.NaN,
      'not a key': 1,
    }));
    expect(await telemetry.metric('monitor.custom.queue_depth')).toEqual([
      { attributes: { 'monitor.collector.name': 'queue' }, value: 7 },
    ]);
    expect(await telemetry.metric('monitor.custom.bad')).toEqual([]);
    remove();
    expect(await telemetry.metric('monitor.custom.queue_depth')).toEqual([]);
  });

  it('one that fails leaves its values out, and the others in', async () => {
    const monitor = createMonitor({ name: 'spritepal' });
    const removals = [
      monitor.addCollector('bad', () => {
        throw new Error('no');
      }),
      monitor.addCollector('good', () => ({ depth: 1 })),
    ];
    expect(await telemetry.metric('monitor.custom.depth')).toMatchObject([{ value: 1 }]);
    for (const remove of removals) remove();
  });

  it('an asynchronous one is never waited for: its values are there at the next collection', async () => {
    const monitor = createMonitor({ name: 'spritepal' });
    const remove = monitor.addCollector('later', async () => ({ depth_later: 3 }));
    await telemetry.metric('monitor.custom.depth_later');
    expect(await telemetry.metric('monitor.custom.depth_later')).toMatchObject([{ value: 3 }]);
    remove();
  });
});
