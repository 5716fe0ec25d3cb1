import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  BytesIEC,
  BytesPerSecondIEC,
  DurationSeconds,
  OpsPerSecond,
  PercentUnit,
  RequestsPerSecond,
  Seconds,
} from '@grafana/grafana-foundation-sdk/units';
import {
  ATTR_COMPONENT_STATE,
  ATTR_CPU_MODE,
  ATTR_DISK_IO_DIRECTION,
  ATTR_ERROR_TYPE,
  ATTR_NETWORK_IO_DIRECTION,
  ATTR_SYSTEM_DEVICE_NAME,
  ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT,
  ATTR_SYSTEM_FILESYSTEM_STATE,
  ATTR_SYSTEM_MEMORY_STATE,
  COMPONENT_STATUS,
  HTTP_SERVER_REQUEST_DURATION,
  NODEJS_EVENTLOOP_DELAY_P99,
  NODEJS_EVENTLOOP_UTILIZATION,
  OPERATION_DURATION,
  PROCESS_CPU_UTILIZATION,
  PROCESS_MEMORY_USAGE,
  PROCESS_MEMORY_UTILIZATION,
  PROCESS_THREAD_COUNT,
  PROCESS_UNIX_FILE_DESCRIPTOR_COUNT,
  PROCESS_UPTIME,
  SYSTEM_CPU_UTILIZATION,
  SYSTEM_DISK_IO,
  SYSTEM_FILESYSTEM_UTILIZATION,
  SYSTEM_MEMORY_USAGE,
  SYSTEM_MEMORY_UTILIZATION,
  SYSTEM_NETWORK_IO,
  SYSTEM_UPTIME,
  V8JS_GC_DURATION,
  V8JS_MEMORY_HEAP_USED,
} from '@otel-monitor/semconv';
import { bucketName, countName, labelName, seriesName, sumName } from '../../series.js';
import { dashboard, type Section } from '../dashboard.js';
import { CPU, DISK, EVENT_LOOP, FAILURES, MEMORY } from '../limits.js';
import { by, chosen, quantile, rate, share, where } from '../promql.js';
import { query, withExemplars } from '../query.js';
import { stat } from '../stat-panel.js';
import { timeSeries } from '../time-series-panel.js';
import { TARGET_INFO } from '../variables.js';

const EACH = ['job', 'instance'];
const PROCESS = '{{job}} {{instance}}';
const requests = rate(chosen(countName(HTTP_SERVER_REQUEST_DURATION)));
const failedRequests = rate(chosen(countName(HTTP_SERVER_REQUEST_DURATION), where(ATTR_ERROR_TYPE, '!=', '')));

/** Everything at a glance: are the services there, are they healthy, what do machines and processes use. */
export function systemOverview(): Dashboard {
  return dashboard({
    name: 'system-overview',
    title: 'System overview',
    description:
      'Machines, processes and services at a glance. Everything here is recorded without any call of the program.',
    sections: [now, machines, processes, runtime],
  });
}

const now: Section = {
  title: 'Now',
  panels: [
    stat({
      title: 'Processes',
      description: 'Processes of the chosen services that Prometheus has heard of within the last minutes.',
      width: 3,
      queries: [query(by([], chosen(TARGET_INFO), 'count'))],
    }),
    stat({
      title: 'Components not healthy',
      description: 'Components that are degraded or unhealthy: health checks, heartbeats and what depends on them.',
      width: 3,
      limits: { warning: 1, critical: 3 },
      queries: [
        query(by([], chosen(seriesName(COMPONENT_STATUS), where(ATTR_COMPONENT_STATE, '=~', 'degraded|unhealthy')))),
      ],
    }),
    stat({
      title: 'Alerts',
      description: 'Alerts of Prometheus that fire, of all services.',
      width: 3,
      limits: { warning: 1, critical: 3 },
      queries: [query('count(ALERTS{alertstate="firing"}) or vector(0)')],
    }),
    stat({
      title: 'Requests',
      description: 'HTTP requests that the services answer.',
      width: 3,
      unit: RequestsPerSecond,
      queries: [query(by([], requests))],
    }),
    stat({
      title: 'Failed requests',
      description: 'Share of the requests whose answer was a failure of the service (5xx), or that were broken off.',
      width: 3,
      unit: PercentUnit,
      limits: FAILURES,
      queries: [query(share([], failedRequests, requests))],
    }),
    stat({
      title: 'Request p95',
      description: '95 of 100 requests are answered in this time or less.',
      width: 3,
      unit: Seconds,
      queries: [withExemplars(query(quantile(0.95, [], rate(chosen(bucketName(HTTP_SERVER_REQUEST_DURATION))))))],
    }),
    stat({
      title: 'Operations',
      description: 'Operations that end, failed ones with them.',
      width: 3,
      unit: OpsPerSecond,
      queries: [query(by([], rate(chosen(countName(OPERATION_DURATION)))))],
    }),
    stat({
      title: 'Shortest uptime',
      description: 'Age of the youngest process: it falls when one was restarted.',
      width: 3,
      unit: DurationSeconds,
      queries: [query(by([], chosen(seriesName(PROCESS_UPTIME)), 'min'))],
    }),
  ],
};

const machines: Section = {
  title: 'Machines',
  panels: [
    timeSeries({
      title: 'CPU of machines',
      description: 'Share of the time of all processors that was not idle, as each process sees its machine.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: CPU,
      queries: [
        query(
          `1 - ${by(EACH, chosen(seriesName(SYSTEM_CPU_UTILIZATION), where(ATTR_CPU_MODE, '=', 'idle')))}`,
          PROCESS,
        ),
      ],
    }),
    timeSeries({
      title: 'Memory of machines',
      description: 'Share of the memory of the machine that is in use.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: MEMORY,
      queries: [
        query(
          by(EACH, chosen(seriesName(SYSTEM_MEMORY_UTILIZATION), where(ATTR_SYSTEM_MEMORY_STATE, '=', 'used'))),
          PROCESS,
        ),
      ],
    }),
    timeSeries({
      title: 'File systems',
      description: 'Share of the space that is used, the fullest file systems.',
      width: 8,
      unit: PercentUnit,
      max: 1,
      limits: DISK,
      queries: [
        query(
          by(
            [...EACH, labelName(ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT)],
            chosen(seriesName(SYSTEM_FILESYSTEM_UTILIZATION), where(ATTR_SYSTEM_FILESYSTEM_STATE, '=', 'used')),
            'max',
          ),
          `{{instance}} {{${labelName(ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT)}}}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Disks',
      description: 'Bytes read from and written to disks.',
      width: 8,
      unit: BytesPerSecondIEC,
      queries: [
        query(
          by(
            [...EACH, labelName(ATTR_SYSTEM_DEVICE_NAME), labelName(ATTR_DISK_IO_DIRECTION)],
            rate(chosen(seriesName(SYSTEM_DISK_IO))),
          ),
          `{{instance}} {{${labelName(ATTR_SYSTEM_DEVICE_NAME)}}} {{${labelName(ATTR_DISK_IO_DIRECTION)}}}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Network',
      description: 'Bytes received and transmitted, all interfaces together.',
      width: 8,
      unit: BytesPerSecondIEC,
      queries: [
        query(
          by([...EACH, labelName(ATTR_NETWORK_IO_DIRECTION)], rate(chosen(seriesName(SYSTEM_NETWORK_IO)))),
          `{{instance}} {{${labelName(ATTR_NETWORK_IO_DIRECTION)}}}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Memory by state',
      description: 'Memory of the machine by state, as the process that has most of it in use sees it.',
      width: 8,
      unit: BytesIEC,
      queries: [
        query(
          by([labelName(ATTR_SYSTEM_MEMORY_STATE)], chosen(seriesName(SYSTEM_MEMORY_USAGE)), 'max'),
          `{{${labelName(ATTR_SYSTEM_MEMORY_STATE)}}}`,
        ),
      ],
    }),
  ],
};

const processes: Section = {
  title: 'Processes',
  panels: [
    timeSeries({
      title: 'CPU of processes',
      description: 'CPU time as a share of all processors that the process may use.',
      width: 8,
      unit: PercentUnit,
      limits: CPU,
      queries: [query(by(EACH, chosen(seriesName(PROCESS_CPU_UTILIZATION))), PROCESS)],
    }),
    timeSeries({
      title: 'Memory of processes',
      description: 'Physical memory (resident set).',
      width: 8,
      unit: BytesIEC,
      queries: [query(by(EACH, chosen(seriesName(PROCESS_MEMORY_USAGE))), PROCESS)],
    }),
    timeSeries({
      title: 'Memory of what is allowed',
      description:
        'Physical memory as a share of what the process may use: that of its container, else that of the machine.',
      width: 8,
      unit: PercentUnit,
      limits: MEMORY,
      queries: [query(by(EACH, chosen(seriesName(PROCESS_MEMORY_UTILIZATION))), PROCESS)],
    }),
    timeSeries({
      title: 'Threads',
      description: 'Threads of each process.',
      width: 6,
      queries: [query(by(EACH, chosen(seriesName(PROCESS_THREAD_COUNT))), PROCESS)],
    }),
    timeSeries({
      title: 'File descriptors',
      description: 'Files and sockets that are open. A line that only rises is a leak.',
      width: 6,
      queries: [query(by(EACH, chosen(seriesName(PROCESS_UNIX_FILE_DESCRIPTOR_COUNT))), PROCESS)],
    }),
    timeSeries({
      title: 'Uptime of processes',
      description: 'Time since each process started; it falls to 0 at a restart.',
      width: 6,
      unit: DurationSeconds,
      queries: [query(by(EACH, chosen(seriesName(PROCESS_UPTIME))), PROCESS)],
    }),
    timeSeries({
      title: 'Uptime of machines',
      description: 'Time since each machine started.',
      width: 6,
      unit: DurationSeconds,
      queries: [query(by(EACH, chosen(seriesName(SYSTEM_UPTIME))), PROCESS)],
    }),
  ],
};

const runtime: Section = {
  title: 'Node.js',
  panels: [
    timeSeries({
      title: 'Delay of the event loop, p99',
      description: 'How late timers are: above 100 ms requests feel it.',
      width: 6,
      unit: Seconds,
      limits: EVENT_LOOP,
      queries: [query(by(EACH, chosen(seriesName(NODEJS_EVENTLOOP_DELAY_P99)), 'max'), PROCESS)],
    }),
    timeSeries({
      title: 'Event loop in use',
      description: 'Share of the time in which the event loop had something to do. At 100 % the process is full.',
      width: 6,
      unit: PercentUnit,
      max: 1,
      limits: CPU,
      queries: [query(by(EACH, chosen(seriesName(NODEJS_EVENTLOOP_UTILIZATION)), 'max'), PROCESS)],
    }),
    timeSeries({
      title: 'Garbage collection',
      description: 'Share of the time that is spent collecting garbage.',
      width: 6,
      unit: PercentUnit,
      limits: { warning: 0.05, critical: 0.15 },
      queries: [query(by(EACH, rate(chosen(sumName(V8JS_GC_DURATION)))), PROCESS)],
    }),
    timeSeries({
      title: 'Heap in use',
      description: 'Bytes used on the heap, all of its spaces together.',
      width: 6,
      unit: BytesIEC,
      queries: [query(by(EACH, chosen(seriesName(V8JS_MEMORY_HEAP_USED))), PROCESS)],
    }),
  ],
};
