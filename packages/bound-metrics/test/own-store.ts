import { metrics } from '@opentelemetry/api';
import { initialState, runtimeState } from '@otel-monitor/runtime';
import { afterEach, beforeEach } from 'vitest';

/** Each test of the file records for its own store alone: nothing is handed on to a provider of the API. */
export function recordForStoreAlone(): void {
  beforeEach(() => {
    Object.assign(runtimeState, initialState(), { metrics: 'own' });
  });
  afterEach(() => {
    metrics.disable();
    Object.assign(runtimeState, initialState());
  });
}
