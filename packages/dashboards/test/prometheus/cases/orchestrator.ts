import { type AlertCase, type Firing, type InputSeries, rising, scoped, steady } from '../alert-case.js';

const job = { job: 'tmux-orchestrator' };
const instance = { ...job, instance: 'daemon-1' };
const cycleOf = { ...instance, monitor_operation_name: 'monitoring_cycle' };

/** Ten runs a minute of so many seconds. */
const takes = (operation: string, seconds: number): InputSeries => {
  const labels = { ...instance, monitor_operation_name: operation };
  return {
    [scoped('monitor_operation_duration_seconds_sum', labels)]: rising(10 * seconds),
    [scoped('monitor_operation_duration_seconds_count', labels)]: rising(10),
  };
};
const cycles = (agents: number, seconds: number): InputSeries => ({
  ...takes('monitoring_cycle', seconds),
  [scoped('monitor_custom_agents_total', { ...instance, monitor_collector_name: 'agents' })]: steady(agents),
});

/**
 * Cycles of a tenth of a second for an hour, and of so many seconds from then on. Prometheus 3 forgets the minute before a window
 * that 2 still counts: the seconds are such that both are over a limit in the same minute.
 */
const degrading = (seconds: number): InputSeries => ({
  [scoped('monitor_operation_duration_seconds_sum', cycleOf)]: `0+1x60 ${60 + 10 * seconds}+${10 * seconds}x30`,
  [scoped('monitor_operation_duration_seconds_count', cycleOf)]: rising(10, 91),
});

const detectionErrors = (perMinute: number): InputSeries => ({
  [scoped('monitor_errors_total', {
    ...instance,
    monitor_operation_name: 'agent_detection',
    monitor_error_severity: 'info',
    error_type: 'Timeout',
  })]: rising(perMinute),
});
const detections = (good: number, failed: number): InputSeries => {
  const count = (labels: Record<string, string>) =>
    scoped('monitor_operation_duration_seconds_count', {
      ...instance,
      monitor_operation_name: 'agent_detection',
      ...labels,
    });
  return { [count({})]: rising(good), [count({ error_type: 'Timeout' })]: rising(failed) };
};
const memory = (megabytes: number, labels: Record<string, string> = instance): InputSeries => ({
  [scoped('process_memory_usage_bytes', labels)]: steady(megabytes * 1e6),
});
const cpu = (share: number, labels: Record<string, string> = instance): InputSeries => ({
  [scoped('process_cpu_utilization_ratio', { ...labels, cpu_mode: 'user' })]: steady(share - 0.02),
  [scoped('process_cpu_utilization_ratio', { ...labels, cpu_mode: 'system' })]: steady(0.02),
});
const stateFile = (megabytes: number): InputSeries => ({
  [scoped('monitor_custom_state_file_bytes', { ...instance, monitor_collector_name: 'agents' })]: steady(
    megabytes * 1e6,
  ),
});

type Severity = Firing['severity'];
const firing = (severity: Severity, labels: Record<string, string>, summary: string): Firing => ({
  severity,
  labels,
  summary,
});
const slow = (severity: Severity, monitor_operation_name: string, duration: string) =>
  firing(
    severity,
    { ...job, monitor_operation_name },
    `tmux-orchestrator: ${monitor_operation_name} takes ${duration} in the mean`,
  );
const degraded = (severity: Severity, times: string) =>
  firing(severity, job, `tmux-orchestrator: a cycle takes ${times} times what it took in the day before`);
const over = (severity: Severity, duration: string) =>
  firing(severity, job, `tmux-orchestrator: a cycle takes ${duration}, too long for the number of its agents`);
const uses = (severity: Severity, what: string) =>
  firing(severity, instance, `tmux-orchestrator daemon-1 uses ${what}`);
const file = (severity: Severity, size: string) =>
  firing(severity, instance, `tmux-orchestrator daemon-1: the state file has ${size}`);

const undetected = firing('warning', instance, 'tmux-orchestrator daemon-1: 0.11 errors a second in agent_detection');
const inaccurate = firing(
  'critical',
  { ...job, monitor_operation_name: 'agent_detection' },
  'tmux-orchestrator: 94% of the detections succeed',
);

const on = (alert: string, when: string, series: InputSeries, at: string, ...fires: Firing[]): AlertCase => ({
  alert,
  when,
  series,
  at,
  fires,
});

export const orchestratorCases: readonly AlertCase[] = [
  on(
    'MonitoringCycleTimeHigh',
    '550 ms for 5 minutes',
    takes('monitoring_cycle', 0.55),
    '6m',
    slow('warning', 'monitoring_cycle', '550ms'),
  ),
  on('MonitoringCycleTimeHigh', '550 ms for 4 minutes', takes('monitoring_cycle', 0.55), '5m'),
  on('MonitoringCycleTimeHigh', '450 ms', takes('monitoring_cycle', 0.45), '20m'),
  on('MonitoringCycleDegraded', '1.9 times for 5 minutes', degrading(0.19), '68m', degraded('warning', '1.9')),
  on('MonitoringCycleDegraded', '1.9 times for 4 minutes', degrading(0.19), '67m'),
  on('MonitoringCycleDegraded', '1.4 times', degrading(0.14), '70m'),
  on('MonitoringCycleDegraded', '2.3 times for a minute', degrading(0.23), '65m', degraded('critical', '2.3')),
  on('MonitoringCycleDegraded', '2.3 times, just now', degrading(0.23), '64m'),
  on('MonitoringCycleOverLimit', '35 ms for 5 agents, 5 minutes', cycles(5, 0.035), '6m', over('warning', '35ms')),
  on('MonitoringCycleOverLimit', '35 ms for 5 agents, 4 minutes', cycles(5, 0.035), '5m'),
  on('MonitoringCycleOverLimit', '55 ms for 5 agents, a minute', cycles(5, 0.055), '2m', over('critical', '55ms')),
  on('MonitoringCycleOverLimit', '55 ms for 5 agents, just now', cycles(5, 0.055), '1m'),
  on('MonitoringCycleOverLimit', '29 ms for 5 agents', cycles(5, 0.029), '20m'),
  on('MonitoringCycleOverLimit', '55 ms for 20 agents', cycles(20, 0.055), '20m'),
  on('MonitoringCycleOverLimit', '55 ms and nobody tells of agents', takes('monitoring_cycle', 0.055), '20m'),
  on('AgentDetectionFailure', '0.11 a second for 2 minutes', detectionErrors(6.6), '7m', undetected),
  on('AgentDetectionFailure', '0.11 a second for a minute', detectionErrors(6.6), '6m'),
  on('AgentDetectionFailure', '0.09 a second', detectionErrors(5.4), '20m'),
  on('AgentDetectionAccuracyLow', '94 % for 5 minutes', detections(94, 6), '6m', inaccurate),
  on('AgentDetectionAccuracyLow', '94 % for 4 minutes', detections(94, 6), '5m'),
  on('AgentDetectionAccuracyLow', '96 %', detections(96, 4), '20m'),
  on('ProcessMemoryHigh', '160 MB for 2 minutes', memory(160), '2m', uses('warning', '160MB of memory')),
  on('ProcessMemoryHigh', '160 MB for a minute', memory(160), '1m'),
  on('ProcessMemoryHigh', '210 MB for a minute', memory(210), '1m', uses('critical', '210MB of memory')),
  on('ProcessMemoryHigh', '210 MB, just now', memory(210), '0m'),
  on('ProcessMemoryHigh', '190 MB', memory(190), '20m', uses('warning', '190MB of memory')),
  on('ProcessMemoryHigh', '140 MB', memory(140), '20m'),
  on('ProcessMemoryHigh', 'another service with 900 MB', memory(900, { ...instance, job: 'shop' }), '20m'),
  on('ProcessCpuHigh', '22 % for 2 minutes', cpu(0.22), '2m', uses('warning', '22% of the processors')),
  on('ProcessCpuHigh', '22 % for a minute', cpu(0.22), '1m'),
  on(
    'ProcessCpuHigh',
    '32 % for 2 minutes',
    cpu(0.32),
    '2m',
    uses('warning', '32% of the processors'),
    uses('critical', '32% of the processors'),
  ),
  on('ProcessCpuHigh', '32 % for a minute', cpu(0.32), '1m'),
  on('ProcessCpuHigh', '28 %', cpu(0.28), '20m', uses('warning', '28% of the processors')),
  on('ProcessCpuHigh', '18 %', cpu(0.18), '20m'),
  on('ProcessCpuHigh', 'another service with 90 %', cpu(0.9, { ...instance, job: 'shop' }), '20m'),
  on(
    'ComponentLoadSlow',
    '11 s for a minute',
    takes('component_load', 11),
    '2m',
    slow('warning', 'component_load', '11s'),
  ),
  on(
    'ComponentLoadSlow',
    '16 s for a minute',
    takes('component_load', 16),
    '2m',
    slow('warning', 'component_load', '16s'),
    slow('critical', 'component_load', '16s'),
  ),
  on('ComponentLoadSlow', '16 s, just now', takes('component_load', 16), '1m'),
  on('ComponentLoadSlow', '14 s', takes('component_load', 14), '20m', slow('warning', 'component_load', '14s')),
  on('ComponentLoadSlow', '9 s', takes('component_load', 9), '20m'),
  on('StateFileLarge', '22 MB for 15 minutes', stateFile(22), '15m', file('warning', '22MB')),
  on('StateFileLarge', '55 MB for 15 minutes', stateFile(55), '15m', file('warning', '55MB'), file('critical', '55MB')),
  on('StateFileLarge', '55 MB for 14 minutes', stateFile(55), '14m'),
  on('StateFileLarge', '45 MB', stateFile(45), '20m', file('warning', '45MB')),
  on('StateFileLarge', '18 MB', stateFile(18), '20m'),
];
