import type { Monitoring } from '@otel-monitor/node';
import type { LiveFigures } from './live-line.js';

/** The figures of the live line, out of a snapshot of everything that was recorded. */
export function liveFigures(snapshot: ReturnType<Monitoring['snapshot']>, uptimeSeconds: number): LiveFigures {
  const { operations, errors, caches, usage, health } = snapshot;
  const extraction = operations.find((operation) => operation.name === 'sprite_extraction');
  const thumbnails = caches.find((cache) => cache.name === 'thumbnails');
  const uses = usage.features.filter((feature) => feature.name === 'batch_extraction').map((feature) => feature.uses);
  return {
    uptimeSeconds,
    operations: sum(operations.map((operation) => operation.count)),
    failures: sum(operations.map((operation) => operation.failures)),
    extractionP95Seconds: extraction?.durationSeconds?.p95,
    errors: errors.total,
    cacheHits: thumbnails?.hits ?? 0,
    cacheMisses: thumbnails?.misses ?? 0,
    batches: sum(uses),
    health: health.status,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
