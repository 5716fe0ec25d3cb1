import { type AlertCase, type InputSeries, scoped, steady } from '../alert-case.js';

const database = { job: 'shop', instance: 'shop-1', monitor_component_name: 'database' };

/** The component's state from the third minute on; healthy before. */
function state(present: string): InputSeries {
  return Object.fromEntries(
    ['healthy', 'degraded', 'unhealthy', 'unknown'].map((each) => [
      scoped('monitor_component_status', { ...database, monitor_component_state: each }),
      `${each === 'healthy' ? '1 1' : '0 0'} ${steady(each === present ? 1 : 0)}`,
    ]),
  );
}

const restarts = (values: string): InputSeries => ({ [scoped('monitor_component_restarts_total', database)]: values });
const heartbeat = (age: number): InputSeries => ({
  [scoped('monitor_component_heartbeat_age_seconds', database)]: steady(age),
});

const says = (severity: 'warning' | 'critical', what: string) => ({
  severity,
  labels: database,
  summary: `shop shop-1: database ${what}`,
});

export const componentCases: readonly AlertCase[] = [
  {
    alert: 'ComponentHealthCritical',
    when: 'unhealthy for a minute',
    series: state('unhealthy'),
    at: '3m',
    fires: [says('critical', 'is unhealthy')],
  },
  { alert: 'ComponentHealthCritical', when: 'just unhealthy', series: state('unhealthy'), at: '2m', fires: [] },
  { alert: 'ComponentHealthCritical', when: 'degraded', series: state('degraded'), at: '20m', fires: [] },
  {
    alert: 'ComponentDegraded',
    when: 'degraded for 5 minutes',
    series: state('degraded'),
    at: '7m',
    fires: [says('warning', 'is degraded')],
  },
  { alert: 'ComponentDegraded', when: 'degraded for 4 minutes', series: state('degraded'), at: '6m', fires: [] },
  { alert: 'ComponentDegraded', when: 'unhealthy', series: state('unhealthy'), at: '20m', fires: [] },
  { alert: 'ComponentDegraded', when: 'unknown', series: state('unknown'), at: '20m', fires: [] },
  {
    alert: 'ComponentRestarted',
    when: 'the first restart',
    series: restarts(`_x5 ${steady(1)}`),
    at: '6m',
    fires: [says('warning', 'was restarted')],
  },
  {
    alert: 'ComponentRestarted',
    when: 'one more restart',
    series: restarts(`${steady(3, 19)} ${steady(4)}`),
    at: '22m',
    fires: [says('warning', 'was restarted')],
  },
  { alert: 'ComponentRestarted', when: 'a restart long ago', series: restarts(steady(1)), at: '20m', fires: [] },
  {
    alert: 'ComponentRestartLoop',
    when: 'four restarts',
    series: restarts(`0+1x4 ${steady(4)}`),
    at: '5m',
    fires: [says('critical', 'was restarted 4 times in 15 minutes')],
  },
  {
    alert: 'ComponentRestartLoop',
    when: 'three restarts',
    series: restarts(`0+1x3 ${steady(3)}`),
    at: '5m',
    fires: [],
  },
  { alert: 'ComponentRestartLoop', when: 'four, an hour ago', series: restarts(steady(4, 60)), at: '60m', fires: [] },
  {
    alert: 'ComponentHeartbeatLate',
    when: '650 s for a minute',
    series: heartbeat(650),
    at: '1m',
    fires: [says('warning', 'has not been heard of for 10m 50s')],
  },
  { alert: 'ComponentHeartbeatLate', when: '650 s, just seen', series: heartbeat(650), at: '0m', fires: [] },
  { alert: 'ComponentHeartbeatLate', when: '590 s', series: heartbeat(590), at: '20m', fires: [] },
];
