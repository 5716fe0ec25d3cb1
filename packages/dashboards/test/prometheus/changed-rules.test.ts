import { expect, it } from 'vitest';
import type { AlertRule, Rule } from '../../src/index.js';
import { ruleFileText } from '../../src/prometheus/prometheus-files.js';
import { isAlert } from '../../src/prometheus/rule.js';
import { RUNBOOKS } from '../../src/prometheus/rule-files.js';
import { holdsIn } from './alert-case.js';
import { alertCases } from './alert-cases.js';
import { preferredPromtool as promtool, runPromtool } from './promtool.js';
import { alertRules, bySeries, expected, identity, isOf, rulesFor } from './test-file.js';

interface Change {
  readonly what: string;
  readonly rule: AlertRule;
}

/** An alert that is a little wrong: its limit moved by a fifth or by one, its duration none or twice as long. */
function changesOf(rule: AlertRule): Change[] {
  const changes: Change[] = [];
  const change = (how: string, changed: Partial<AlertRule>) => {
    changes.push({ what: `${identity(rule)}: ${how}`, rule: { ...rule, ...changed } });
  };
  if (rule.limit !== undefined) {
    for (const limit of around(rule.limit)) change(`limit ${rule.limit} becomes ${limit}`, { limit });
  }
  if (rule.for !== undefined) {
    change('at once', { for: '0s' });
    change(`after ${rule.for} twice`, { for: twice(rule.for) });
  }
  return changes;
}

/** Whole numbers up to ten count something: one more, one less. Above nothing at all there is only more than all. */
function around(limit: number): number[] {
  if (limit === 0) return [-0.001, 1e9];
  const step = Number.isInteger(limit) && limit < 10 ? 1 : limit / 5;
  return [limit - step, limit + step];
}

const twice = (duration: string) => `${Number.parseInt(duration, 10) * 2}${duration.at(-1)}`;

/** All changes of the alerts of one name beside each other, each under a name of its own, and on the same cases. */
function filesOf(alert: string, changes: readonly Change[]): [string, string | object][] {
  const { groups, ...file } = rulesFor(alert);
  const changed = groups.map(({ name, rules }) => ({
    name,
    rules: rules.flatMap((rule): Rule[] =>
      isAlert(rule)
        ? changes.filter((each) => identity(original(each.rule)) === identity(rule)).map((each) => each.rule)
        : [rule],
    ),
  }));
  const cases = alertCases
    // those of hours take seconds, and no change needs them
    .filter((each) => each.alert === alert && Number.parseInt(each.at, 10) <= 75 && holdsIn(each, promtool));
  const tests = bySeries(cases).map((same) => ({
    interval: '1m',
    input_series: Object.entries(same[0]!.series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: same.flatMap(({ at, fires }) =>
      changes.map(({ rule }) => ({
        eval_time: at,
        alertname: rule.alert,
        exp_alerts: fires.filter((firing) => isOf(rule, firing)).map((firing) => expected(rule, firing)),
      })),
    ),
  }));
  return [
    [`${alert}.yaml`, ruleFileText({ ...file, groups: changed }, { runbooks: RUNBOOKS })],
    [
      `${alert}.test.yaml`,
      {
        rule_files: [`${alert}.yaml`],
        evaluation_interval: '1m',
        group_eval_order: groups.map(({ name }) => name),
        tests,
      },
    ],
  ];
}

const NUMBER = /_\d+$/;
/** Under a name of its own. */
const renamed = (change: Change, index: number): Change => ({
  ...change,
  rule: { ...change.rule, alert: `${change.rule.alert}_${index}` },
});
const original = (rule: AlertRule): AlertRule => ({ ...rule, alert: rule.alert.replace(NUMBER, '') });

it.skipIf(promtool.path === undefined)(
  `promtool notices each limit and each duration that is changed, and nothing where none is ${promtool.needs}`,
  async () => {
    const unchanged = alertRules.map((rule): Change => ({ what: `${identity(rule)}: unchanged`, rule }));
    const changes = [...unchanged, ...alertRules.flatMap(changesOf)].map(renamed);
    const alerts = [...new Set(alertRules.map(({ alert }) => alert))];
    const files = alerts.flatMap((alert) =>
      filesOf(
        alert,
        changes.filter(({ rule }) => original(rule).alert === alert),
      ),
    );
    const { output } = await runPromtool(
      promtool,
      ['test', 'rules', ...alerts.map((alert) => `${alert}.test.yaml`)],
      Object.fromEntries(files),
    );
    const noticed = new Set([...output.matchAll(/alertname: (\S+), time:/g)].map(([, alert]) => alert));
    expect(changes.filter(({ rule }) => !noticed.has(rule.alert)).map(({ what }) => what)).toEqual(
      unchanged.map(({ what }) => what),
    );
    expect(changes.length - unchanged.length).toBeGreaterThan(150);
  },
  120_000,
);
