import type { Attributes, Meter } from '@opentelemetry/api';
import { MeterProvider, type MetricData, MetricReader } from '@opentelemetry/sdk-metrics';
import { collectStore, metricStore } from '@otel-monitor/bound-metrics';
import { initialState, runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { boundMeterProvider } from '../src/bound-meter-provider.js';

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

beforeEach(() => {
  runtimeState.metrics = 'own';
  metricStore.reset();
});
afterEach(() => void Object.assign(runtimeState, initialState()));

function record(meter: Meter): void {
  const started = meter.createCounter('started', { unit: '{span}', description: 'Started.' });
  const live = meter.createUpDownCounter('live', { unit: '{span}' });
  const duration = meter.createHistogram('duration', { unit: 's', advice: { explicitBucketBoundaries: [0.1, 1] } });
  const plain = meter.createHistogram('plain');
  const decisions: Attributes[] = [{ origin: 'none', result: 'DROP' }, { origin: 'local', result: 'DROP' }, {}];
  for (let i = 0; i < 30; i += 1) {
    const attributes = { ...decisions[i % 3] };
    started.add(1, attributes);
    live.add(i % 2 === 0 ? 1 : -1, attributes);
    duration.record(i / 10, attributes);
    plain.record(i * 100);
  }
  started.add(2);
  started.add(1, { result: 'DROP', origin: 'none' });
}

const shown = (data: readonly MetricData[]) =>
  data.map(({ descriptor: { name, unit, description }, dataPointType, dataPoints, ...rest }) => ({
    name,
    unit,
    description,
    dataPointType,
    isMonotonic: 'isMonotonic' in rest ? rest.isMonotonic : undefined,
    points: dataPoints.map(({ attributes, value }) => ({ attributes, value })),
  }));

it('gives what the instruments of the SDK give, from the bound store', async () => {
  const reader = new Reader();
  const provider = new MeterProvider({ readers: [reader] });
  record(provider.getMeter('sdk', '2.12.0'));
  record(boundMeterProvider(provider).getMeter('bound', '2.12.0'));
  const sdk = (await reader.collect()).resourceMetrics.scopeMetrics;
  expect(sdk.map(({ scope }) => scope.name)).toEqual(['sdk']);
  const bound = collectStore(metricStore).find(({ scope }) => scope.name === 'bound');
  expect(bound?.scope.version).toBe('2.12.0');
  expect(shown(bound?.metrics ?? [])).toEqual(shown(sdk[0]?.metrics ?? []));
});

it('observable instruments are those of the provider', async () => {
  const reader = new Reader();
  const provider = new MeterProvider({ readers: [reader] });
  const meter = boundMeterProvider(provider).getMeter('observed');
  meter.createObservableUpDownCounter('queue').addCallback((result) => result.observe(7));
  const [scope] = (await reader.collect()).resourceMetrics.scopeMetrics;
  expect(scope?.metrics[0]?.dataPoints[0]?.value).toBe(7);
});
