import { type Attributes, type Context, trace } from '@opentelemetry/api';
import {
  addCleanEvent,
  cleanDetail,
  cleanDetails,
  cleanDimensions,
  cleanText,
  cutText,
  emitLog,
  type RecentOperation,
  runtimeState,
  type Scope,
  userHash,
} from '@otel-monitor/runtime';
import {
  ATTR_ERROR_BREADCRUMBS,
  ATTR_ERROR_CAUSES,
  ATTR_ERROR_CODE,
  ATTR_ERROR_ERRNO,
  ATTR_ERROR_GROUP_ID,
  ATTR_ERROR_ID,
  ATTR_ERROR_REPEATS,
  ATTR_ERROR_SEVERITY,
  ATTR_ERROR_SYSCALL,
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  ATTR_FILE_PATH,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_OPERATION_NAME,
  ATTR_URL_PATH,
  ATTR_USER_HASH,
  ATTR_USER_ID,
  type ErrorSeverity,
  EVENT_EXCEPTION,
  SEVERITY_NUMBERS,
} from '@otel-monitor/semconv';
import type { DescribedError, FailedSystemCall } from '../description/described-error.js';
import { stackTrace } from '../description/stack-trace.js';
import type { ErrorOptions } from '../error-options.js';
import { markSpan } from './mark-span.js';
import { toldBreadcrumbs } from './told-breadcrumbs.js';
import { toldCauses } from './told-causes.js';

const METHOD_LENGTH = 32;
const USER_ID_LENGTH = 256;

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
    markSpan(span, record.id, record.groupId);
    if (signal !== 'logs') addCleanEvent(span, EVENT_EXCEPTION, attributes);
  }
  if (signal !== 'events' || !onSpan) {
    addLogAttributes(attributes, record);
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

function exceptionAttributes(record: ExceptionRecord): Attributes {
  const { error, operationName, options, repeats } = record;
  // what is told of the error wins over details of the same name
  const attributes: Attributes = options.details === undefined ? {} : cleanDetails(options.details);
  if (options.dimensions !== undefined) Object.assign(attributes, cleanDimensions(options.dimensions));
  attributes[ATTR_EXCEPTION_TYPE] = error.exceptionType;
  attributes[ATTR_EXCEPTION_MESSAGE] = error.message;
  const stack = stackTrace(error);
  if (stack !== undefined) attributes[ATTR_EXCEPTION_STACKTRACE] = stack;
  attributes[ATTR_ERROR_TYPE] = error.errorType;
  attributes[ATTR_ERROR_ID] = record.id;
  attributes[ATTR_ERROR_GROUP_ID] = record.groupId;
  attributes[ATTR_ERROR_SEVERITY] = record.severity;
  if (error.code !== undefined) attributes[ATTR_ERROR_CODE] = error.code;
  if (error.system !== undefined) addSystemCall(attributes, error.system);
  if (repeats !== undefined && repeats > 0) attributes[ATTR_ERROR_REPEATS] = repeats;
  if (operationName !== undefined) attributes[ATTR_OPERATION_NAME] = operationName;
  addCall(attributes, record);
  return attributes;
}

function addSystemCall(attributes: Attributes, { syscall, errno, path }: FailedSystemCall): void {
  attributes[ATTR_ERROR_SYSCALL] = syscall;
  if (errno !== undefined) attributes[ATTR_ERROR_ERRNO] = errno;
  if (path !== undefined) attributes[ATTR_FILE_PATH] = path;
}

/** What the call said besides the error. */
function addCall(attributes: Attributes, { options, userHash: known }: ExceptionRecord): void {
  const { endpoint, method, userId } = options;
  // by its key, since a path of a URL is none of a file
  const path = typeof endpoint === 'string' ? cleanDetail(ATTR_URL_PATH, endpoint) : undefined;
  if (path !== undefined) attributes[ATTR_URL_PATH] = path;
  if (typeof method === 'string') attributes[ATTR_HTTP_REQUEST_METHOD] = cleanText(method, METHOD_LENGTH);
  if (userId === undefined || userId === null) return;
  attributes[ATTR_USER_HASH] = known ?? userHash(String(userId));
  if (runtimeState.allowUserId) attributes[ATTR_USER_ID] = cutText(String(userId), USER_ID_LENGTH);
}

/**
 * Causes and breadcrumbs as lists. They are on log records only: a trace shows the operations before an error itself, the
 * stack trace tells the causes in words, and all events of a span are sent with it.
 */
function addLogAttributes(attributes: Attributes, { error, breadcrumbs }: ExceptionRecord): void {
  const causes = toldCauses(error);
  if (causes !== undefined) attributes[ATTR_ERROR_CAUSES] = causes;
  const operations = breadcrumbs === undefined ? undefined : toldBreadcrumbs(breadcrumbs());
  if (operations !== undefined) attributes[ATTR_ERROR_BREADCRUMBS] = operations;
}
