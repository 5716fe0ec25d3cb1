import { BytesSI, PercentUnit, Seconds } from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_OPERATION_NAME,
  ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT,
  ATTR_SYSTEM_FILESYSTEM_STATE,
  OPERATION_DURATION,
  PROCESS_CPU_UTILIZATION,
  PROCESS_MEMORY_USAGE,
  SYSTEM_FILESYSTEM_UTILIZATION,
} from '@otel-monitor/semconv';
import { bucketName, customSeriesName, seriesName } from '../../series.js';
import type { Section } from '../dashboard.js';
import {
  DISK,
  ORCHESTRATOR_CPU,
  ORCHESTRATOR_LOADING,
  ORCHESTRATOR_MEMORY,
  ORCHESTRATOR_STATE_FILE,
} from '../limits.js';
import { by, chosen, quantile, rate, where } from '../promql.js';
import { each, withExemplars } from '../query.js';
import { timeSeries } from '../time-series-panel.js';
import { EACH_PROCESS } from './by-process.js';

const load = where(ATTR_OPERATION_NAME, '=', 'component_load');
const mountpoints = [...EACH_PROCESS, ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT];

/** What the service uses, against limits of its own: it is a small daemon. */
export const orchestratorResources: Section = {
  title: 'Resources',
  panels: [
    timeSeries({
      title: 'Memory',
      description: 'Physical memory of the process: below 100 MB is normal, 150 MB a warning, 200 MB critical.',
      width: 8,
      unit: BytesSI,
      limits: ORCHESTRATOR_MEMORY,
      queries: [each(EACH_PROCESS, by(EACH_PROCESS, chosen(seriesName(PROCESS_MEMORY_USAGE))))],
    }),
    timeSeries({
      title: 'CPU',
      description: 'CPU time as a share of all processors: below 10 % is normal, 20 % a warning, 30 % critical.',
      width: 8,
      unit: PercentUnit,
      limits: ORCHESTRATOR_CPU,
      queries: [each(EACH_PROCESS, by(EACH_PROCESS, chosen(seriesName(PROCESS_CPU_UTILIZATION))))],
    }),
    timeSeries({
      title: 'File systems',
      description: 'Share of the space that is used.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: DISK,
      queries: [
        each(
          mountpoints,
          by(
            mountpoints,
            chosen(seriesName(SYSTEM_FILESYSTEM_UTILIZATION), where(ATTR_SYSTEM_FILESYSTEM_STATE, '=', 'used')),
          ),
        ),
      ],
    }),
    timeSeries({
      title: 'State file',
      description:
        "Bytes of the file that holds the state: monitor.addCollector('state', () => ({ state_file_bytes })).",
      width: 12,
      unit: BytesSI,
      limits: ORCHESTRATOR_STATE_FILE,
      queries: [each(EACH_PROCESS, by(EACH_PROCESS, chosen(customSeriesName('state_file_bytes')), 'max'))],
    }),
    timeSeries({
      title: 'Loading of components, p95',
      description: "monitor.operation('component_load', …): below 5 s is normal, 10 s a warning, 15 s critical.",
      width: 12,
      unit: Seconds,
      limits: ORCHESTRATOR_LOADING,
      queries: [
        withExemplars(each(['job'], quantile(0.95, ['job'], rate(chosen(bucketName(OPERATION_DURATION), load))))),
      ],
    }),
  ],
};
