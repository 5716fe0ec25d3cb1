import { DurationSeconds } from '@grafana/grafana-foundation-sdk/units';
import { ALERT_LABELS, ALERT_SINCE, ALERT_TITLES, FIRING, PENDING } from '../alert-series.js';
import type { Section } from '../dashboard.js';
import { ORANGE, RED } from '../limits.js';
import { type Aggregation, by } from '../promql.js';
import { each, query } from '../query.js';
import { stat } from '../stat-panel.js';
import { stateTimeline } from '../state-timeline-panel.js';
import { table } from '../table-panel.js';
import { timeSeries } from '../time-series-panel.js';

const names = ['alertname', 'severity'];
const of = (severity: string, series = FIRING) => series.replace('{', `{severity=~"${severity}", `);
const chosenSeverity = '$severity';
const number = (series: string) => `count(${series}) or vector(0)`;
const firing = of(chosenSeverity);
const pending = of(chosenSeverity, PENDING);

/** How long each has been what it is. Alerts differ from their times by the label of their state alone. */
const lasting = (series: string, aggregation: Aggregation = 'max') =>
  by(ALERT_LABELS, `time() - (${ALERT_SINCE} and ignoring (alertstate) ${series})`, aggregation);

/** How long alerts of a name have fired in the time that is shown, as closely as points are drawn. */
const timeFiring = `count_over_time((${by(names, firing, 'max')})[$__range:$__interval]) * $__interval_ms / 1000`;

export const activeAlerts: Section = {
  title: 'Active alerts',
  panels: [
    stat({
      title: 'Critical',
      description: 'Critical alerts that fire: somebody is told at once.',
      width: 6,
      limits: { warning: 1, critical: 1 },
      queries: [query(number(of('critical')))],
    }),
    stat({
      title: 'Warnings',
      description: 'Warnings that fire: somebody is told when they last.',
      width: 6,
      limits: { warning: 1, critical: 10 },
      queries: [query(number(of('warning')))],
    }),
    stat({
      title: 'All that fire',
      description: 'Alerts that fire, of the chosen severities.',
      width: 6,
      queries: [query(number(firing))],
    }),
    stat({
      title: 'Pending',
      description: 'Alerts whose condition holds, and not yet for as long as the rule wants.',
      width: 6,
      queries: [query(number(pending))],
    }),
    table({
      title: 'Alerts that fire',
      description:
        'Each alert and since when. Runbooks are linked from Alertmanager: its annotations are not in Prometheus.',
      width: 12,
      labels: ALERT_TITLES,
      values: [{ title: 'For', unit: DurationSeconds }],
      sortedBy: 'For',
      queries: [query(lasting(firing))],
    }),
    table({
      title: 'Alerts that are pending',
      description: 'Alerts whose condition holds, and for how long.',
      width: 12,
      labels: ALERT_TITLES,
      values: [{ title: 'For', unit: DurationSeconds }],
      sortedBy: 'For',
      queries: [query(lasting(pending))],
    }),
  ],
};

export const alertHistory: Section = {
  title: 'History of alerts',
  panels: [
    stateTimeline({
      title: 'When alerts fired',
      description: 'One band an alert; the label of its severity is beside it.',
      width: 24,
      height: 10,
      states: { '1': { text: 'firing', color: RED }, '0': { text: 'pending', color: ORANGE } },
      queries: [each(names, `${by(names, firing, 'max')} or 0 * ${by(names, pending, 'max')}`)],
    }),
    timeSeries({
      title: 'Alerts by severity',
      description: 'How many fire at once.',
      width: 12,
      height: 9,
      stacked: true,
      queries: [each(['severity'], by(['severity'], firing))],
    }),
    table({
      title: 'Most frequent alerts',
      description: 'How long alerts have fired in the time that is shown, those that are over included.',
      width: 12,
      labels: { alertname: 'Alert', severity: 'Severity' },
      values: [{ title: 'Time', unit: DurationSeconds }],
      sortedBy: 'Time',
      queries: [query(timeFiring)],
    }),
  ],
};
