import { alertingAlerts } from './alerting-alerts.js';
import { burnRates } from './burn-rates.js';
import { collectorAlerts } from './collector-alerts.js';
import { componentAlerts } from './component-alerts.js';
import { errorAlerts } from './error-alerts.js';
import { checkJobPattern } from './job-pattern.js';
import { checkObjectives, DEFAULT_OBJECTIVES, type Objective } from './objective.js';
import { type OperationLimit, operationLimitAlert } from './operation-limit.js';
import { orchestratorRules } from './orchestrator-rules.js';
import { recordings } from './recordings.js';
import { resourceAlerts } from './resource-alerts.js';
import type { RuleFile } from './rule.js';
import { speedrunRules } from './speedrun-rules.js';
import { spritepalRules } from './spritepal-rules.js';
import { targetAlerts } from './target-alerts.js';
import { telemetryAlerts } from './telemetry-alerts.js';

/** What of the rules is a matter of the services that they watch. */
export interface PrometheusOptions {
  /** Availability and latency, each with its burn-rate alerts. Default: 99.9 % of HTTP requests, 99 % within 0.5 s. */
  readonly objectives?: readonly Objective[];
  /** Limits of operations of your own, as alerts OperationSlow in a file `operations`. Default: none. */
  readonly operationLimits?: readonly OperationLimit[];
  /** Jobs that are meant to end, as regular expressions (RE2) of `job`: their metrics are not missed. Default: none. */
  readonly shortLivedJobs?: readonly string[];
  /** Where the runbooks are: an address before `#alertname`. Default: `docs/runbooks.md`, the file of this repository. */
  readonly runbooks?: string;
  /** Grafana's address, where the dashboards are: alerts then have a `dashboard_url`. Default: none, and alerts have no such link. */
  readonly grafana?: string;
  /** Files that are not wanted, by their names without the ending: `['spritepal']`. `recordings` stays. Default: none. */
  readonly without?: readonly string[];
}

/** The place of the runbooks in this repository. */
export const RUNBOOKS = 'docs/runbooks.md';

/**
 * The rules as data, for those who write them in another form.
 * @throws RangeError for an objective, a limit or a file that cannot be, naming it
 */
export function ruleFiles(options: PrometheusOptions = {}): RuleFile[] {
  const { objectives = DEFAULT_OBJECTIVES, operationLimits = [], shortLivedJobs = [], without = [] } = options;
  checkObjectives(objectives);
  for (const pattern of shortLivedJobs) checkJobPattern('shortLivedJobs', pattern);
  const limits: RuleFile = {
    name: 'operations',
    dashboard: 'application-performance',
    about: 'Limits of single operations.',
    groups: [{ name: 'operations', rules: operationLimits.map(operationLimitAlert) }],
  };
  const all = [
    recordings,
    resourceAlerts,
    errorAlerts,
    componentAlerts,
    targetAlerts(shortLivedJobs),
    telemetryAlerts,
    collectorAlerts,
    alertingAlerts,
    ...(objectives.length === 0 ? [] : [burnRates(objectives)]),
    ...(operationLimits.length === 0 ? [] : [limits]),
    spritepalRules,
    speedrunRules,
    orchestratorRules,
  ];
  const known = all.filter(({ name }) => name !== recordings.name).map(({ name }) => name);
  const unknown = without.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new RangeError(`without: "${unknown}" is none of ${known.join(', ')}`);
  return all.filter(({ name }) => !without.includes(name));
}
