import { expect, it } from 'vitest';
import { promtoolProgram } from '../../../../test/real-parts/prometheus.js';
import type { AlertRule } from '../../src/index.js';
import { ruleFileText } from '../../src/prometheus/prometheus-files.js';
import { RUNBOOKS } from '../../src/prometheus/rule-files.js';
import { alertCases } from './alert-cases.js';
import { failedFiles, promtool } from './promtool.js';
import { alertRules, identity, rulesFor, testFile } from './test-file.js';

interface Change {
  readonly what: string;
  readonly rule: AlertRule;
}

/** An alert that is a little wrong: its limit moved by a fifth or by one, its duration none or twice as long. */
function changesOf(rule: AlertRule): Change[] {
  const changes: Change[] = [];
  const change = (how: string, changed: Partial<AlertRule>) =>
    changes.push({ what: `${identity(rule)}: ${how}`, rule: { ...rule, ...changed } });
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

it.skipIf(promtoolProgram === undefined)(
  'promtool notices each limit and each duration that is changed (needs promtool)',
  async () => {
    const changes = alertRules.flatMap(changesOf);
    expect(changes.length).toBeGreaterThan(alertRules.length);
    const files = changes.flatMap(({ rule }, index) => {
      const rules = rulesFor(rule.alert, rule);
      const cases = alertCases.filter(({ alert }) => alert === rule.alert);
      return [
        [`${index}.yaml`, ruleFileText(rules, RUNBOOKS)],
        [`${index}.test.yaml`, testFile(`${index}.yaml`, rules, cases)],
      ] as const;
    });
    const names = changes.map((_, index) => `${index}.test.yaml`);
    const failed = failedFiles(await promtool(['test', 'rules', ...names], Object.fromEntries(files)));
    expect(changes.filter((_, index) => !failed.has(`${index}.test.yaml`)).map(({ what }) => what)).toEqual([]);
  },
  120_000,
);
