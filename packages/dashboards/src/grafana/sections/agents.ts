import { CountsPerSecond, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_ERROR_TYPE,
  ATTR_FEATURE_ACTION,
  ATTR_FEATURE_NAME,
  ATTR_OPERATION_NAME,
  FEATURE_USES,
  OPERATION_DURATION,
} from '@otel-monitor/semconv';
import { failed } from '../../prometheus/failed-requests.js';
import { bucketName, countName, customSeriesName, seriesName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { DETECTIONS, HEALTHY_AGENTS } from '../limits.js';
import { by, chosen, quantile, rate, share, where } from '../promql.js';
import { each, query, withExemplars } from '../query.js';
import { stat } from '../stat-panel.js';
import { timeSeries } from '../time-series-panel.js';

const service = ['job'];
const detection = where(ATTR_OPERATION_NAME, '=', 'agent_detection');
const detections = (...matchers: string[]) => chosen(countName(OPERATION_DURATION), detection, ...matchers);
const failures = [...service, ATTR_ERROR_TYPE];
const states = [...service, ATTR_FEATURE_ACTION];
/** How many agents: of several processes of a service each tells all of them. */
const agents = (key: string, labels: readonly string[] = service) =>
  by(labels, by(service, chosen(customSeriesName(key)), 'max'));

/** How many agents there are, how they are, and whether they are found. */
export const agentAnalytics: Section = {
  title: 'Agents',
  panels: [
    stat({
      title: 'Agents',
      description: "monitor.addCollector('agents', () => ({ agents_total, agents_healthy, agents_idle })).",
      width: 8,
      queries: [query(agents('agents_total', []))],
    }),
    stat({
      title: 'Healthy agents',
      description: 'Share of the agents that are healthy: agents_healthy of agents_total.',
      width: 8,
      unit: PercentUnit,
      limits: HEALTHY_AGENTS,
      queries: [query(`${agents('agents_healthy', [])} / (${agents('agents_total', [])} > 0)`)],
    }),
    stat({
      title: 'Detections that succeed',
      description:
        "Share of monitor.operation('agent_detection', …) that did not fail. Below 95 % a release is taken back.",
      width: 8,
      unit: PercentUnit,
      limits: DETECTIONS,
      queries: [query(`1 - ${share([], rate(detections(failed)), rate(detections()))}`)],
    }),
    timeSeries({
      title: 'Agents by state',
      description: 'All agents, those that are healthy, and those that are idle.',
      width: 8,
      queries: [
        query(agents('agents_total'), '{{job}} all'),
        query(agents('agents_healthy'), '{{job}} healthy'),
        query(agents('agents_idle'), '{{job}} idle'),
      ],
    }),
    timeSeries({
      title: 'Changes of state',
      description: "Changes by the new state: monitor.trackFeature('agent_state', 'idle').",
      width: 8,
      unit: CountsPerSecond,
      queries: [
        each(states, by(states, rate(chosen(seriesName(FEATURE_USES), where(ATTR_FEATURE_NAME, '=', 'agent_state'))))),
      ],
    }),
    timeSeries({
      title: 'Detections',
      description: 'Agents that are looked for, and those that were not found.',
      width: 8,
      unit: CountsPerSecond,
      queries: [
        query(by(service, rate(detections())), '{{job}} all'),
        query(by(failures, rate(detections(failed))), '{{job}} failed {{error_type}}'),
      ],
    }),
    timeSeries({
      title: 'Success of detections',
      description: 'Share of the detections that did not fail.',
      width: 12,
      unit: PercentUnit,
      max: 1,
      limits: DETECTIONS,
      queries: [each(service, `1 - ${share(service, rate(detections(failed)), rate(detections()))}`)],
    }),
    timeSeries({
      title: 'Time of detections, p95',
      description: '95 of 100 detections take this time or less.',
      width: 12,
      unit: Seconds,
      queries: [
        withExemplars(each(service, quantile(0.95, service, rate(chosen(bucketName(OPERATION_DURATION), detection))))),
      ],
    }),
  ],
};
