import { MetricStore } from '@otel-monitor/bound-metrics';
import { runtimeState } from '@otel-monitor/runtime';

type Definition = Parameters<ReturnType<MetricStore['scope']>['sum']>[0];

/** A store of its own, which hands nothing on to the API. */
export function newStore(): MetricStore {
  runtimeState.metrics = 'own';
  return new MetricStore();
}

export function definition(name: string, kind: Definition['kind'], more: Partial<Definition> = {}): Definition {
  return { name, kind, unit: '', description: `About the bound ${name}.`, attributes: [], ...more };
}
