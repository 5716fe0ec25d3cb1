import { SpanKind } from '@opentelemetry/api';
import { metricStore } from '@otel-monitor/bound-metrics';
import { type HistogramPoint, type NumberPoint, recordTelemetry } from '@otel-monitor/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Operations } from '../src/operations.js';

const DEFAULT = metricStore.seriesPerMetric;
let scopes = 0;
/** Series are for the process's life: each test has a scope of its own. */
const newOperations = () => {
  scopes += 1;
  return new Operations({ name: `names ${scopes}` }, () => 'id');
};

beforeEach(() => {
  metricStore.seriesPerMetric = 20;
});
afterEach(() => {
  metricStore.seriesPerMetric = DEFAULT;
});

const OVERFLOW = { 'otel.metric.overflow': true };

describe('more names than there may be series', () => {
  it('are counted on the overflow series, and their spans have their own names', async () => {
    using telemetry = recordTelemetry();
    const operations = newOperations();
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 50; i += 1) operations.run(`name ${i}`, { dimensions: { half: i % 2 } }, () => i);
    }
    const durations = (await telemetry.metric('monitor.operation.duration')) as HistogramPoint[];
    expect(durations).toHaveLength(21);
    expect(durations.reduce((sum, { count }) => sum + count, 0)).toBe(150);
    expect(durations.find(({ attributes }) => 'otel.metric.overflow' in attributes)?.count).toBe(90);
    const active = (await telemetry.metric('monitor.operation.active')) as NumberPoint[];
    expect(active).toHaveLength(21);
    expect(active.every(({ value }) => value === 0)).toBe(true);
    expect(
      await telemetry.metric('monitor.series.overflow', { 'monitor.metric.name': 'monitor.operation.duration' }),
    ).toMatchObject([{ value: 90 }]);
    expect(new Set(telemetry.spans().map(({ name }) => name)).size).toBe(50);
    expect(telemetry.spans().at(-1)?.attributes).toEqual({ 'monitor.operation.name': 'name 49', half: 1 });
  });

  it('fail, and measure memory, on the overflow series too', async () => {
    using telemetry = recordTelemetry();
    const operations = newOperations();
    for (let i = 0; i < 21; i += 1) operations.run(`name ${i}`, undefined, () => i);
    const failing = () =>
      operations.run('beyond', { measureMemory: true }, () => {
        throw new TypeError('no');
      });
    expect(failing).toThrow('no');
    expect(await telemetry.metric('monitor.operation.duration', OVERFLOW)).toMatchObject([{ count: 2 }]);
    expect(await telemetry.metric('monitor.operation.memory.delta', OVERFLOW)).toMatchObject([{ count: 1 }]);
    expect(telemetry.spans().at(-1)?.attributes).toMatchObject({ 'error.type': 'TypeError' });
  });

  it('have the kind of their span', () => {
    using telemetry = recordTelemetry();
    const operations = newOperations();
    for (let i = 0; i < 21; i += 1) operations.run(`name ${i}`, undefined, () => i);
    operations.run('beyond', { kind: 'consumer' }, () => {});
    operations.run('beyond', undefined, () => {});
    expect(
      telemetry
        .spans()
        .slice(-2)
        .map(({ name, kind }) => [name, kind]),
    ).toEqual([
      ['beyond', SpanKind.CONSUMER],
      ['beyond', SpanKind.INTERNAL],
    ]);
  });

  it('of which many are one when they are clean stay few', async () => {
    using telemetry = recordTelemetry({ sampleRate: 0 });
    const operations = newOperations();
    for (let i = 0; i < 100; i += 1) operations.run(`${'x'.repeat(256)}${i}`, undefined, () => i);
    expect(await telemetry.metric('monitor.operation.duration')).toMatchObject([{ count: 100 }]);
  });
});

it('combinations of dimensions beyond the cap are counted on the overflow series', async () => {
  using telemetry = recordTelemetry();
  const operations = newOperations();
  for (let i = 0; i < 100; i += 1) operations.run('one', { dimensions: { id: i } }, () => i);
  expect(await telemetry.metric('monitor.operation.duration', OVERFLOW)).toMatchObject([{ count: 80 }]);
  expect(telemetry.spans().at(-1)?.attributes).toEqual({ 'monitor.operation.name': 'one', id: 99 });
});
