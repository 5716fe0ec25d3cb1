import { MetricReader, type ScopeMetrics } from '@opentelemetry/sdk-metrics';
import type { MetricDefinition } from '@otel-monitor/semconv';

export const SCOPE = { name: 'test', version: '1' };

const made = (name: string, kind: MetricDefinition['kind']) =>
  ({ name, kind, unit: '1', description: `${name}.`, attributes: [] }) as const;

export const COUNTER = made('counter', 'counter');
export const UP_DOWN = made('up_down', 'up_down_counter');
export const GAUGE = made('gauge', 'gauge');
export const OBSERVED = made('observed', 'observable_counter');
export const HISTOGRAM = { ...made('histogram', 'histogram'), boundaries: [0.1, 1, 10] };
export const EXPONENTIAL = made('exponential', 'histogram');

/** A reader that collects when it is told to. */
export class ManualReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** The points of a metric. */
export function pointsOf<T = number>(collected: readonly ScopeMetrics[], name: string) {
  return collected
    .flatMap(({ metrics }) => metrics)
    .filter(({ descriptor }) => descriptor.name === name)
    .flatMap(
      ({ dataPoints }) =>
        dataPoints as unknown as {
          attributes: object;
          startTime: [number, number];
          endTime: [number, number];
          value: T;
        }[],
    );
}
