import { stringify } from 'yaml';
import type { EmittedFile } from '../emitted-file.js';
import { isAlert, type Rule, type RuleFile } from './rule.js';
import { type PrometheusOptions, RUNBOOKS, ruleFiles } from './rule-files.js';

/**
 * Prometheus rules, one file a topic: `rules/errors.yaml`. They are for the series of a direct scrape and of the
 * Collector's page alike; `rule_files: [rules/*.yaml]` takes all of them.
 * @throws RangeError for an objective or a limit that cannot be, naming it
 */
export const prometheusFiles = (options: PrometheusOptions = {}): EmittedFile[] =>
  ruleFiles(options).map((file) => ({
    path: `rules/${file.name}.yaml`,
    text: ruleFileText(file, options.runbooks ?? RUNBOOKS),
  }));

/** One file of rules as Prometheus reads it. */
export function ruleFileText({ about, groups }: RuleFile, runbooks: string): string {
  const header = [...about.split('\n'), '', 'Generated from typed source (docs/alerting.md tells how to change it).'];
  const content = {
    groups: groups.map(({ name, rules }) => ({ name, rules: rules.map((rule) => ruleContent(rule, runbooks)) })),
  };
  return `${header.map((line) => `# ${line}`.trimEnd()).join('\n')}\n${stringify(content, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

function ruleContent(rule: Rule, runbooks: string): object {
  if (!isAlert(rule)) return { record: rule.record, expr: rule.expr, ...(rule.labels && { labels: rule.labels }) };
  const { alert, severity, expr, limit = Number.NaN, labels, summary, description } = rule;
  return {
    alert,
    expr: expr(limit),
    ...(rule.for !== undefined && { for: rule.for }),
    labels: { severity, ...labels },
    annotations: { summary, description, runbook_url: `${runbooks}#${alert.toLowerCase()}` },
  };
}
