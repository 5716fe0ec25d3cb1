import { expect } from 'vitest';
import { ruleFileText } from '../../src/prometheus/prometheus-files.js';
import { RUNBOOKS } from '../../src/prometheus/rule-files.js';
import type { AlertCase } from './alert-case.js';
import { type Promtool, runPromtool } from './promtool.js';
import { rulesFor, testFile } from './test-file.js';

/** Each alert is a test file of its own, with its rules and what they read, for this promtool. */
export async function expectCases(promtool: Promtool, cases: readonly AlertCase[]): Promise<void> {
  const alerts = [...new Set(cases.map(({ alert }) => alert))];
  const files = alerts.flatMap((alert) => {
    const rules = rulesFor(alert);
    const own = cases.filter((each) => each.alert === alert);
    return [
      [`${alert}.yaml`, ruleFileText(rules, { runbooks: RUNBOOKS })],
      [`${alert}.test.yaml`, testFile(`${alert}.yaml`, rules, own)],
    ] as const;
  });
  const { output, status } = await runPromtool(
    promtool,
    ['test', 'rules', ...alerts.map((alert) => `${alert}.test.yaml`)],
    Object.fromEntries(files),
  );
  expect(output).not.toContain('FAILED');
  expect(output.match(/SUCCESS/g)).toHaveLength(alerts.length);
  expect(status).toBe(0);
}
