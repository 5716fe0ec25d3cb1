import { expect, it } from 'vitest';
import type { AlertCase, Firing, InputSeries } from './alert-case.js';
import { alertCases } from './alert-cases.js';
import { expectCases } from './expect-cases.js';
import { preferredPromtool as promtool } from './promtool.js';
import { alertRules } from './test-file.js';

/** Alerts that are about Prometheus as a whole: another service that is well ends them. */
const OF_EVERYTHING: ReadonlySet<string> = new Set(['Watchdog', 'NoMetricsAtAll']);
/** Rules for one job alone, by its name. */
const OWN_JOBS = /job="(spritepal|tmux-orchestrator)"/;

type Labels = Readonly<Record<string, string>>;

/** The same series, and what fires on them, with other values of some labels that they have. */
const relabelled = (series: InputSeries, labels: Labels): InputSeries =>
  Object.fromEntries(Object.entries(series).map(([name, values]) => [withLabels(name, labels), values]));
const withLabels = (selector: string, labels: Labels): string =>
  Object.entries(labels).reduce(
    (text, [label, value]) => text.replace(new RegExp(`([{,])${label}="[^"]*"`), `$1${label}="${value}"`),
    selector,
  );

/** The same of another service. The summary names it where the labels do. */
function elsewhere(firing: Firing, labels: Labels): Firing {
  const changed = Object.entries(labels).filter(([label]) => label in firing.labels);
  return {
    ...firing,
    labels: { ...firing.labels, ...Object.fromEntries(changed) },
    summary: changed.reduce(
      (text, [label, value]) => text.replace(firing.labels[label] as string, value),
      firing.summary,
    ),
  };
}

const firingCases = alertCases.filter(
  ({ alert, fires, at, series }) =>
    fires.length > 0 &&
    !OF_EVERYTHING.has(alert) &&
    Number.parseInt(at, 10) <= 75 &&
    /instance="/.test(Object.keys(series).join()),
);

/** One that fires of each alert and severity. */
const examples = firingCases.filter(
  (each, index) =>
    firingCases.findIndex(
      ({ alert, fires }) => alert === each.alert && fires[0]?.severity === each.fires[0]?.severity,
    ) === index,
);

/** Two services with the same trouble, whose instances have the same names: each fires under its own name, but for the rules of one job. */
function bothServices(each: AlertCase): AlertCase[] {
  const other = { job: 'till' };
  const expressions = alertRules.filter(({ alert }) => alert === each.alert).map(({ expr, limit = 0 }) => expr(limit));
  const isOfOneJob = expressions.some((expr) => OWN_JOBS.test(expr));
  if (each.fires[0]?.labels.job === undefined) return [];
  return [
    {
      ...each,
      when: 'two services',
      series: { ...each.series, ...relabelled(each.series, other) },
      fires: [...each.fires, ...(isOfOneJob ? [] : each.fires.map((firing) => elsewhere(firing, other)))],
    },
  ];
}

/** Three instances of which one alone has the trouble: it fires under the name of that one. */
function oneOfThree(each: AlertCase): AlertCase[] {
  const { instance } = each.fires[0]?.labels ?? {};
  if (instance === undefined) return [];
  const calm = quiet(each);
  if (Object.keys(calm).length === 0) return [];
  const well = ['other-1', 'other-2'].map((name) => relabelled(calm, { instance: name }));
  return [{ ...each, when: 'one of three instances', series: Object.assign({}, each.series, ...well) as InputSeries }];
}

/** The series of a case of the alert that does not fire, and never did until then. */
function quiet({ alert, at, series }: AlertCase): InputSeries {
  const names = Object.keys(series).toSorted().join();
  const found = alertCases.find(
    (each) =>
      each.alert === alert &&
      each.fires.length === 0 &&
      Number.parseInt(each.at, 10) >= Number.parseInt(at, 10) &&
      Object.keys(each.series).toSorted().join() === names &&
      !/long ago|an hour ago/.test(each.when),
  );
  return found?.series ?? {};
}

it('there is one of each alert that is about a service or an instance', () => {
  const shown = new Set(examples.map(({ alert }) => alert));
  const missing = new Set(alertRules.map(({ alert }) => alert).filter((alert) => !shown.has(alert)));
  expect([...missing].toSorted()).toEqual([...OF_EVERYTHING].toSorted());
  expect(examples.flatMap(bothServices).length).toBe(45);
  expect(new Set(examples.flatMap(oneOfThree).map(({ alert }) => alert)).size).toBe(18);
});

it.skipIf(promtool.path === undefined)(
  `each alert fires for the right service, and for the right one of three instances ${promtool.needs}`,
  () =>
    expectCases(
      promtool,
      examples.flatMap((each) => [...bothServices(each), ...oneOfThree(each)]),
    ),
  120_000,
);
