import {
  ATTR_CPU_MODE,
  ATTR_SYSTEM_MEMORY_STATE,
  SYSTEM_CPU_UTILIZATION,
  SYSTEM_MEMORY_UTILIZATION,
} from '@otel-monitor/semconv';
import { seriesName } from '../series.js';
import { by } from './expression.js';
import { is, matches, select } from './matcher.js';
import type { AlertRule, RuleFile } from './rule.js';

const perProcess = by(['job', 'instance']);

/** Share of the processors that is not idle. Waiting for a disk is idling. */
const idle = select(seriesName(SYSTEM_CPU_UTILIZATION), matches(ATTR_CPU_MODE, 'idle|iowait'));
const busy = `1 - sum ${perProcess} (${idle})`;
const used = select(seriesName(SYSTEM_MEMORY_UTILIZATION), is(ATTR_SYSTEM_MEMORY_STATE, 'used'));

const cpu: Omit<AlertRule, 'severity' | 'limit'> = {
  alert: 'HighCpuUsage',
  expr: (limit) => `${busy} > ${limit}`,
  summary:
    '{{ $labels.job }} {{ $labels.instance }}: the processors of its machine are busy for {{ $value | humanizePercentage }}',
  description:
    'What runs on this machine waits for a processor. Answers take longer, and health checks may come too late.',
};

/** The machine that a program runs on. */
export const resourceAlerts: RuleFile = {
  name: 'resources',
  dashboard: 'system-overview',
  about: 'Processors and memory of the machines that monitored programs run on, as each program sees its own.',
  groups: [
    {
      name: 'resources',
      rules: [
        { ...cpu, severity: 'warning', limit: 0.8, for: '5m' },
        { ...cpu, severity: 'critical', limit: 0.85, for: '2m' },
        {
          alert: 'HighMemoryUsage',
          severity: 'critical',
          limit: 0.9,
          expr: (limit) => `max ${perProcess} (${used}) > ${limit}`,
          for: '2m',
          summary:
            '{{ $labels.job }} {{ $labels.instance }}: {{ $value | humanizePercentage }} of the memory of its machine is used',
          description:
            'When the rest is used up the kernel ends a process, and it need not be the one that took the memory.',
        },
      ],
    },
  ],
};
