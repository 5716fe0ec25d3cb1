import { stringify } from 'yaml';
import type { EmittedFile } from '../emitted-file.js';
import { type AlertLinks, checkLinks, linkAnnotations } from './alert-links.js';
import { type DashboardName, isAlert, type Rule, type RuleFile } from './rule.js';
import { type PrometheusOptions, RUNBOOKS, ruleFiles } from './rule-files.js';

/**
 * Prometheus rules, one file a topic: `rules/errors.yaml`. They are for the series of a direct scrape and of the
 * Collector's page alike; `rule_files: [rules/*.yaml]` takes all of them.
 * @throws RangeError for an objective or a limit that cannot be, naming it
 */
export function prometheusFiles(options: PrometheusOptions = {}): EmittedFile[] {
  const { runbooks = RUNBOOKS, grafana } = options;
  const links = { runbooks, ...(grafana !== undefined && { grafana }) };
  checkLinks(links);
  return ruleFiles(options).map((file) => ({ path: `rules/${file.name}.yaml`, text: ruleFileText(file, links) }));
}

/** One file of rules as Prometheus reads it. */
export function ruleFileText({ about, groups, dashboard }: RuleFile, links: AlertLinks): string {
  const header = [...about.split('\n'), '', 'Generated from typed source (docs/alerting.md tells how to change it).'];
  const content = {
    groups: groups.map(({ name, rules }) => ({
      name,
      rules: rules.map((rule) => ruleContent(rule, dashboard, links)),
    })),
  };
  return `${header.map((line) => `# ${line}`.trimEnd()).join('\n')}\n${stringify(content, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

function ruleContent(rule: Rule, ofFile: DashboardName | undefined, links: AlertLinks): object {
  if (!isAlert(rule)) return { record: rule.record, expr: rule.expr, ...(rule.labels && { labels: rule.labels }) };
  const { alert, severity, expr, limit = Number.NaN, labels, summary, description, dashboard = ofFile } = rule;
  return {
    alert,
    expr: expr(limit),
    ...(rule.for !== undefined && { for: rule.for }),
    labels: { severity, ...labels },
    annotations: { summary, description, ...linkAnnotations(alert, dashboard, links) },
  };
}
