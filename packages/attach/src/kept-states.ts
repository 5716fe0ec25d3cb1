import type { MonitoringConfig } from '@otel-monitor/config';
import { errorGroupsState } from '@otel-monitor/errors';
import type { DurableState } from '@otel-monitor/runtime';
import { flagsState, usageState, workflowsState } from '@otel-monitor/usage';

/** What is to outlive the process, of what the configuration wants recorded. */
export function keptStates({ errorTracking, usage }: MonitoringConfig): DurableState[] {
  return [
    ...(errorTracking.enabled ? [errorGroupsState()] : []),
    ...(usage.enabled ? [usageState(), workflowsState(), flagsState()] : []),
  ];
}
