import {
  ATTR_COMPONENT_NAME,
  ATTR_COMPONENT_STATE,
  COMPONENT_HEARTBEAT_AGE,
  COMPONENT_RESTARTS,
  COMPONENT_STATUS,
  type ComponentState,
} from '@otel-monitor/semconv';
import { seriesName } from '../series.js';
import { by, rises } from './expression.js';
import { is, select } from './matcher.js';
import type { RuleFile } from './rule.js';

const perComponent = ['job', 'instance', ATTR_COMPONENT_NAME];
const inState = (state: ComponentState) =>
  `max ${by(perComponent)} (${select(seriesName(COMPONENT_STATUS), is(ATTR_COMPONENT_STATE, state))}) == 1`;
const restarts = (window: '5m' | '15m') => rises(perComponent, seriesName(COMPONENT_RESTARTS), window);
const who = '{{ $labels.job }} {{ $labels.instance }}: {{ $labels.monitor_component_name }}';

/** The health that programs tell of their own components. */
export const componentAlerts: RuleFile = {
  name: 'components',
  dashboard: 'microservices-health',
  about: 'Components that are unhealthy, degraded, restarted or silent, as programs tell it of themselves.',
  groups: [
    {
      name: 'components',
      rules: [
        {
          alert: 'ComponentHealthCritical',
          severity: 'critical',
          expr: () => inState('unhealthy'),
          for: '1m',
          summary: `${who} is unhealthy`,
          description: 'Its check fails, its heartbeat is missed, or something that it depends on is unhealthy.',
        },
        {
          alert: 'ComponentDegraded',
          severity: 'warning',
          expr: () => inState('degraded'),
          for: '5m',
          summary: `${who} is degraded`,
          description: 'It works, and not as it should: its check says so, or its heartbeat is late.',
        },
        {
          alert: 'ComponentRestarted',
          severity: 'warning',
          limit: 0,
          expr: (limit) => `${restarts('15m')} > ${limit}`,
          summary: `${who} was restarted`,
          description: 'A component was restarted within the last 15 minutes, by its health check or by an operator.',
        },
        {
          alert: 'ComponentRestartLoop',
          severity: 'critical',
          limit: 3,
          expr: (limit) => `${restarts('15m')} > ${limit}`,
          summary: `${who} was restarted {{ $value | humanize }} times in 15 minutes`,
          description: 'Restarts do not mend it.',
        },
        {
          alert: 'ComponentHeartbeatLate',
          severity: 'warning',
          limit: 600,
          expr: (limit) => `max ${by(perComponent)} (${seriesName(COMPONENT_HEARTBEAT_AGE)}) > ${limit}`,
          for: '1m',
          summary: `${who} has not been heard of for {{ $value | humanizeDuration }}`,
          description:
            'A component that says when its next heartbeat is due becomes degraded and unhealthy by itself; this is for one ' +
            'whose interval is too long or was never right.',
        },
      ],
    },
  ],
};
