import { type CollectionResult, MeterProvider } from '@opentelemetry/sdk-metrics';
import { createRedactor } from '@otel-monitor/redaction';
import { runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REDACTED_SERIES } from '../../src/redaction/redacted-metrics.js';
import { SharedReader } from '../../src/shared-reader.js';

const SECRET = `ghp_${'a1B2'.repeat(9)}`;
const OTHER = `ghp_${'c3D4'.repeat(9)}`;

beforeEach(() => {
  runtimeState.redactor = createRedactor();
});
afterEach(() => {
  runtimeState.redactor = undefined;
});

function meter() {
  const reader = new SharedReader();
  const provider = new MeterProvider({ readers: [reader], views: [REDACTED_SERIES] });
  return { meter: provider.getMeter('others'), collect: () => reader.collectSdk() };
}

function shown({ resourceMetrics }: CollectionResult) {
  return resourceMetrics.scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .map(({ descriptor, dataPoints }) => ({
      name: descriptor.name,
      description: descriptor.description,
      points: dataPoints.map(({ attributes, value }) => [attributes, typeof value === 'number' ? value : value.count]),
    }));
}

describe('metrics that others record', () => {
  it('have redacted attributes, and two secrets are one series', async () => {
    const { meter: others, collect } = meter();
    const counter = others.createCounter('calls', { description: `of ${SECRET}` });
    counter.add(1, { api_key: 'one', route: '/a' });
    counter.add(2, { api_key: 'two', route: '/a' });
    counter.add(4, { user: SECRET });
    counter.add(8, { user: OTHER });
    counter.add(16, { user: 'plain' });
    others.createHistogram('took').record(1, { password: 'x' });
    const gauge = others.createObservableGauge('depth');
    gauge.addCallback((result) => result.observe(3, { token: 'x' }));
    expect(shown(await collect())).toEqual([
      {
        name: 'calls',
        description: 'of [redacted]',
        points: [
          [{ api_key: '[redacted]', route: '/a' }, 3],
          [{ user: '[redacted]' }, 12],
          [{ user: 'plain' }, 16],
        ],
      },
      { name: 'took', description: '', points: [[{ password: '[redacted]' }, 1]] },
      { name: 'depth', description: '', points: [[{ token: '[redacted]' }, 3]] },
    ]);
  });

  it('keep the boundaries that their maker advises, and what is clean as it was', async () => {
    const { meter: others, collect } = meter();
    const advice = { explicitBucketBoundaries: [1, 2] };
    others.createHistogram('took', { unit: 's', description: 'time', advice }).record(1.5, { route: '/a' });
    const [scope] = (await collect()).resourceMetrics.scopeMetrics;
    expect(scope?.metrics[0]).toMatchObject({
      descriptor: { name: 'took', unit: 's', description: 'time' },
      dataPoints: [{ attributes: { route: '/a' }, value: { buckets: { boundaries: [1, 2], counts: [0, 1, 0] } } }],
    });
  });
});
