import {
  ATTR_CACHE_NAME,
  ATTR_CACHE_RESULT,
  ATTR_COMPONENT_NAME,
  ATTR_COMPONENT_STATE,
  ATTR_ERROR_SEVERITY,
  ATTR_ERROR_TYPE,
  ATTR_FEATURE_ACTION,
  ATTR_FEATURE_NAME,
  ATTR_METRIC_NAME,
  ATTR_OPERATION_NAME,
  ATTR_WORKFLOW_NAME,
  ATTR_WORKFLOW_STEP,
} from './attributes.js';
import { BYTES_BOUNDARIES, type MetricDefinition, SECONDS_BOUNDARIES } from './metric-definition.js';

export const OPERATION_DURATION: MetricDefinition = {
  name: 'monitor.operation.duration',
  kind: 'histogram',
  unit: 's',
  description: 'Duration of operations; a failed one carries error.type.',
  attributes: [ATTR_OPERATION_NAME, ATTR_ERROR_TYPE],
  boundaries: SECONDS_BOUNDARIES,
};

export const OPERATION_ACTIVE: MetricDefinition = {
  name: 'monitor.operation.active',
  kind: 'up_down_counter',
  unit: '{operation}',
  description: 'Operations that have started and not ended.',
  attributes: [ATTR_OPERATION_NAME],
};

export const OPERATION_MEMORY_DELTA: MetricDefinition = {
  name: 'monitor.operation.memory.delta',
  kind: 'histogram',
  unit: 'By',
  description: 'Change of the used heap during operations; wrong under concurrency.',
  attributes: [ATTR_OPERATION_NAME],
  boundaries: BYTES_BOUNDARIES,
};

export const ERRORS: MetricDefinition = {
  name: 'monitor.errors',
  kind: 'counter',
  unit: '{error}',
  description: 'Errors, each counted once, in the innermost operation that saw it.',
  attributes: [ATTR_ERROR_TYPE, ATTR_ERROR_SEVERITY, ATTR_OPERATION_NAME],
};

export const ERROR_GROUP_COUNT: MetricDefinition = {
  name: 'monitor.error.group.count',
  kind: 'observable_up_down_counter',
  unit: '{group}',
  description: 'Groups of errors that are held, by the highest severity seen in each.',
  attributes: [ATTR_ERROR_SEVERITY],
};

export const FEATURE_USES: MetricDefinition = {
  name: 'monitor.feature.uses',
  kind: 'counter',
  unit: '{use}',
  description: 'Uses of features; a failed one carries error.type.',
  attributes: [ATTR_FEATURE_NAME, ATTR_FEATURE_ACTION, ATTR_ERROR_TYPE],
};

export const FEATURE_DURATION: MetricDefinition = {
  name: 'monitor.feature.duration',
  kind: 'histogram',
  unit: 's',
  description: 'Duration of uses of features.',
  attributes: [ATTR_FEATURE_NAME, ATTR_FEATURE_ACTION],
  boundaries: SECONDS_BOUNDARIES,
};

export const WORKFLOW_STEPS: MetricDefinition = {
  name: 'monitor.workflow.steps',
  kind: 'counter',
  unit: '{step}',
  description: 'Steps reached in workflows.',
  attributes: [ATTR_WORKFLOW_NAME, ATTR_WORKFLOW_STEP],
};

export const WORKFLOW_DURATION: MetricDefinition = {
  name: 'monitor.workflow.duration',
  kind: 'histogram',
  unit: 's',
  description: 'Duration of workflows from start to end; a failed one carries error.type.',
  attributes: [ATTR_WORKFLOW_NAME, ATTR_ERROR_TYPE],
  boundaries: SECONDS_BOUNDARIES,
};

export const CACHE_REQUESTS: MetricDefinition = {
  name: 'monitor.cache.requests',
  kind: 'counter',
  unit: '{request}',
  description: 'Requests to caches by result, hit or miss.',
  attributes: [ATTR_CACHE_NAME, ATTR_CACHE_RESULT],
};

export const COMPONENT_STATUS: MetricDefinition = {
  name: 'monitor.component.status',
  kind: 'observable_up_down_counter',
  unit: '1',
  description: 'State of components: one series a state, 1 for the present one and 0 for the others.',
  attributes: [ATTR_COMPONENT_NAME, ATTR_COMPONENT_STATE],
};

export const COMPONENT_CHECK_DURATION: MetricDefinition = {
  name: 'monitor.component.check.duration',
  kind: 'histogram',
  unit: 's',
  description: 'Duration of health checks; a failed one carries error.type.',
  attributes: [ATTR_COMPONENT_NAME, ATTR_ERROR_TYPE],
  boundaries: SECONDS_BOUNDARIES,
};

export const COMPONENT_HEARTBEAT_AGE: MetricDefinition = {
  name: 'monitor.component.heartbeat.age',
  kind: 'gauge',
  unit: 's',
  description: 'Time since the last heartbeat of components.',
  attributes: [ATTR_COMPONENT_NAME],
};

export const COMPONENT_RESTARTS: MetricDefinition = {
  name: 'monitor.component.restarts',
  kind: 'counter',
  unit: '{restart}',
  description: 'Restarts of components; a failed one carries error.type.',
  attributes: [ATTR_COMPONENT_NAME, ATTR_ERROR_TYPE],
};

export const SERIES_OVERFLOW: MetricDefinition = {
  name: 'monitor.series.overflow',
  kind: 'counter',
  unit: '{measurement}',
  description: 'Measurements that went to the overflow series because their metric had reached its cap on series.',
  attributes: [ATTR_METRIC_NAME],
};

/** Prefix of the gauges of custom collectors: `monitor.custom.<key>`. */
export const CUSTOM_METRIC_PREFIX = 'monitor.custom.';
