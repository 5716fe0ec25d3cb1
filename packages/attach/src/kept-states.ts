import type { MonitoringConfig } from '@otel-monitor/config';
import type { DurableState } from '@otel-monitor/runtime';
import { flagsState, usageState, workflowsState } from '@otel-monitor/usage';

/** What is to outlive the process, of what the configuration wants recorded. */
export function keptStates(config: MonitoringConfig): DurableState[] {
  return config.usage.enabled ? [usageState(), workflowsState(), flagsState()] : [];
}
