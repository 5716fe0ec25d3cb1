import type { MonitoringConfig } from '@otel-monitor/config';
import type { DurableState } from '@otel-monitor/runtime';

/** What is to outlive the process, of what the configuration wants recorded. */
export function keptStates(_config: MonitoringConfig): DurableState[] {
  return [];
}
