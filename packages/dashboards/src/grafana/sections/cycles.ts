import { CountsPerSecond, OpsPerSecond, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import { ATTR_OPERATION_NAME, ERRORS, OPERATION_DURATION } from '@otel-monitor/semconv';
import { agentCycleLimits } from '../../prometheus/agent-cycle-limits.js';
import { failed } from '../../prometheus/failed-requests.js';
import { bucketName, countName, customSeriesName, seriesName, sumName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { ERRORS_A_SECOND, FAILURES } from '../limits.js';
import { by, chosen, quantile, rate, share, where } from '../promql.js';
import { each, query, withExemplars } from '../query.js';
import { stat } from '../stat-panel.js';
import { timeSeries } from '../time-series-panel.js';

const service = ['job'];
const cycle = where(ATTR_OPERATION_NAME, '=', 'monitoring_cycle');
const count = (...matchers: string[]) => chosen(countName(OPERATION_DURATION), cycle, ...matchers);
const agents = chosen(customSeriesName('agents_total'));
const mean = (labels: readonly string[]) =>
  `${by(labels, rate(chosen(sumName(OPERATION_DURATION), cycle)))} / (${by(labels, rate(count()))} > 0)`;

/** What a cycle may take by the number of agents, computed here as the rules of Prometheus do it. */
const limits = agentCycleLimits.map(({ expr }, index) =>
  query(`(${expr}) and on (job) ${agents}`, `{{job}} ${index === 0 ? 'warning' : 'critical'}`),
);

/** Agents looked after in a second: how many there are, times how often. */
const throughput = `${by(service, agents, 'max')} * on (job) ${by(service, rate(count()))}`;

/** Cycles of a service that looks after agents: `monitor.operation('monitoring_cycle', …)`. */
export const cycles: Section = {
  title: 'Performance: cycles',
  panels: [
    stat({
      title: 'Mean cycle',
      description: "Mean time of a cycle: monitor.operation('monitoring_cycle', …).",
      width: 6,
      unit: Seconds,
      limits: { warning: 0.5, critical: 0.75 },
      queries: [query(mean([]))],
    }),
    stat({
      title: 'Cycles',
      description: 'Cycles that end.',
      width: 6,
      unit: OpsPerSecond,
      queries: [query(by([], rate(count())))],
    }),
    stat({
      title: 'Agents a second',
      description:
        "Agents that are looked after: their number, as monitor.addCollector('agents', …) tells it, by cycles.",
      width: 6,
      unit: CountsPerSecond,
      queries: [query(by([], throughput))],
    }),
    stat({
      title: 'Failed cycles',
      description: 'Share of the cycles that failed.',
      width: 6,
      unit: PercentUnit,
      limits: FAILURES,
      queries: [query(share([], rate(count(failed)), rate(count())))],
    }),
    timeSeries({
      title: 'Time of cycles',
      description: 'Mean and quantiles. Points are single cycles: a click leads to the trace.',
      width: 8,
      unit: Seconds,
      queries: [
        query(mean([]), 'mean'),
        query(quantile(0.5, [], rate(chosen(bucketName(OPERATION_DURATION), cycle))), 'p50'),
        withExemplars(query(quantile(0.95, [], rate(chosen(bucketName(OPERATION_DURATION), cycle))), 'p95')),
      ],
    }),
    timeSeries({
      title: 'Mean cycle and its limits',
      description:
        'The mean against what it may be at the number of agents: 30 and 50 ms up to ten agents, 500 and 750 ms from a hundred on.',
      width: 8,
      unit: Seconds,
      queries: [query(mean(service), '{{job}} mean'), ...limits],
    }),
    timeSeries({
      title: 'Errors a second',
      description: 'Errors of the service: 5 a minute are a warning.',
      width: 8,
      unit: CountsPerSecond,
      limits: ERRORS_A_SECOND,
      queries: [each(service, by(service, rate(chosen(seriesName(ERRORS)))))],
    }),
  ],
};
