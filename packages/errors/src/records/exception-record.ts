import { type Attributes, type Context, trace } from '@opentelemetry/api';
import {
  addCleanEvent,
  cleanDetails,
  cleanDimensions,
  cleanText,
  emitLog,
  type RecentOperation,
  runtimeState,
  type Scope,
  setCleanAttribute,
} from '@otel-monitor/runtime';
import {
  ATTR_ERROR_GROUP_ID,
  ATTR_ERROR_ID,
  ATTR_ERROR_SEVERITY,
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_OPERATION_NAME,
  ATTR_URL_PATH,
  ATTR_USER_HASH,
  ATTR_USER_ID,
  type ErrorSeverity,
  EVENT_EXCEPTION,
  SEVERITY_NUMBERS,
} from '@otel-monitor/semconv';
import { type DescribedError, stackTrace } from '../description/described-error.js';
import type { ErrorOptions } from '../error-options.js';
import { userHash } from './user-hash.js';

/** One error, ready to be written. */
export interface ExceptionRecord {
  readonly id: string;
  readonly groupId: string;
  readonly error: DescribedError;
  readonly severity: ErrorSeverity;
  readonly operationName: string | undefined;
  readonly options: ErrorOptions;
  /** Of `options.userId`; left out: it is made here. */
  readonly userHash?: string | undefined;
  /** How many errors of the group were counted and not written since the last one that was. Default 0. */
  readonly repeats?: number;
  /** The operations that ended before it, the latest at the end; asked only where a log record is written. */
  readonly breadcrumbs?: () => readonly RecentOperation[];
}

/**
 * Writes an error as span event, log record, or both (semantic conventions, Exceptions;
 * `OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN`): by default a span event, and a log record where no span is recording.
 */
export function writeException(scope: Scope, record: ExceptionRecord, at: Context): void {
  const span = trace.getSpan(at);
  const onSpan = span?.isRecording() === true;
  const signal = runtimeState.exceptionSignal;
  const attributes = exceptionAttributes(record);
  if (onSpan) {
    setCleanAttribute(span, ATTR_ERROR_ID, record.id);
    setCleanAttribute(span, ATTR_ERROR_GROUP_ID, record.groupId);
    if (signal !== 'logs') addCleanEvent(span, EVENT_EXCEPTION, attributes);
  }
  if (signal !== 'events' || !onSpan) {
    emitLog(scope, {
      eventName: EVENT_EXCEPTION,
      severityNumber: SEVERITY_NUMBERS[record.severity],
      severityText: record.severity.toUpperCase(),
      body: record.error.message,
      attributes,
      context: at,
    });
  }
}

function exceptionAttributes({ id, groupId, error, severity, operationName, options }: ExceptionRecord): Attributes {
  const attributes: Attributes = {
    ...cleanDetails(options.details),
    ...cleanDimensions(options.dimensions),
    [ATTR_EXCEPTION_TYPE]: error.exceptionType,
    [ATTR_EXCEPTION_MESSAGE]: error.message,
    [ATTR_ERROR_TYPE]: error.errorType,
    [ATTR_ERROR_ID]: id,
    [ATTR_ERROR_GROUP_ID]: groupId,
    [ATTR_ERROR_SEVERITY]: severity,
  };
  const stack = stackTrace(error);
  if (stack !== undefined) attributes[ATTR_EXCEPTION_STACKTRACE] = stack;
  if (operationName !== undefined) attributes[ATTR_OPERATION_NAME] = operationName;
  if (typeof options.endpoint === 'string') attributes[ATTR_URL_PATH] = cleanText(options.endpoint);
  if (typeof options.method === 'string') attributes[ATTR_HTTP_REQUEST_METHOD] = cleanText(options.method, 32);
  if (options.userId !== undefined && options.userId !== null) {
    const userId = String(options.userId);
    attributes[ATTR_USER_HASH] = userHash(userId);
    if (runtimeState.allowUserId) attributes[ATTR_USER_ID] = userId.slice(0, 256);
  }
  return attributes;
}
