import { PROCESS_CPU_UTILIZATION, PROCESS_MEMORY_USAGE, PROCESS_MEMORY_UTILIZATION } from '@otel-monitor/semconv';
import { seriesName } from '../series.js';
import { by } from './expression.js';
import { is, select } from './matcher.js';
import type { RuleFile } from './rule.js';

const JOB = is('job', 'spritepal');
const perProcess = by(['job', 'instance']);
const share = `max ${perProcess} (${select(seriesName(PROCESS_MEMORY_UTILIZATION), JOB)})`;
const memory = select(seriesName(PROCESS_MEMORY_USAGE), JOB);

/** The least of the last ten minutes is above the most of ten minutes before: it does not go back to where it was. */
const isGrowing = `max ${perProcess} (min_over_time(${memory}[10m]) > max_over_time(${memory}[10m] offset 20m))`;
const who = '{{ $labels.job }} {{ $labels.instance }}';

/** Limits of a program that works on large files. */
export const spritepalRules: RuleFile = {
  name: 'spritepal',
  dashboard: 'system-overview',
  about:
    'Limits of one kind of service, and an example for your own: a program that works on large files. All are for\n' +
    'job="spritepal" alone. Shares are of what the process may use: of its container, else of its machine.',
  groups: [
    {
      name: 'spritepal',
      rules: [
        {
          alert: 'ProcessMemoryShareHigh',
          severity: 'warning',
          limit: 0.3,
          expr: (limit) => `${share} > ${limit}`,
          for: '1m',
          summary: `${who} uses {{ $value | humanizePercentage }} of the memory that it may use`,
          description: 'Caches without a limit and batches that are too large are the usual causes.',
        },
        {
          alert: 'ProcessCpuShareHigh',
          severity: 'warning',
          limit: 0.75,
          expr: (limit) =>
            `sum ${perProcess} (avg_over_time(${select(seriesName(PROCESS_CPU_UTILIZATION), JOB)}[5m])) > ${limit}`,
          for: '1m',
          summary: `${who} uses {{ $value | humanizePercentage }} of the processors`,
          description: 'The mean of five minutes.',
        },
        {
          alert: 'MemoryLeakSuspected',
          severity: 'critical',
          limit: 0.25,
          expr: (limit) => `${share} > ${limit} and ${isGrowing}`,
          for: '5m',
          summary: `${who} uses {{ $value | humanizePercentage }} of the memory that it may use, and more and more`,
          description: 'The least of the last ten minutes is more than the most of half an hour ago.',
        },
      ],
    },
  ],
};
