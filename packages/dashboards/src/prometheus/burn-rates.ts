import { ATTR_ERROR_TYPE, ATTR_HTTP_ROUTE, ATTR_OPERATION_NAME } from '@otel-monitor/semconv';
import { bucketName, countName } from '../series.js';
import { gained, rate } from './expression.js';
import { failed, failedRequest } from './failed-requests.js';
import { is, type Matcher, matches } from './matcher.js';
import { histogramOf, type Objective } from './objective.js';
import type { AlertRule, AlertSeverity, RecordingRule, RuleFile, RuleGroup } from './rule.js';

const REQUESTS = 'job_slo:monitor_slo_events:rate5m';
const FAILURES = 'job_slo:monitor_slo_failures:rate5m';
const FAILURES_OF_AN_HOUR = 'job_slo:monitor_slo_failures:increase1h';
const ratioOver = (window: string) => `job_slo:monitor_slo_failures:ratio_rate${window}`;

interface BurnRate {
  /** How many times faster than the budget of 30 days allows. */
  readonly factor: number;
  /** Enough has been burnt. */
  readonly long: string;
  /** It is still burning. */
  readonly short: string;
  readonly severity: AlertSeverity;
  readonly for: string;
}

/**
 * The windows of the SRE workbook ("Alerting on SLOs", multiwindow, multi-burn-rate): 2 % of the budget of 30 days in an
 * hour, 5 % in six, 10 % in a day, 10 % in three.
 */
const BURN_RATES: readonly BurnRate[] = [
  { factor: 14.4, long: '1h', short: '5m', severity: 'critical', for: '2m' },
  { factor: 6, long: '6h', short: '30m', severity: 'critical', for: '2m' },
  { factor: 3, long: '1d', short: '2h', severity: 'warning', for: '15m' },
  { factor: 1, long: '3d', short: '6h', severity: 'warning', for: '15m' },
];

/**
 * Nobody is woken for fewer failures in an hour: where little is asked for, one failure is a large share (SRE workbook,
 * "Low-Traffic Services and Error Budget Alerting"). Warnings tell of them.
 */
const LEAST_FAILURES = 5;

const WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'];

/** The recorded series and alerts of objectives. */
export const burnRates = (objectives: readonly Objective[]): RuleFile => ({
  name: 'objectives',
  dashboard: 'application-performance',
  about:
    'Objectives, and alerts on how fast their error budgets burn. Long windows are averages of what is recorded of five\n' +
    'minutes, so that three days cost no more than an hour.',
  groups: objectives.map(
    (objective): RuleGroup => ({
      name: `objective-${objective.name}`,
      rules: [...recorded(objective), ...possible(objective).map((burn) => alertOn(objective, burn))],
    }),
  ),
});

/** More than all cannot fail: with a low target the fastest burn rates are out of reach. */
const possible = ({ target }: Objective): readonly BurnRate[] =>
  BURN_RATES.filter(({ factor }) => factor * (1 - target) < 1);

function recorded(objective: Objective): RecordingRule[] {
  const labels = { slo: objective.name };
  const which = is('slo', objective.name);
  const average = (series: string, window: string) => `avg_over_time(${series}{${which}}[${window}])`;
  return [
    { record: REQUESTS, labels, expr: all(objective, rate) },
    { record: FAILURES, labels, expr: bad(objective, rate) },
    { record: FAILURES_OF_AN_HOUR, labels, expr: bad(objective, ofAnHour) },
    ...WINDOWS.map((window) => ({
      record: ratioOver(window),
      labels,
      expr:
        window === '5m'
          ? `${FAILURES}{${which}} / (${REQUESTS}{${which}} > 0)`
          : `${average(FAILURES, window)} / (${average(REQUESTS, window)} > 0)`,
    })),
  ];
}

/** What an objective is about. */
function scope({ events, only, job }: Objective): Matcher[] {
  const name = events === 'operations' ? ATTR_OPERATION_NAME : ATTR_HTTP_ROUTE;
  return [...(job === undefined ? [] : [matches('job', job)]), ...(only === undefined ? [] : [is(name, only)])];
}

/** How much a counter has risen: in a second, or in a window. */
type Rise = (labels: readonly string[], counter: string, ...matchers: readonly Matcher[]) => string;

const ofAnHour: Rise = (labels, counter, ...matchers) => gained(labels, '1h', counter, ...matchers);

const all = (objective: Objective, rise: Rise) => rise(['job'], countName(histogramOf(objective)), ...scope(objective));

/** Events that were not good. */
function bad(objective: Objective, rise: Rise): string {
  const histogram = histogramOf(objective);
  if (objective.kind === 'availability') {
    const failure = objective.events === 'operations' ? failed : failedRequest;
    return `${rise(['job'], countName(histogram), ...scope(objective), failure)} or 0 * ${all(objective, rise)}`;
  }
  const inTime = [...scope(objective), is(ATTR_ERROR_TYPE, ''), boundary(objective.seconds)];
  const good = rise(['job'], bucketName(histogram), ...inTime);
  return `${all(objective, rise)} - (${good} or 0 * ${all(objective, rise)})`;
}

/** `le` of a bucket. In OpenMetrics a whole number is written as 1.0, in the text format and by the Collector as 1. */
const boundary = (seconds: number): Matcher =>
  Number.isInteger(seconds) ? matches('le', `${seconds}(\\.0)?`) : is('le', String(seconds));

function alertOn({ name, target, kind }: Objective, burn: BurnRate): AlertRule {
  const { factor, long, short, severity } = burn;
  const over = (window: string, limit: number) => `${ratioOver(window)}{${is('slo', name)}} > ${limit}`;
  const enough = severity === 'critical' ? [`${FAILURES_OF_AN_HOUR}{${is('slo', name)}} >= ${LEAST_FAILURES}`] : [];
  return {
    alert: 'ErrorBudgetBurn',
    severity,
    limit: Number((factor * (1 - target)).toPrecision(6)),
    expr: (limit) => [over(long, limit), over(short, limit), ...enough].join(' and '),
    for: burn.for,
    labels: { slo: name, window: long },
    summary: `{{ $labels.job }} has missed ${name} in {{ $value | humanizePercentage }} of all cases for ${long}`,
    description:
      `The objective allows ${percent(1 - target)} ${kind === 'latency' ? 'failed or slow' : 'failed'} events; they come ` +
      `${factor === 1 ? 'more often' : `more than ${factor} times as often`} over ${long}, and over the last ${short} too. ` +
      `At this rate the budget of 30 days is gone after ${Number((30 / factor).toPrecision(2))} days.`,
  };
}

const percent = (share: number) => `${Number((share * 100).toPrecision(4))} %`;
