import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Objective, type PrometheusOptions, prometheusFiles } from '../../src/index.js';

interface WrittenRule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly for?: string;
}

function rulesOf(name: string, options: PrometheusOptions): WrittenRule[] {
  const file = prometheusFiles(options).find(({ path }) => path === `rules/${name}.yaml`);
  if (file === undefined) return [];
  return (parse(file.text) as { groups: { rules: WrittenRule[] }[] }).groups.flatMap(({ rules }) => rules);
}

const checkout: Objective = {
  kind: 'availability',
  name: 'checkout',
  target: 0.9995,
  events: 'operations',
  only: 'checkout',
  job: 'shop|till',
};
const search: Objective = {
  kind: 'latency',
  name: 'search',
  target: 0.95,
  events: 'http_requests',
  only: '/search',
  seconds: 1,
};

it('an objective of operations counts its own operation, in its own services', () => {
  const [events, failures] = rulesOf('objectives', { objectives: [checkout] });
  const selector = 'monitor_operation_duration_seconds_count{job=~"shop|till",monitor_operation_name="checkout"';
  expect(events?.expr).toBe(`sum by (job) (rate(${selector}}[5m]))`);
  expect(failures?.expr).toBe(
    `sum by (job) (rate(${selector},error_type!=""}[5m])) or 0 * sum by (job) (rate(${selector}}[5m]))`,
  );
});

it('the limits of burn rates follow from the target', () => {
  const alerts = rulesOf('objectives', { objectives: [checkout] }).filter(({ alert }) => alert !== undefined);
  expect(alerts.map(({ expr, labels }) => [labels.window, labels.severity, expr.match(/> ([\d.]+)/g)])).toEqual([
    ['1h', 'critical', ['> 0.0072', '> 0.0072']],
    ['6h', 'critical', ['> 0.003', '> 0.003']],
    ['1d', 'warning', ['> 0.0015', '> 0.0015']],
    ['3d', 'warning', ['> 0.0005', '> 0.0005']],
  ]);
});

it('with a low target the burn rates that more than all failures would want are left out', () => {
  const windows = (target: number) =>
    rulesOf('objectives', { objectives: [{ ...checkout, target }] }).flatMap(({ alert, labels }) =>
      alert === undefined ? [] : [labels.window],
    );
  expect(windows(0.95)).toEqual(['1h', '6h', '1d', '3d']);
  expect(windows(0.93)).toEqual(['6h', '1d', '3d']);
  expect(windows(0.8)).toEqual(['1d', '3d']);
  expect(windows(0.5)).toEqual(['3d']);
});

it('a whole second is a bucket by both of its spellings', () => {
  const [, late] = rulesOf('objectives', { objectives: [search] });
  expect(late?.expr).toContain('{http_route="/search",error_type="",le=~"1(\\\\.0)?"}');
});

it('without an objective there is no file of them', () => {
  expect(rulesOf('objectives', { objectives: [] })).toEqual([]);
});

it.each([
  [{ ...search, seconds: 0.3 }, 'objective search: 0.3 s is no boundary of its histogram; they are 0.005, 0.01,'],
  [{ ...search, target: 1 }, 'objective search: target 1 is not between 0 and 1'],
  [{ ...search, target: 99.9 }, 'objective search: target 99.9 is not between 0 and 1'],
  [{ ...search, target: Number.NaN }, 'objective search: target NaN is not between 0 and 1'],
  [{ ...checkout, job: '(' }, 'objective checkout: "(" is no regular expression'],
  [{ ...checkout, name: 'search' }, 'objective search: there are two of this name'],
] as const)('an objective that cannot be is refused by name: %#', (objective, message) => {
  const objectives = objective.kind === 'latency' ? [objective] : [search, objective];
  expect(() => prometheusFiles({ objectives })).toThrow(RangeError);
  expect(() => prometheusFiles({ objectives })).toThrow(message);
});

it('limits of operations of your own are a file of alerts', () => {
  const limits = [{ operation: 'import', seconds: 20, for: '10m', severity: 'critical', job: 'shop' }] as const;
  expect(rulesOf('operations', { operationLimits: limits })).toMatchObject([
    {
      alert: 'OperationSlow',
      expr: 'sum by (job, monitor_operation_name) (rate(monitor_operation_duration_seconds_sum{monitor_operation_name="import",job=~"shop"}[5m])) / (sum by (job, monitor_operation_name) (rate(monitor_operation_duration_seconds_count{monitor_operation_name="import",job=~"shop"}[5m])) > 0) > 20',
      for: '10m',
      labels: { severity: 'critical' },
    },
  ]);
  expect(rulesOf('operations', {})).toEqual([]);
});

it.each([
  [{ operation: 'import', seconds: 0 }, 'limit of import: 0 is no number of seconds'],
  [{ operation: 'import', seconds: Number.NaN }, 'limit of import: NaN is no number of seconds'],
  [{ operation: 'import', seconds: 1, for: '5 minutes' }, 'limit of import: "5 minutes" is no duration, as 5m is'],
])('a limit that cannot be is refused by name: %#', (limit, message) => {
  expect(() => prometheusFiles({ operationLimits: [limit] })).toThrow(new RangeError(message));
});

it('jobs that are meant to end are not missed', () => {
  const missing = rulesOf('targets', { shortLivedJobs: ['nightly-.*', 'import'] }).find(
    ({ alert }) => alert === 'ServiceMetricsMissing',
  );
  expect(missing?.expr).toBe(
    'group by (job) (present_over_time(target_info{job!~"nightly-.*|import"}[1h])) unless group by (job) (target_info{job!~"nightly-.*|import"})',
  );
});

it('a pattern of jobs that is none is refused: Prometheus would not load the file', () => {
  expect(() => prometheusFiles({ shortLivedJobs: ['nightly-.*', '*'] })).toThrow(
    new RangeError('shortLivedJobs: "*" is no regular expression'),
  );
});

it('files that are not wanted are left out, and what the others read stays', () => {
  const names = prometheusFiles({ without: ['spritepal', 'objectives'] }).map(({ path }) => path);
  const all = prometheusFiles().map(({ path }) => path);
  expect(names).toEqual(all.filter((path) => path !== 'rules/spritepal.yaml' && path !== 'rules/objectives.yaml'));
  for (const without of ['recordings', 'sprite']) {
    expect(() => prometheusFiles({ without: [without] })).toThrow(
      new RangeError(
        `without: "${without}" is none of resources, errors, components, targets, telemetry, collector, alerting, objectives, spritepal, pokemon-speedrun, tmux-orchestrator`,
      ),
    );
  }
});
