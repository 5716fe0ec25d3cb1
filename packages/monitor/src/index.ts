export type {
  ErrorBreadcrumb,
  ErrorCause,
  ErrorGroupDetails,
  ErrorGroupSort,
  ErrorGroupsOptions,
  ErrorGroupView,
  ErrorOptions,
  ErrorQuery,
  ErrorSample,
  ErrorSummary,
  ErrorTrend,
  LeftGroups,
  OperationCount,
  RecentErrors,
} from '@otel-monitor/errors';
export type { CheckOptions, HealthReport, HeartbeatOptions } from '@otel-monitor/health';
export type {
  ContextSource,
  Operation,
  OperationKindName,
  OperationLink,
  OperationOptions,
  RemoteParent,
} from '@otel-monitor/operations';
export type {
  ActiveUsers,
  ActiveUsersByDay,
  Cache,
  DaysOptions,
  FeaturesOptions,
  FeatureUsage,
  FeatureUsageDetail,
  FeatureUse,
  FlagUsage,
  OpenFeatureHook,
  OpenFeatureHookOptions,
  ReleaseUsage,
  UsageQuery,
  UsageSummary,
  Workflow,
  WorkflowFunnel,
  WorkflowOptions,
} from '@otel-monitor/usage';
export type { Collector } from './custom-collectors.js';
export type { MonitorOptions } from './monitor.js';
export { createMonitor, Monitor } from './monitor.js';
