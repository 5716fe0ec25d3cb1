/** Name of the span event and of the log record of an error (semantic conventions, Exceptions). */
export const EVENT_EXCEPTION = 'exception';
