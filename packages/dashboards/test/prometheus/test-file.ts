import { type AlertRule, type RuleFile, type RuleGroup, ruleFiles } from '../../src/index.js';
import { isAlert } from '../../src/prometheus/rule.js';
import { RUNBOOKS } from '../../src/prometheus/rule-files.js';
import type { AlertCase } from './alert-case.js';

export const allRules: readonly RuleFile[] = ruleFiles();
const allGroups: readonly RuleGroup[] = allRules.flatMap(({ groups }) => groups);

export const alertRules: readonly AlertRule[] = allGroups.flatMap(({ rules }) => rules.filter(isAlert));

/** What tells alert rules apart: one name may have several severities, objectives and windows. */
export const identity = ({ alert, severity, labels = {} }: AlertRule): string =>
  [alert, severity, ...Object.values(labels)].join(' ');

/** The recorded series that an expression reads, and those that they read. */
function readBy(expr: string, found: Set<string> = new Set()): Set<string> {
  for (const rule of allGroups.flatMap(({ rules }) => rules)) {
    if (isAlert(rule) || found.has(rule.record) || !expr.includes(rule.record)) continue;
    found.add(rule.record);
    for (const same of allGroups.flatMap(({ rules }) => rules)) {
      if (!isAlert(same) && same.record === rule.record) readBy(same.expr, found);
    }
  }
  return found;
}

/**
 * The rules that an alert needs to fire, by its name: itself and the recorded series that it reads, as one file. So that
 * promtool need not compute the others for each case.
 */
export function rulesFor(alert: string): RuleFile {
  const reads = new Set(alertRules.filter((rule) => rule.alert === alert).flatMap((rule) => [...readBy(textOf(rule))]));
  const groups = allGroups.map(({ name, rules }) => ({
    name,
    rules: rules.filter((rule) => (isAlert(rule) ? rule.alert === alert : reads.has(rule.record))),
  }));
  return { name: alert, about: '', groups: groups.filter(({ rules }) => rules.length > 0) };
}

const textOf = ({ expr, limit = 0 }: AlertRule) => expr(limit);

/**
 * A file for `promtool test rules`. Groups are evaluated in their order here, so that a recorded series is there when an
 * alert reads it: promtool's own order is by chance.
 */
export const testFile = (ruleFileName: string, { groups }: RuleFile, cases: readonly AlertCase[]) => ({
  rule_files: [ruleFileName],
  evaluation_interval: '1m',
  group_eval_order: groups.map(({ name }) => name),
  tests: bySeries(cases).map((same) => ({
    interval: '1m',
    input_series: Object.entries(same[0]!.series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: same.map(({ alert, at, fires }) => ({
      eval_time: at,
      alertname: alert,
      exp_alerts: fires.map((firing) => expected(ruleOf(alert, firing), firing)),
    })),
  })),
});

/** Cases of the same series are looked at in one go: hours of them cost seconds. */
export function bySeries(cases: readonly AlertCase[]): AlertCase[][] {
  const groups = new Map<string, AlertCase[]>();
  for (const each of cases) {
    const key = JSON.stringify(each.series);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

/** Whether something that fires is the work of this rule. */
export const isOf = (rule: AlertRule, { severity, labels }: AlertCase['fires'][number]): boolean =>
  rule.severity === severity && Object.entries(rule.labels ?? {}).every(([name, value]) => labels[name] === value);

function ruleOf(alert: string, firing: AlertCase['fires'][number]): AlertRule {
  const rule = alertRules.find((each) => each.alert === alert && isOf(each, firing));
  if (rule === undefined) throw new Error(`no rule of ${alert} fires as ${JSON.stringify(firing)}`);
  return rule;
}

/** What promtool is to find of an alert that fires by a rule. */
export const expected = (
  { alert, description }: AlertRule,
  { severity, labels, summary }: AlertCase['fires'][number],
) => ({
  exp_labels: { severity, ...labels },
  exp_annotations: { summary, description, runbook_url: `${RUNBOOKS}#${alert.toLowerCase()}` },
});
