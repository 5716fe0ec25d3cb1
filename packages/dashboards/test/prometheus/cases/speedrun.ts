import { type AlertCase, type Firing, type InputSeries, rising, scoped, steady } from '../alert-case.js';

const job = { job: 'speedrun' };
const instance = { ...job, instance: 'speedrun-1' };

/** Ten runs a minute of so many seconds. */
const takes = (operation: string, seconds: number): InputSeries => {
  const labels = { ...instance, monitor_operation_name: operation };
  return {
    [scoped('monitor_operation_duration_seconds_sum', labels)]: rising(10 * seconds),
    [scoped('monitor_operation_duration_seconds_count', labels)]: rising(10),
  };
};

const experiments = (good: number, failed: number): InputSeries => {
  const count = (labels: Record<string, string>) =>
    scoped('monitor_operation_duration_seconds_count', {
      ...instance,
      monitor_operation_name: 'experiment',
      ...labels,
    });
  return { [count({})]: rising(good), [count({ error_type: 'Timeout' })]: rising(failed) };
};

/** A pool of four, of which so many are healthy from the third minute on. */
const pool = (healthy: number): InputSeries =>
  Object.fromEntries(
    [1, 2, 3, 4].flatMap((number) =>
      ['healthy', 'unhealthy'].map((state) => [
        scoped('monitor_component_status', {
          ...instance,
          monitor_component_name: `process_${number}`,
          monitor_component_state: state,
        }),
        `${state === 'healthy' ? '1 1' : '0 0'} ${steady((state === 'healthy') === number <= healthy ? 1 : 0)}`,
      ]),
    ),
  );

const slow = (monitor_operation_name: string, duration: string): Firing => ({
  severity: 'warning',
  labels: { ...job, monitor_operation_name },
  summary: `speedrun: ${monitor_operation_name} takes ${duration} in the mean`,
});
const fails: Firing = { severity: 'critical', labels: job, summary: 'speedrun: 94% of the experiments succeed' };
const few: Firing = { severity: 'critical', labels: job, summary: 'speedrun has 2 healthy processes' };
const misses = (sla: string): Firing => ({
  severity: 'info',
  labels: { ...job, sla },
  summary: `speedrun misses its target of ${sla}`,
});

export const speedrunCases: readonly AlertCase[] = [
  {
    alert: 'ScriptCompilationSlow',
    when: '170 ms for 5 minutes',
    series: takes('script_compilation', 0.17),
    at: '6m',
    fires: [slow('script_compilation', '170ms')],
  },
  {
    alert: 'ScriptCompilationSlow',
    when: '170 ms for 4 minutes',
    series: takes('script_compilation', 0.17),
    at: '5m',
    fires: [],
  },
  { alert: 'ScriptCompilationSlow', when: '140 ms', series: takes('script_compilation', 0.14), at: '20m', fires: [] },
  {
    alert: 'CheckpointLoadingSlow',
    when: '800 ms for 5 minutes',
    series: takes('checkpoint_loading', 0.8),
    at: '6m',
    fires: [slow('checkpoint_loading', '800ms')],
  },
  {
    alert: 'CheckpointLoadingSlow',
    when: '800 ms for 4 minutes',
    series: takes('checkpoint_loading', 0.8),
    at: '5m',
    fires: [],
  },
  { alert: 'CheckpointLoadingSlow', when: '700 ms', series: takes('checkpoint_loading', 0.7), at: '20m', fires: [] },
  {
    alert: 'CheckpointLoadingSlow',
    when: 'another operation',
    series: takes('script_compilation', 9),
    at: '20m',
    fires: [],
  },
  {
    alert: 'ExperimentSuccessRateLow',
    when: '94 % for 15 minutes',
    series: experiments(94, 6),
    at: '16m',
    fires: [fails],
  },
  { alert: 'ExperimentSuccessRateLow', when: '94 % for 14 minutes', series: experiments(94, 6), at: '15m', fires: [] },
  { alert: 'ExperimentSuccessRateLow', when: '96 %', series: experiments(96, 4), at: '30m', fires: [] },
  { alert: 'ExperimentSuccessRateLow', when: 'no experiment', series: experiments(0, 0), at: '30m', fires: [] },
  { alert: 'HealthyProcessesLow', when: 'two for a minute', series: pool(2), at: '3m', fires: [few] },
  { alert: 'HealthyProcessesLow', when: 'two, just now', series: pool(2), at: '2m', fires: [] },
  { alert: 'HealthyProcessesLow', when: 'three', series: pool(3), at: '20m', fires: [] },
  { alert: 'HealthyProcessesLow', when: 'there is no pool', series: experiments(94, 6), at: '20m', fires: [] },
  {
    alert: 'SlaTargetMissed',
    when: 'compilation takes 110 ms for 15 minutes',
    series: takes('script_compilation', 0.11),
    at: '16m',
    fires: [misses('script_compilation')],
  },
  {
    alert: 'SlaTargetMissed',
    when: 'compilation takes 110 ms for 14 minutes',
    series: takes('script_compilation', 0.11),
    at: '15m',
    fires: [],
  },
  {
    alert: 'SlaTargetMissed',
    when: 'compilation takes 90 ms',
    series: takes('script_compilation', 0.09),
    at: '30m',
    fires: [],
  },
  {
    alert: 'SlaTargetMissed',
    when: 'three of four processes are healthy',
    series: pool(3),
    at: '17m',
    fires: [misses('availability')],
  },
];
