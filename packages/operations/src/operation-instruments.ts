import { type BoundHistogram, type BoundSum, metricStore } from '@otel-monitor/bound-metrics';
import type { Scope } from '@otel-monitor/runtime';
import { OPERATION_ACTIVE, OPERATION_DURATION, OPERATION_MEMORY_DELTA } from '@otel-monitor/semconv';

/** What the operations of one scope are recorded on. */
export class OperationInstruments {
  readonly durations: BoundHistogram;
  readonly active: BoundSum;
  readonly memory: BoundHistogram;

  constructor(scope: Scope) {
    const instruments = metricStore.scope(scope);
    this.durations = instruments.histogram(OPERATION_DURATION);
    this.active = instruments.sum(OPERATION_ACTIVE);
    this.memory = instruments.histogram(OPERATION_MEMORY_DELTA);
  }
}
