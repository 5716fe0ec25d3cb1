import { expect, it } from 'vitest';
import { promtoolProgram } from '../../../../test/real-parts/prometheus.js';
import type { AlertRule } from '../../src/index.js';
import { ruleFileText } from '../../src/prometheus/prometheus-files.js';
import { RUNBOOKS } from '../../src/prometheus/rule-files.js';
import type { AlertCase } from './alert-case.js';
import { alertCases } from './alert-cases.js';
import { failedFiles, promtool } from './promtool.js';
import { alertRules, identity, isOf, rulesForChanged, testFile } from './test-file.js';

interface Change {
  readonly what: string;
  readonly rule: AlertRule;
  /** It fires less than it should: cases in which it fires will tell, and else those in which it does not. */
  readonly isStricter: boolean;
}

/** The cases of a rule that a change of it must spoil one of. */
const casesFor = ({ rule, isStricter }: Change): AlertCase[] =>
  alertCases.filter(
    ({ alert, fires }) => alert === rule.alert && fires.some((firing) => isOf(rule, firing)) === isStricter,
  );

/** An alert that is a little wrong: its limit moved by a fifth or by one, its duration none or twice as long. */
function changesOf(rule: AlertRule): Change[] {
  const changes: Change[] = [];
  const change = (how: string, isStricter: boolean, changed: Partial<AlertRule>) =>
    changes.push({ what: `${identity(rule)}: ${how}`, isStricter, rule: { ...rule, ...changed } });
  if (rule.limit !== undefined) {
    const isUpper = rule.expr(rule.limit).includes(`> ${rule.limit}`);
    for (const limit of around(rule.limit)) {
      change(`limit ${rule.limit} becomes ${limit}`, limit > rule.limit === isUpper, { limit });
    }
  }
  if (rule.for !== undefined) {
    change('at once', false, { for: '0s' });
    change(`after ${rule.for} twice`, true, { for: twice(rule.for) });
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
    const files = changes.flatMap((change, index) => {
      const rules = rulesForChanged(change.rule);
      return [
        [`${index}.yaml`, ruleFileText(rules, RUNBOOKS)],
        [`${index}.test.yaml`, testFile(`${index}.yaml`, rules, casesFor(change))],
      ] as const;
    });
    const names = changes.map((_, index) => `${index}.test.yaml`);
    const result = await promtool(['test', 'rules', ...names], Object.fromEntries(files));
    expect(result.output).not.toMatch(/parse error|unmarshal|no such file/); // they fail by what fires, and nothing else
    const failed = failedFiles(result);
    expect(changes.filter((_, index) => !failed.has(`${index}.test.yaml`)).map(({ what }) => what)).toEqual([]);
  },
  120_000,
);
