import { runtimeState } from '@otel-monitor/runtime';

/** Whether usage is recorded now: monitoring is on, and usage is not switched off by itself. */
export function isRecording(): boolean {
  return runtimeState.enabled && runtimeState.usage.enabled;
}
