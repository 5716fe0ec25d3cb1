import { type MetricDefinition, SECONDS_BOUNDARIES } from './metric-definition.js';

/** The host, the process and the runtime, by the names of the semantic conventions 1.45 (System, Process, Node.js, V8 JS). */
export const ATTR_CPU_MODE = 'cpu.mode';
export const ATTR_DISK_IO_DIRECTION = 'disk.io.direction';
export const ATTR_NETWORK_INTERFACE_NAME = 'network.interface.name';
export const ATTR_NETWORK_IO_DIRECTION = 'network.io.direction';
export const ATTR_NODEJS_EVENTLOOP_STATE = 'nodejs.eventloop.state';
export const ATTR_SYSTEM_DEVICE_NAME = 'system.device.name';
export const ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT = 'system.filesystem.mountpoint';
export const ATTR_SYSTEM_FILESYSTEM_STATE = 'system.filesystem.state';
export const ATTR_SYSTEM_MEMORY_STATE = 'system.memory.state';
export const ATTR_V8JS_GC_TYPE = 'v8js.gc.type';
export const ATTR_V8JS_HEAP_SPACE_NAME = 'v8js.heap.space.name';

export const SYSTEM_CPU_TIME: MetricDefinition = {
  name: 'system.cpu.time',
  kind: 'observable_counter',
  unit: 's',
  description: 'Time that the processors have spent in each mode, all of them together.',
  attributes: [ATTR_CPU_MODE],
};

export const SYSTEM_CPU_UTILIZATION: MetricDefinition = {
  name: 'system.cpu.utilization',
  kind: 'gauge',
  unit: '1',
  description:
    'Share of the time of all processors that was spent in each mode since the reading before; the modes add up to 1.',
  attributes: [ATTR_CPU_MODE],
};

export const SYSTEM_MEMORY_USAGE: MetricDefinition = {
  name: 'system.memory.usage',
  kind: 'observable_up_down_counter',
  unit: 'By',
  description: 'Memory of the machine by state; used and available add up to the limit.',
  attributes: [ATTR_SYSTEM_MEMORY_STATE],
};

export const SYSTEM_MEMORY_LIMIT: MetricDefinition = {
  name: 'system.memory.limit',
  kind: 'observable_up_down_counter',
  unit: 'By',
  description: 'Memory of the machine.',
  attributes: [],
};

export const SYSTEM_MEMORY_UTILIZATION: MetricDefinition = {
  name: 'system.memory.utilization',
  kind: 'gauge',
  unit: '1',
  description: 'Share of the memory of the machine by state.',
  attributes: [ATTR_SYSTEM_MEMORY_STATE],
};

export const SYSTEM_DISK_IO: MetricDefinition = {
  name: 'system.disk.io',
  kind: 'observable_counter',
  unit: 'By',
  description: 'Bytes read from and written to disks.',
  attributes: [ATTR_SYSTEM_DEVICE_NAME, ATTR_DISK_IO_DIRECTION],
};

export const SYSTEM_DISK_OPERATIONS: MetricDefinition = {
  name: 'system.disk.operations',
  kind: 'observable_counter',
  unit: '{operation}',
  description: 'Reads from and writes to disks.',
  attributes: [ATTR_SYSTEM_DEVICE_NAME, ATTR_DISK_IO_DIRECTION],
};

export const SYSTEM_FILESYSTEM_USAGE: MetricDefinition = {
  name: 'system.filesystem.usage',
  kind: 'observable_up_down_counter',
  unit: 'By',
  description: 'Space of file systems by state; the states add up to the capacity.',
  attributes: [ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT, ATTR_SYSTEM_FILESYSTEM_STATE],
};

export const SYSTEM_FILESYSTEM_UTILIZATION: MetricDefinition = {
  name: 'system.filesystem.utilization',
  kind: 'gauge',
  unit: '1',
  description: 'Share of the space of file systems by state.',
  attributes: [ATTR_SYSTEM_FILESYSTEM_MOUNTPOINT, ATTR_SYSTEM_FILESYSTEM_STATE],
};

export const SYSTEM_NETWORK_IO: MetricDefinition = {
  name: 'system.network.io',
  kind: 'observable_counter',
  unit: 'By',
  description: 'Bytes received and transmitted by network interfaces.',
  attributes: [ATTR_NETWORK_INTERFACE_NAME, ATTR_NETWORK_IO_DIRECTION],
};

export const SYSTEM_UPTIME: MetricDefinition = {
  name: 'system.uptime',
  kind: 'gauge',
  unit: 's',
  description: 'Time since the machine started.',
  attributes: [],
};

export const PROCESS_CPU_TIME: MetricDefinition = {
  name: 'process.cpu.time',
  kind: 'observable_counter',
  unit: 's',
  description: 'CPU time of the process by mode.',
  attributes: [ATTR_CPU_MODE],
};

export const PROCESS_CPU_UTILIZATION: MetricDefinition = {
  name: 'process.cpu.utilization',
  kind: 'gauge',
  unit: '1',
  description: 'CPU time of the process since the reading before, as a share of all processors that it may use.',
  attributes: [ATTR_CPU_MODE],
};

export const PROCESS_MEMORY_USAGE: MetricDefinition = {
  name: 'process.memory.usage',
  kind: 'observable_up_down_counter',
  unit: 'By',
  description: 'Physical memory of the process (resident set).',
  attributes: [],
};

export const PROCESS_MEMORY_UTILIZATION: MetricDefinition = {
  name: 'process.memory.utilization',
  kind: 'gauge',
  unit: '1',
  description:
    'Physical memory of the process as a share of what it may use: that of its container, else that of the machine.',
  attributes: [],
};

export const PROCESS_MEMORY_VIRTUAL: MetricDefinition = {
  name: 'process.memory.virtual',
  kind: 'observable_up_down_counter',
  unit: 'By',
  description: 'Virtual memory of the process.',
  attributes: [],
};

export const PROCESS_DISK_IO: MetricDefinition = {
  name: 'process.disk.io',
  kind: 'observable_counter',
  unit: 'By',
  description: 'Bytes that the process had read from and written to storage.',
  attributes: [ATTR_DISK_IO_DIRECTION],
};

export const PROCESS_THREAD_COUNT: MetricDefinition = {
  name: 'process.thread.count',
  kind: 'observable_up_down_counter',
  unit: '{thread}',
  description: 'Threads of the process.',
  attributes: [],
};

export const PROCESS_UNIX_FILE_DESCRIPTOR_COUNT: MetricDefinition = {
  name: 'process.unix.file_descriptor.count',
  kind: 'observable_up_down_counter',
  unit: '{file_descriptor}',
  description: 'File descriptors that the process has open.',
  attributes: [],
};

export const PROCESS_UPTIME: MetricDefinition = {
  name: 'process.uptime',
  kind: 'gauge',
  unit: 's',
  description: 'Time since the process started.',
  attributes: [],
};

export const NODEJS_EVENTLOOP_DELAY_MIN: MetricDefinition = {
  name: 'nodejs.eventloop.delay.min',
  kind: 'gauge',
  unit: 's',
  description: 'Minimum of the delay of the event loop since the reading before.',
  attributes: [],
};

export const NODEJS_EVENTLOOP_DELAY_MAX: MetricDefinition = {
  name: 'nodejs.eventloop.delay.max',
  kind: 'gauge',
  unit: 's',
  description: 'Maximum of the delay of the event loop since the reading before.',
  attributes: [],
};

export const NODEJS_EVENTLOOP_DELAY_MEAN: MetricDefinition = {
  name: 'nodejs.eventloop.delay.mean',
  kind: 'gauge',
  unit: 's',
  description: 'Mean of the delay of the event loop since the reading before.',
  attributes: [],
};

export const NODEJS_EVENTLOOP_DELAY_STDDEV: MetricDefinition = {
  name: 'nodejs.eventloop.delay.stddev',
  kind: 'gauge',
  unit: 's',
  description: 'Standard deviation of the delay of the event loop since the reading before.',
  attributes: [],
};

export const NODEJS_EVENTLOOP_DELAY_P50: MetricDefinition = {
  name: 'nodejs.eventloop.delay.p50',
  kind: 'gauge',
  unit: 's',
  description: '50th percentile of the delay of the event loop since the reading before.',
  attributes: [],
};

export const NODEJS_EVENTLOOP_DELAY_P90: MetricDefinition = {
  name: 'nodejs.eventloop.delay.p90',
  kind: 'gauge',
  unit: 's',
  description: '90th percentile of the delay of the event loop since the reading before.',
  attributes: [],
};

export const NODEJS_EVENTLOOP_DELAY_P99: MetricDefinition = {
  name: 'nodejs.eventloop.delay.p99',
  kind: 'gauge',
  unit: 's',
  description: '99th percentile of the delay of the event loop since the reading before.',
  attributes: [],
};

export const NODEJS_EVENTLOOP_TIME: MetricDefinition = {
  name: 'nodejs.eventloop.time',
  kind: 'observable_counter',
  unit: 's',
  description: 'Time that the event loop has been in each state.',
  attributes: [ATTR_NODEJS_EVENTLOOP_STATE],
};

export const NODEJS_EVENTLOOP_UTILIZATION: MetricDefinition = {
  name: 'nodejs.eventloop.utilization',
  kind: 'gauge',
  unit: '1',
  description: 'Share of the time in which the event loop was active since the reading before.',
  attributes: [],
};

export const V8JS_GC_DURATION: MetricDefinition = {
  name: 'v8js.gc.duration',
  kind: 'histogram',
  unit: 's',
  description: 'Duration of garbage collections.',
  attributes: [ATTR_V8JS_GC_TYPE],
  boundaries: SECONDS_BOUNDARIES,
};

export const V8JS_MEMORY_HEAP_USED: MetricDefinition = {
  name: 'v8js.memory.heap.used',
  kind: 'observable_up_down_counter',
  unit: 'By',
  description: 'Used bytes of the spaces of the heap.',
  attributes: [ATTR_V8JS_HEAP_SPACE_NAME],
};

export const V8JS_MEMORY_HEAP_SPACE_SIZE: MetricDefinition = {
  name: 'v8js.memory.heap.space.size',
  kind: 'observable_up_down_counter',
  unit: 'By',
  description: 'Bytes allocated in advance for the spaces of the heap.',
  attributes: [ATTR_V8JS_HEAP_SPACE_NAME],
};

export const V8JS_MEMORY_HEAP_SPACE_AVAILABLE_SIZE: MetricDefinition = {
  name: 'v8js.memory.heap.space.available_size',
  kind: 'observable_up_down_counter',
  unit: 'By',
  description: 'Bytes still available in the spaces of the heap.',
  attributes: [ATTR_V8JS_HEAP_SPACE_NAME],
};

export const V8JS_MEMORY_HEAP_SPACE_PHYSICAL_SIZE: MetricDefinition = {
  name: 'v8js.memory.heap.space.physical_size',
  kind: 'observable_up_down_counter',
  unit: 'By',
  description: 'Committed bytes of the spaces of the heap.',
  attributes: [ATTR_V8JS_HEAP_SPACE_NAME],
};
