import type { HealthSnapshot } from '@otel-monitor/history';
import { History } from '@otel-monitor/history';
import type { CollectedMetrics, ServerSources } from '../src/index.js';

export const health: HealthSnapshot = {
  status: 'degraded',
  components: [
    { name: 'database', status: 'healthy', critical: true },
    { name: 'mail/queue 1', status: 'unhealthy', message: 'full' },
  ],
};

export const NOW = Date.UTC(2026, 10, 24, 12, 0, 10);

/** One counter, as the SDK collects it. */
export const collected = {
  resource: { attributes: { 'service.name': 'shop' } },
  scopeMetrics: [
    {
      scope: { name: 'shop' },
      metrics: [
        {
          descriptor: { name: 'monitor.errors', unit: '{error}', description: 'Errors.', valueType: 1 },
          aggregationTemporality: 1,
          dataPointType: 3,
          isMonotonic: true,
          dataPoints: [{ startTime: [0, 0], endTime: [0, 0], attributes: { 'error.type': 'RangeError' }, value: 3 }],
        },
      ],
    },
  ],
} as unknown as CollectedMetrics;

const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** A histogram of so many series, about 2.5 KB a series on the page; `read` is told of each that is looked at. */
export function histograms(series: number, read: () => void = () => {}): CollectedMetrics {
  const value = { buckets: { boundaries: BOUNDARIES, counts: Array(15).fill(1) }, count: 15, sum: 15, min: 1, max: 1 };
  const dataPoints = Array.from({ length: series }, (_, index) => ({
    startTime: [0, 0],
    endTime: [0, 0],
    value,
    get attributes() {
      read();
      return { 'monitor.operation.name': `operation ${index}` };
    },
  }));
  const descriptor = { name: 'monitor.operation.duration', unit: 's', description: '', valueType: 1 };
  const metric = { descriptor, aggregationTemporality: 1, dataPointType: 0, dataPoints };
  const scopeMetrics = [{ scope: { name: 'shop' }, metrics: [metric] }];
  return { resource: { attributes: {} }, scopeMetrics } as unknown as CollectedMetrics;
}

/** Sources of a service that is up; `more` replaces some. */
export function madeSources(more: Partial<ServerSources> = {}): ServerSources {
  return {
    metrics: async () => collected,
    snapshot: () => new History().snapshot({ service: { name: 'shop' }, health, now: NOW }),
    health: async () => health,
    isStarted: () => true,
    isReady: () => true,
    status: () => ({ enabled: true }),
    ...more,
  };
}
