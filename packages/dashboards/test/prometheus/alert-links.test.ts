import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { grafanaFiles, type PrometheusOptions, prometheusFiles, ruleFiles } from '../../src/index.js';
import { preferredPromtool, runPromtool } from './promtool.js';
import { alertRules } from './test-file.js';

const GRAFANA = 'https://grafana.example.com/monitoring';

interface Written {
  readonly alert?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}
const alertsWith = (options: PrometheusOptions): Written[] =>
  prometheusFiles(options)
    .flatMap(({ text }) => (parse(text) as { groups: { rules: Written[] }[] }).groups)
    .flatMap(({ rules }) => rules)
    .filter(({ alert }) => alert !== undefined);

it('without the address of Grafana no alert has a link to a dashboard', () => {
  expect(alertsWith({}).filter(({ annotations }) => annotations?.dashboard_url !== undefined)).toEqual([]);
});

it('with it every alert leads to a dashboard that is there', () => {
  const dashboards = new Set(grafanaFiles().map(({ text }) => (JSON.parse(text) as { uid: string }).uid));
  const links = alertsWith({ grafana: `${GRAFANA}/`, operationLimits: [{ operation: 'import', seconds: 1 }] });
  expect(links.length).toBeGreaterThan(50);
  for (const { alert, annotations } of links) {
    const [, uid] =
      /^https:\/\/grafana\.example\.com\/monitoring\/d\/([^?]+)\?from=now-3h&to=now/.exec(
        annotations?.dashboard_url ?? '',
      ) ?? [];
    expect([...dashboards], alert).toContain(uid);
  }
});

it('every dashboard that an alert leads to has what the link chooses', () => {
  for (const file of ruleFiles()) {
    if (file.dashboard === undefined) continue;
    const { text } = grafanaFiles().find(({ path }) => path === `${file.dashboard}.json`) ?? { text: '{}' };
    const { templating } = JSON.parse(text) as { templating: { list: { name: string }[] } };
    expect(templating.list.map(({ name }) => name)).toEqual(expect.arrayContaining(['job', 'instance']));
  }
});

interface Chosen {
  readonly alert: string;
  readonly series: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly address: string;
}

const CHOSEN: readonly Chosen[] = [
  {
    alert: 'HighOperationErrorRate',
    series: {
      'monitor_operation_duration_seconds_count{job="a&b=c",error_type="E",monitor_operation_name="check out"}':
        '0+10x30',
    },
    labels: { job: 'a&b=c', monitor_operation_name: 'check out' },
    summary: 'a&b=c: 100% of the operations check out fail',
    address: 'error-tracking?from=now-3h&to=now&var-job=a%26b%3Dc&var-operation=check+out',
  },
  {
    alert: 'TargetDown',
    series: { 'up{job="shop",instance="10.0.0.1:9464"}': '0x30' },
    labels: { job: 'shop', instance: '10.0.0.1:9464' },
    summary: 'shop 10.0.0.1:9464 does not answer Prometheus',
    address: 'microservices-health?from=now-3h&to=now&var-job=shop&var-instance=10.0.0.1%3A9464',
  },
  {
    alert: 'NoMetricsAtAll',
    series: { up: '1x30' },
    labels: {},
    summary: 'Prometheus has no metrics of any monitored program',
    address: 'microservices-health?from=now-3h&to=now',
  },
];

it.skipIf(preferredPromtool.path === undefined)(
  `Prometheus chooses service, instance and operation of the alert in it ${preferredPromtool.needs}`,
  async () => {
    const runbooks = 'https://wiki.example.com/r';
    const texts = prometheusFiles({ grafana: GRAFANA, runbooks }).map(({ path, text }) => [
      path.slice('rules/'.length),
      text,
    ]);
    const tests = CHOSEN.map(({ alert, series, labels, summary, address }) => {
      const rule = alertRules.find((each) => each.alert === alert);
      const exp_annotations = {
        summary,
        description: rule?.description,
        runbook_url: `${runbooks}#${alert.toLowerCase()}`,
        dashboard_url: `${GRAFANA}/d/otel-monitor-${address}`,
      };
      return {
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        alert_rule_test: [
          {
            eval_time: '20m',
            alertname: alert,
            exp_alerts: [{ exp_labels: { severity: rule?.severity, ...labels }, exp_annotations }],
          },
        ],
      };
    });
    const file = {
      rule_files: ['recordings.yaml', 'errors.yaml', 'targets.yaml'],
      evaluation_interval: '1m',
      group_eval_order: ['http-requests', 'operations', 'errors-and-usage', 'errors', 'targets'],
      tests,
    };
    const written = { ...Object.fromEntries(texts), 'links.test.yaml': file };
    const { output, status } = await runPromtool(preferredPromtool, ['test', 'rules', 'links.test.yaml'], written);
    expect([status, output.match(/SUCCESS|FAILED/g)]).toEqual([0, ['SUCCESS']]);
  },
);

it.each([
  [{ grafana: 'grafana.example.com' }, 'grafana: "grafana.example.com" is no address'],
  [
    { grafana: 'https://user:word@grafana.example.com' },
    'grafana: "https://user:word@grafana.example.com" is no address',
  ],
  [
    { grafana: 'https://grafana.example.com/?orgId=1' },
    'grafana: "https://grafana.example.com/?orgId=1" is no address',
  ],
  [{ runbooks: '' }, 'runbooks: "" is neither an address nor a path'],
  [{ runbooks: 'docs/{{ $labels.job }}' }, 'runbooks: "docs/{{ $labels.job }}" is neither an address nor a path'],
  [{ runbooks: 'docs/runbooks.md#' }, 'runbooks: "docs/runbooks.md#" is neither an address nor a path'],
])('places that cannot be are refused by name: %j', (options, message) => {
  expect(() => prometheusFiles(options)).toThrow(RangeError);
  expect(() => prometheusFiles(options)).toThrow(message);
});
