import {
  ATTR_COMPONENT_NAME,
  ATTR_COMPONENT_STATE,
  ATTR_OPERATION_NAME,
  COMPONENT_STATUS,
} from '@otel-monitor/semconv';
import { customSeriesName, seriesName } from '../series.js';
import { is, matches, select } from './matcher.js';
import { operationLimitAlert } from './operation-limit.js';
import { OPERATION_FAILED, OPERATION_MEAN } from './recordings.js';
import type { RecordingRule, RuleFile } from './rule.js';

const SLA = 'job_sla:monitor_sla:compliance';

const pool = matches(ATTR_COMPONENT_NAME, '(process|emulator)_.+');
const status = seriesName(COMPONENT_STATUS);
const healthy = `sum by (job) (${select(status, pool, is(ATTR_COMPONENT_STATE, 'healthy'))})`;
const processes = `sum by (job) (${select(status, pool)})`;
const succeeded = `1 - max by (job) (${select(OPERATION_FAILED, is(ATTR_OPERATION_NAME, 'experiment'))})`;
const takes = (operation: string) => `max by (job) (${select(OPERATION_MEAN, is(ATTR_OPERATION_NAME, operation))})`;

/** 1 where a target is reached, 0 where it is missed, and nothing where nothing was measured: NaN is not above 0. */
const target = (sla: string, value: string, reached: string): RecordingRule => ({
  record: SLA,
  labels: { sla },
  expr: `(${value} >= 0) ${reached}`,
});

/** Limits of a service that runs experiments on a pool of processes. */
export const speedrunRules: RuleFile = {
  name: 'pokemon-speedrun',
  dashboard: 'business-calculations',
  about:
    'Limits of one kind of service, and an example for your own: experiments on a pool of processes. Its operations are\n' +
    'experiment, script_compilation and checkpoint_loading; components of the pool are called process_… or emulator_…; a\n' +
    'collector gives pattern_quality from 0 to 1. Where a service has none of these nothing fires.',
  groups: [
    {
      name: 'pokemon-speedrun-targets',
      rules: [
        target('experiment_success', succeeded, '>= bool 0.95'),
        target('script_compilation', takes('script_compilation'), '< bool 0.1'),
        target('checkpoint_loading', takes('checkpoint_loading'), '< bool 0.5'),
        target('pattern_quality', `avg by (job) (${customSeriesName('pattern_quality')})`, '>= bool 0.7'),
        target('availability', `${healthy} / ${processes}`, '>= bool 0.99'),
      ],
    },
    {
      name: 'pokemon-speedrun',
      rules: [
        operationLimitAlert({ alert: 'ScriptCompilationSlow', operation: 'script_compilation', seconds: 0.15 }),
        operationLimitAlert({ alert: 'CheckpointLoadingSlow', operation: 'checkpoint_loading', seconds: 0.75 }),
        {
          alert: 'ExperimentSuccessRateLow',
          severity: 'critical',
          limit: 0.95,
          expr: (limit) => `${succeeded} < ${limit}`,
          for: '15m',
          summary: '{{ $labels.job }}: {{ $value | humanizePercentage }} of the experiments succeed',
          description: 'Of all experiments 95 % should. The service is promised on that.',
        },
        {
          alert: 'HealthyProcessesLow',
          severity: 'critical',
          limit: 3,
          expr: (limit) => `${healthy} < ${limit}`,
          for: '1m',
          summary: '{{ $labels.job }} has {{ $value }} healthy processes',
          description: 'With fewer than three processes experiments queue up.',
        },
        {
          alert: 'SlaTargetMissed',
          severity: 'info',
          expr: () => `${SLA} == 0`,
          for: '15m',
          summary: '{{ $labels.job }} misses its target of {{ $labels.sla }}',
          description: 'The target is missed; the limit that wakes somebody may not be reached yet.',
        },
      ],
    },
  ],
};
