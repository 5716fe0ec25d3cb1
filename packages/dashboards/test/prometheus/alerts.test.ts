import { expect, it } from 'vitest';
import { prometheusFiles } from '../../src/index.js';
import { holdsIn } from './alert-case.js';
import { alertCases } from './alert-cases.js';
import { expectCases } from './expect-cases.js';
import { promtools, runPromtool } from './promtool.js';
import { alertRules, allRules, identity, isOf } from './test-file.js';

const casesOf = (alert: string) => alertCases.filter((each) => each.alert === alert);

it.each(alertRules.map((rule) => [identity(rule), rule] as const))(
  '%s has a case that fires and one that does not',
  (_, rule) => {
    const cases = casesOf(rule.alert);
    const fires = (each: (typeof cases)[number]) => each.fires.some((firing) => isOf(rule, firing));
    expect(cases.filter(fires)).not.toEqual([]);
    expect(cases.filter((each) => !fires(each) && Object.keys(each.series).length > 0)).not.toEqual([]);
  },
);

it('no two alerts have one name, severity and labels', () => {
  expect(alertRules.map(identity).filter((each, index, all) => all.indexOf(each) !== index)).toEqual([]);
});

for (const promtool of promtools) {
  it.skipIf(promtool.path === undefined)(`promtool finds no fault in the rules ${promtool.needs}`, async () => {
    const files = Object.fromEntries(prometheusFiles().map(({ path, text }) => [path.slice('rules/'.length), text]));
    const { status, output } = await runPromtool(
      promtool,
      ['check', 'rules', '--lint-fatal', ...Object.keys(files)],
      files,
    );
    expect(output).not.toContain('FAILED');
    expect(output.match(/SUCCESS/g)).toHaveLength(allRules.length);
    expect(status).toBe(0);
  });

  it.skipIf(promtool.path === undefined)(
    `every alert fires when it should and not on a near miss ${promtool.needs}`,
    () =>
      expectCases(
        promtool,
        alertCases.filter((each) => holdsIn(each, promtool)),
      ),
    120_000,
  );
}
