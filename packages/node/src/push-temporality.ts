import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { MetricDeltas, metricStore } from '@otel-monitor/bound-metrics';
import type { TemporalityPreference } from '@otel-monitor/config';
import { ownCost } from '@otel-monitor/runtime';

/** What is pushed, and what to do once it has arrived. */
export interface Pushable {
  readonly data: ResourceMetrics;
  /** The receiver has it: deltas begin anew. Until then the next push holds this one as well. */
  arrived(): void;
}

/** Makes what is pushed of what the cumulative reader collected. */
export interface PushTemporality {
  prepare(collected: ResourceMetrics): Pushable;
  close(): void;
}

const cumulative: PushTemporality = {
  prepare: (data) => ({ data, arrived: () => {} }),
  close: () => {},
};

/**
 * The temporality of what is pushed. Deltas are computed from the totals that the one reader collects, instead of by a
 * second reader: that would add its cost to every record, and what it gave out would be lost with a push that fails.
 */
export function pushTemporality(preference: TemporalityPreference): PushTemporality {
  if (preference === 'cumulative') return cumulative;
  const observableCounters = preference === 'lowmemory' ? 'cumulative' : 'delta';
  const deltas = new MetricDeltas(metricStore, { observableCounters });
  return {
    prepare: ({ resource, scopeMetrics: collected }) => {
      const { scopeMetrics, commit } = ownCost.time(() => deltas.since(collected));
      return { data: { resource, scopeMetrics }, arrived: commit };
    },
    close: () => deltas.close(),
  };
}
