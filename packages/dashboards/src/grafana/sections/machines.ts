import { BytesIEC, BytesPerSecondIEC, DurationSeconds, PercentUnit } from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_CPU_MODE,
  ATTR_DISK_IO_DIRECTION,
  ATTR_NETWORK_IO_DIRECTION,
  ATTR_SYSTEM_DEVICE_NAME,
  ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT,
  ATTR_SYSTEM_FILESYSTEM_STATE,
  ATTR_SYSTEM_MEMORY_STATE,
  SYSTEM_CPU_UTILIZATION,
  SYSTEM_DISK_IO,
  SYSTEM_FILESYSTEM_UTILIZATION,
  SYSTEM_MEMORY_USAGE,
  SYSTEM_MEMORY_UTILIZATION,
  SYSTEM_NETWORK_IO,
  SYSTEM_UPTIME,
} from '@otel-monitor/semconv';
import { seriesName } from '../../series.js';
import type { Section } from '../dashboard.js';
import { CPU, DISK, MEMORY } from '../limits.js';
import { by, chosen, rate, where } from '../promql.js';
import { each } from '../query.js';
import { timeSeries } from '../time-series-panel.js';
import { EACH_PROCESS } from './by-process.js';

const mountpoints = [...EACH_PROCESS, ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT];
const devices = [...EACH_PROCESS, ATTR_SYSTEM_DEVICE_NAME, ATTR_DISK_IO_DIRECTION];
const directions = [...EACH_PROCESS, ATTR_NETWORK_IO_DIRECTION];
const usedMemory = where(ATTR_SYSTEM_MEMORY_STATE, '=', 'used');
const usedSpace = where(ATTR_SYSTEM_FILESYSTEM_STATE, '=', 'used');

/** CPU, memory, disks and network of the machines, as each process sees its own: those on one machine agree. */
export const machines: Section = {
  title: 'Machines, as each process sees its own',
  panels: [
    timeSeries({
      title: 'CPU of machines',
      description: 'Share of the time of all processors that was not idle. Waiting for a disk is idling.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: CPU,
      queries: [
        each(
          EACH_PROCESS,
          `1 - ${by(EACH_PROCESS, chosen(seriesName(SYSTEM_CPU_UTILIZATION), where(ATTR_CPU_MODE, '=~', 'idle|iowait')))}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Memory of machines',
      description: 'Share of the memory of the machine that is used and cannot be had.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: MEMORY,
      queries: [each(EACH_PROCESS, by(EACH_PROCESS, chosen(seriesName(SYSTEM_MEMORY_UTILIZATION), usedMemory)))],
    }),
    timeSeries({
      title: 'File systems',
      description: 'Share of the space of each file system that is used.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: DISK,
      queries: [each(mountpoints, by(mountpoints, chosen(seriesName(SYSTEM_FILESYSTEM_UTILIZATION), usedSpace)))],
    }),
    timeSeries({
      title: 'Disks',
      description: 'Bytes read from and written to each disk.',
      width: 6,
      unit: BytesPerSecondIEC,
      queries: [each(devices, by(devices, rate(chosen(seriesName(SYSTEM_DISK_IO)))))],
    }),
    timeSeries({
      title: 'Network',
      description: 'Bytes received and transmitted, all interfaces together.',
      width: 6,
      unit: BytesPerSecondIEC,
      queries: [each(directions, by(directions, rate(chosen(seriesName(SYSTEM_NETWORK_IO)))))],
    }),
    timeSeries({
      title: 'Memory by state',
      description: 'Memory of a machine by state; of several machines the largest figure of each.',
      width: 6,
      unit: BytesIEC,
      queries: [
        each(
          [ATTR_SYSTEM_MEMORY_STATE],
          by([ATTR_SYSTEM_MEMORY_STATE], chosen(seriesName(SYSTEM_MEMORY_USAGE)), 'max'),
        ),
      ],
    }),
    timeSeries({
      title: 'Uptime of machines',
      description: 'Time since each machine started.',
      width: 6,
      unit: DurationSeconds,
      queries: [each(EACH_PROCESS, by(EACH_PROCESS, chosen(seriesName(SYSTEM_UPTIME))))],
    }),
  ],
};
