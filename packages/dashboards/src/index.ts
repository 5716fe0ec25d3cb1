export { alertmanagerFiles } from './alertmanager/alertmanager-files.js';
export type { AlertmanagerOptions } from './alertmanager/alertmanager-options.js';
export { isDuration } from './duration.js';
export type { EmittedFile } from './emitted-file.js';
export { grafanaFiles } from './grafana/grafana-files.js';
export type { AvailabilityObjective, LatencyObjective, Objective } from './prometheus/objective.js';
export { DEFAULT_OBJECTIVES } from './prometheus/objective.js';
export type { OperationLimit } from './prometheus/operation-limit.js';
export { prometheusFiles } from './prometheus/prometheus-files.js';
export type {
  AlertRule,
  AlertSeverity,
  DashboardName,
  RecordingRule,
  Rule,
  RuleFile,
  RuleGroup,
} from './prometheus/rule.js';
export type { PrometheusOptions } from './prometheus/rule-files.js';
export { ruleFiles } from './prometheus/rule-files.js';
export { bucketName, countName, labelName, seriesName, sumName } from './series.js';
