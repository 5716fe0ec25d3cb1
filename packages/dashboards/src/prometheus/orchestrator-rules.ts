import {
  ATTR_OPERATION_NAME,
  ERRORS,
  OPERATION_DURATION,
  PROCESS_CPU_UTILIZATION,
  PROCESS_MEMORY_USAGE,
} from '@otel-monitor/semconv';
import { customSeriesName, seriesName } from '../series.js';
import { agentCycleLimitName, agentCycleLimits } from './agent-cycle-limits.js';
import { by, rate } from './expression.js';
import { is, select } from './matcher.js';
import { operationLimitAlert } from './operation-limit.js';
import { OPERATION_FAILED, OPERATION_MEAN } from './recordings.js';
import type { AlertRule, RuleFile } from './rule.js';

const JOB = is('job', 'tmux-orchestrator');
const perProcess = by(['job', 'instance']);
const cycle = `max by (job) (${select(OPERATION_MEAN, is(ATTR_OPERATION_NAME, 'monitoring_cycle'))})`;
const BASELINE = `job:${seriesName(OPERATION_DURATION)}:monitoring_cycle_baseline1d`;

type Level = Pick<AlertRule, 'severity' | 'limit' | 'for'>;
const levels = (rule: Omit<AlertRule, 'severity' | 'limit' | 'for'>, ...of: Level[]): AlertRule[] =>
  of.map((level) => ({ ...rule, ...level }));

const degraded: Omit<AlertRule, 'severity'> = {
  alert: 'MonitoringCycleDegraded',
  expr: (limit) => `${cycle} / ${BASELINE} > ${limit}`,
  summary: '{{ $labels.job }}: a cycle takes {{ $value | humanize }} times what it took in the day before',
  description: 'The mean of five minutes against the mean of the day before it.',
};

const overLimit = (severity: 'warning' | 'critical'): AlertRule => ({
  alert: 'MonitoringCycleOverLimit',
  severity,
  expr: () => `${cycle} > ${agentCycleLimitName(severity)}`,
  for: severity === 'critical' ? '1m' : '5m',
  summary: '{{ $labels.job }}: a cycle takes {{ $value | humanizeDuration }}, too long for the number of its agents',
  description: 'The limit grows with the number of agents: 30 and 50 ms up to ten, 500 and 750 ms from a hundred on.',
});

/** Limits of a service that looks after agents in cycles. */
export const orchestratorRules: RuleFile = {
  name: 'tmux-orchestrator',
  dashboard: 'agents-and-cycles',
  about:
    'Limits of one kind of service, and an example for your own: a daemon that looks after agents in cycles. Its\n' +
    'operations are monitoring_cycle, agent_detection and component_load; a collector gives agents_total and\n' +
    'state_file_bytes. Limits of CPU and memory are for job="tmux-orchestrator" alone; the others for whoever has these\n' +
    'operations.',
  groups: [
    {
      name: 'tmux-orchestrator-limits',
      rules: [
        ...agentCycleLimits,
        {
          record: BASELINE,
          expr: `max by (job) (avg_over_time(${select(OPERATION_MEAN, is(ATTR_OPERATION_NAME, 'monitoring_cycle'))}[1d] offset 10m))`,
        },
      ],
    },
    {
      name: 'tmux-orchestrator',
      rules: [
        operationLimitAlert({ alert: 'MonitoringCycleTimeHigh', operation: 'monitoring_cycle', seconds: 0.5 }),
        { ...degraded, severity: 'warning', limit: 1.5, for: '5m' },
        { ...degraded, severity: 'critical', limit: 2, for: '1m' },
        overLimit('warning'),
        overLimit('critical'),
        {
          alert: 'AgentDetectionFailure',
          severity: 'warning',
          limit: 0.1,
          expr: (limit) =>
            `${rate(['job', 'instance'], seriesName(ERRORS), is(ATTR_OPERATION_NAME, 'agent_detection'))} > ${limit}`,
          for: '2m',
          summary:
            '{{ $labels.job }} {{ $labels.instance }}: {{ $value | printf "%.2f" }} errors a second in agent_detection',
          description: 'Agents are not found, or not found in time; what is not found is not looked after.',
        },
        {
          alert: 'AgentDetectionAccuracyLow',
          severity: 'critical',
          limit: 0.95,
          expr: (limit) => `1 - ${select(OPERATION_FAILED, is(ATTR_OPERATION_NAME, 'agent_detection'))} < ${limit}`,
          for: '5m',
          summary: '{{ $labels.job }}: {{ $value | humanizePercentage }} of the detections succeed',
          description: 'Below 95 % the release is taken back.',
        },
        ...levels(
          {
            alert: 'ProcessMemoryHigh',
            expr: (limit) => `max ${perProcess} (${select(seriesName(PROCESS_MEMORY_USAGE), JOB)}) > ${limit}`,
            summary: '{{ $labels.job }} {{ $labels.instance }} uses {{ $value | humanize }}B of memory',
            description: 'The resident set: 100 MB are normal.',
          },
          { severity: 'warning', limit: 150e6, for: '2m' },
          { severity: 'critical', limit: 200e6, for: '1m' },
        ),
        ...levels(
          {
            alert: 'ProcessCpuHigh',
            expr: (limit) =>
              `sum ${perProcess} (avg_over_time(${select(seriesName(PROCESS_CPU_UTILIZATION), JOB)}[5m])) > ${limit}`,
            summary:
              '{{ $labels.job }} {{ $labels.instance }} uses {{ $value | humanizePercentage }} of the processors',
            description: 'The mean of five minutes: 10 % are normal.',
          },
          { severity: 'warning', limit: 0.2, for: '2m' },
          { severity: 'critical', limit: 0.3, for: '2m' },
        ),
        operationLimitAlert({ alert: 'ComponentLoadSlow', operation: 'component_load', seconds: 10, for: '1m' }),
        operationLimitAlert({
          alert: 'ComponentLoadSlow',
          operation: 'component_load',
          seconds: 15,
          for: '1m',
          severity: 'critical',
        }),
        ...levels(
          {
            alert: 'StateFileLarge',
            expr: (limit) => `max ${perProcess} (${customSeriesName('state_file_bytes')}) > ${limit}`,
            summary: '{{ $labels.job }} {{ $labels.instance }}: the state file has {{ $value | humanize }}B',
            description: 'It is read as a whole at the start and written as a whole: 10 MB are normal.',
          },
          { severity: 'warning', limit: 20e6, for: '15m' },
          { severity: 'critical', limit: 50e6, for: '15m' },
        ),
      ],
    },
  ],
};
