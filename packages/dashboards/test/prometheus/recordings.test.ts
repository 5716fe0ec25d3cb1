import { expect, it } from 'vitest';
import { prometheusFiles } from '../../src/index.js';
import { isAlert } from '../../src/prometheus/rule.js';
import { recordedCases } from './cases/recorded.js';
import { promtools, runPromtool } from './promtool.js';
import type { RecordedCase } from './recorded-case.js';
import { allRules } from './test-file.js';

const groups = allRules.flatMap((file) => file.groups);
const recorded = new Set(groups.flatMap(({ rules }) => rules.flatMap((rule) => (isAlert(rule) ? [] : [rule.record]))));

const test = ({ series, at, holds }: RecordedCase) => ({
  interval: '1m',
  input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
  promql_expr_test: Object.entries(holds).map(([name, values]) => ({
    expr: `round(10000 * ${name})`,
    eval_time: at,
    exp_samples: Object.entries(values).map(([labels, value]) => ({ labels: `{${labels}}`, value })),
  })),
});

it('every recorded series has a case', () => {
  expect(new Set(recordedCases.flatMap(({ holds }) => Object.keys(holds)))).toEqual(recorded);
});

for (const promtool of promtools) {
  it.skipIf(promtool.path === undefined)(
    `recorded series hold what they should ${promtool.needs}`,
    async () => {
      const written = Object.fromEntries(
        prometheusFiles().map(({ path, text }) => [path.slice('rules/'.length), text]),
      );
      const file = {
        rule_files: Object.keys(written),
        evaluation_interval: '1m',
        group_eval_order: groups.map(({ name }) => name),
        tests: recordedCases.map(test),
      };
      const { status, output } = await runPromtool(promtool, ['test', 'rules', 'recordings.test.yaml'], {
        ...written,
        'recordings.test.yaml': file,
      });
      expect(output).toMatch(/^(Unit Testing: {2}recordings\.test\.yaml\n)? {2}SUCCESS\n\n$/);
      expect(status).toBe(0);
    },
    120_000,
  );
}
