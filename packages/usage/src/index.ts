export type { DroppedUsage } from './book/dropped-usage.js';
export { usageQuery, usageState } from './book/usage-center.js';
export type { Cache } from './cache.js';
export type { FeatureUse } from './feature-use.js';
export type { FlagEvaluationDetails, FlagHookContext } from './flags/flag-evaluation.js';
export type { FlagLosses } from './flags/flag-store.js';
export type { FlagFeature, FlagQuery, FlagUsage, FlagVariantUsage, FlagWorkflow } from './flags/flag-usage.js';
export { flagLosses, flagsState, flagUsage } from './flags/flag-usage.js';
export type { OpenFeatureHook, OpenFeatureHookOptions } from './flags/open-feature-hook.js';
export type { DurationSummary } from './funnels/seconds-sketch.js';
export type {
  WorkflowFunnel,
  WorkflowLeavers,
  WorkflowRuns,
  WorkflowShares,
  WorkflowStepFunnel,
  WorkflowVariant,
} from './funnels/workflow-funnel.js';
export type { WorkflowOptions } from './funnels/workflow-options.js';
export type { WorkflowQuery } from './funnels/workflow-query.js';
export { workflowFunnel, workflowFunnels, workflowLosses, workflowsState } from './funnels/workflow-query.js';
export type { WorkflowLosses } from './funnels/workflow-store.js';
export type { ActiveInPeriod, ActiveUsers, ActiveUsersByDay, UsersOfDay } from './query/active-users.js';
export type { CountedDurations, CountedUses } from './query/counted-uses.js';
export type { FeatureOrder } from './query/feature-order.js';
export type { ActionUsage, FeatureDay, FeatureTrend, FeatureUsage, FeatureUsageDetail } from './query/feature-usage.js';
export { GatheredUsage, toldUsage } from './query/gathered-usage.js';
export type { ReleaseDay, ReleaseUsage } from './query/release-usage.js';
export type { DaysOptions, FeaturesOptions, Since, UsageQuery } from './query/usage-query.js';
export type { ReleaseToday, TopFeature, UsageLosses, UsageSummary, UsesInPeriod } from './query/usage-summary.js';
export { Usage } from './usage.js';
export type { Workflow } from './workflow.js';
