import { CountsPerSecond, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_COMPONENT_NAME,
  ATTR_COMPONENT_STATE,
  ATTR_ERROR_TYPE,
  COMPONENT_CHECK_DURATION,
  COMPONENT_HEARTBEAT_AGE,
  COMPONENT_RESTARTS,
  COMPONENT_STATES,
  COMPONENT_STATUS,
  type ComponentState,
} from '@otel-monitor/semconv';
import { failed } from '../../prometheus/failed-requests.js';
import { bucketName, countName, seriesName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { GREEN, GREY, HEALTHY, ORANGE, RED } from '../limits.js';
import { by, chosen, quantile, rate, where } from '../promql.js';
import { each } from '../query.js';
import { stateTimeline } from '../state-timeline-panel.js';
import { timeSeries } from '../time-series-panel.js';
import { EACH_PROCESS } from './by-process.js';

const status = seriesName(COMPONENT_STATUS);
const ofState = (state: ComponentState) => chosen(status, where(ATTR_COMPONENT_STATE, '=', state));
const components = [...EACH_PROCESS, ATTR_COMPONENT_NAME];
const checks = ['job', ATTR_COMPONENT_NAME];
const failures = [...checks, ATTR_ERROR_TYPE];

const COLOURS: Readonly<Record<ComponentState, string>> = {
  healthy: GREEN,
  unknown: GREY,
  degraded: ORANGE,
  unhealthy: RED,
};

/** One figure for each component: its state by its place in COMPONENT_STATES. Of the series of a state only the present one is 1. */
const stateAsFigure = by(
  components,
  COMPONENT_STATES.map((state, index) => `${index} * ${ofState(state)}`).join(' or '),
  'max',
);

/** What a service is made of and depends on: `monitor.health.addCheck`, `.heartbeat`. */
export const componentHealth: Section = {
  title: 'Components',
  panels: [
    stateTimeline({
      title: 'State of components',
      description:
        'Each health check and heartbeat, and what depends on them: monitor.health.addCheck({ name, dependsOn }).',
      width: 24,
      height: 10,
      states: Object.fromEntries(COMPONENT_STATES.map((text, index) => [index, { text, color: COLOURS[text] }])),
      queries: [each(components, stateAsFigure)],
    }),
    timeSeries({
      title: 'Healthy components',
      description:
        'Share of the components of each service that are healthy. Of a pool of processes 99 % are promised.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: HEALTHY,
      queries: [each(['job'], `${by(['job'], ofState('healthy'))} / ${by(['job'], chosen(status))}`)],
    }),
    timeSeries({
      title: 'Age of heartbeats',
      description: 'Time since each component was last heard of: monitor.health.heartbeat(name, { everySeconds }).',
      width: 8,
      unit: Seconds,
      queries: [each(components, by(components, chosen(seriesName(COMPONENT_HEARTBEAT_AGE)), 'max'))],
    }),
    timeSeries({
      title: 'Restarts',
      description: 'Restarts of components, by their health check or by an operator, since their process started.',
      width: 8,
      queries: [each(components, by(components, chosen(seriesName(COMPONENT_RESTARTS))))],
    }),
    timeSeries({
      title: 'Time of health checks, p95',
      description: 'A check that becomes slow says so before it fails.',
      width: 12,
      unit: Seconds,
      queries: [each(checks, quantile(0.95, checks, rate(chosen(bucketName(COMPONENT_CHECK_DURATION)))))],
    }),
    timeSeries({
      title: 'Health checks that fail',
      description: 'Failed checks by the class or code of their error.',
      width: 12,
      unit: CountsPerSecond,
      queries: [each(failures, by(failures, rate(chosen(countName(COMPONENT_CHECK_DURATION), failed))))],
    }),
  ],
};
