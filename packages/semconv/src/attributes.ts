/** Attribute names of the monitor's own signals, and those of the semantic conventions that they use. */
export const ATTR_OPERATION_NAME = 'monitor.operation.name';
export const ATTR_ERROR_SEVERITY = 'monitor.error.severity';
/** On spans and log records only: unbounded. */
export const ATTR_ERROR_ID = 'monitor.error.id';
/** On spans and log records only: unbounded. */
export const ATTR_ERROR_GROUP_ID = 'monitor.error.group.id';
/**
 * The code of an error, as Node and libraries set it (`ECONNREFUSED`, `23505`); the conventions have a place for codes of
 * protocols only. On spans and log records only.
 */
export const ATTR_ERROR_CODE = 'monitor.error.code';
/** The system call that failed (`open`, `connect`). On spans and log records only. */
export const ATTR_ERROR_SYSCALL = 'monitor.error.syscall';
/** Its number, negative as Node has it. On spans and log records only. */
export const ATTR_ERROR_ERRNO = 'monitor.error.errno';
/** What an error was caused by, as JSON. On log records only. */
export const ATTR_ERROR_CAUSES = 'monitor.error.causes';
/** The operations that ended before an error, as JSON. On log records only. */
export const ATTR_ERROR_BREADCRUMBS = 'monitor.error.breadcrumbs';
/** How many errors of the group were counted and not written since the last one that was. On spans and log records only. */
export const ATTR_ERROR_REPEATS = 'monitor.error.repeats';
export const ATTR_FEATURE_NAME = 'monitor.feature.name';
export const ATTR_FEATURE_ACTION = 'monitor.feature.action';
export const ATTR_WORKFLOW_NAME = 'monitor.workflow.name';
export const ATTR_WORKFLOW_STEP = 'monitor.workflow.step';
export const ATTR_CACHE_NAME = 'monitor.cache.name';
export const ATTR_CACHE_RESULT = 'monitor.cache.result';
export const ATTR_COMPONENT_NAME = 'monitor.component.name';
export const ATTR_COMPONENT_STATE = 'monitor.component.state';
export const ATTR_COLLECTOR_NAME = 'monitor.collector.name';
export const ATTR_METRIC_NAME = 'monitor.metric.name';
/** The worker that a gauge is of, on the page of its primary: `3`, `thread/2`, `3/thread/2`. */
export const ATTR_WORKER_ID = 'monitor.worker.id';

export const ATTR_ERROR_TYPE = 'error.type';
export const ATTR_EXCEPTION_TYPE = 'exception.type';
export const ATTR_EXCEPTION_MESSAGE = 'exception.message';
export const ATTR_EXCEPTION_STACKTRACE = 'exception.stacktrace';
/** The file that a system call failed on. On spans and log records only. */
export const ATTR_FILE_PATH = 'file.path';
/** On spans and log records only. */
export const ATTR_SESSION_ID = 'session.id';
/** On spans and log records only: a keyed hash of the user's id. */
export const ATTR_USER_HASH = 'user.hash';
/** On spans and log records only, and only when the configuration allows it. */
export const ATTR_USER_ID = 'user.id';
/** The overflow series of a metric carries this one attribute, true (specification, Metrics SDK, "Cardinality limits"). */
export const ATTR_METRIC_OVERFLOW = 'otel.metric.overflow';

/** `error.type` when neither a class name nor a code is of low cardinality. */
export const ERROR_TYPE_OTHER = '_OTHER';
