import type { Monitor } from '@otel-monitor/monitor';
import type { UsageSource } from '@otel-monitor/server';
import { flagUsage, workflowFunnel, workflowFunnels } from '@otel-monitor/usage';

/** What the pages of usage show: features and users, workflows, and what was done under feature flags. */
export function usageSource({ usage }: Monitor): UsageSource {
  return {
    summary: () => usage.summary(),
    features: (options) => usage.features(options),
    feature: (name, options) => usage.feature(name, options),
    activeUsers: (options) => usage.activeUsers(options),
    releases: (options) => usage.releases(options),
    workflows: workflowFunnels,
    workflow: workflowFunnel,
    flags: flagUsage,
  };
}
