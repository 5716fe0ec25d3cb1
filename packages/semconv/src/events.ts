/** Name of the span event and of the log record of an error (semantic conventions, Exceptions). */
export const EVENT_EXCEPTION = 'exception';
/** Name of the log record of a flag's evaluation (semantic conventions, Feature flags in events). */
export const EVENT_FEATURE_FLAG_EVALUATION = 'feature_flag.evaluation';
