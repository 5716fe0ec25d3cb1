import { BytesIEC, BytesPerSecondIEC, DurationSeconds, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_DISK_IO_DIRECTION,
  PROCESS_CPU_UTILIZATION,
  PROCESS_DISK_IO,
  PROCESS_MEMORY_USAGE,
  PROCESS_MEMORY_UTILIZATION,
  PROCESS_THREAD_COUNT,
  PROCESS_UNIX_FILE_DESCRIPTOR_COUNT,
  PROCESS_UPTIME,
} from '@otel-monitor/semconv';
import { seriesName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { CPU, MEMORY } from '../limits.js';
import { by, chosen, rate } from '../promql.js';
import { each } from '../query.js';
import { timeSeries } from '../time-series-panel.js';
import { EACH_PROCESS } from './by-process.js';

const ofEach = (expression: string) => [each(EACH_PROCESS, by(EACH_PROCESS, expression))];
const disk = [...EACH_PROCESS, ATTR_DISK_IO_DIRECTION];

/** What each process uses. */
export const processes: Section = {
  title: 'Processes',
  panels: [
    timeSeries({
      title: 'CPU of processes',
      description: 'CPU time as a share of all processors that the process may use.',
      width: 8,
      unit: PercentUnit,
      limits: CPU,
      queries: ofEach(chosen(seriesName(PROCESS_CPU_UTILIZATION))),
    }),
    timeSeries({
      title: 'Memory of processes',
      description: 'Physical memory (resident set).',
      width: 8,
      unit: BytesIEC,
      queries: ofEach(chosen(seriesName(PROCESS_MEMORY_USAGE))),
    }),
    timeSeries({
      title: 'Memory of what is allowed',
      description:
        'Physical memory as a share of what the process may use: that of its container, else that of the machine.',
      width: 8,
      unit: PercentUnit,
      limits: MEMORY,
      queries: ofEach(chosen(seriesName(PROCESS_MEMORY_UTILIZATION))),
    }),
    timeSeries({
      title: 'Threads',
      description: 'Threads of each process.',
      width: 6,
      queries: ofEach(chosen(seriesName(PROCESS_THREAD_COUNT))),
    }),
    timeSeries({
      title: 'File descriptors',
      description: 'Files and sockets that are open. A line that only rises is a leak.',
      width: 6,
      queries: ofEach(chosen(seriesName(PROCESS_UNIX_FILE_DESCRIPTOR_COUNT))),
    }),
    timeSeries({
      title: 'Reads and writes',
      description: 'Bytes that each process had read from and written to storage.',
      width: 6,
      unit: BytesPerSecondIEC,
      queries: [each(disk, by(disk, rate(chosen(seriesName(PROCESS_DISK_IO)))))],
    }),
    timeSeries({
      title: 'Uptime of processes',
      description: 'Time since each process started; it falls to 0 at a restart.',
      width: 6,
      unit: DurationSeconds,
      queries: ofEach(chosen(seriesName(PROCESS_UPTIME))),
    }),
  ],
};
