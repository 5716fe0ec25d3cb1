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
