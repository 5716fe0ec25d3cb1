import { context } from '@opentelemetry/api';
import {
  cleanDetail,
  cleanDetails,
  cleanName,
  cleanText,
  emitLog,
  hasLoggerProvider,
  type Scope,
  userHash,
} from '@otel-monitor/runtime';
import {
  ATTR_ERROR_MESSAGE,
  ATTR_ERROR_TYPE,
  ATTR_FEATURE_FLAG_CONTEXT_ID,
  ATTR_FEATURE_FLAG_KEY,
  ATTR_FEATURE_FLAG_PROVIDER_NAME,
  ATTR_FEATURE_FLAG_RESULT_REASON,
  ATTR_FEATURE_FLAG_RESULT_VALUE,
  ATTR_FEATURE_FLAG_RESULT_VARIANT,
  ATTR_FEATURE_FLAG_SET_ID,
  ATTR_FEATURE_FLAG_VERSION,
  EVENT_FEATURE_FLAG_EVALUATION,
} from '@otel-monitor/semconv';
import { userIdText } from '../users/user-id.js';
import type { FlagEvaluation } from './flag-evaluation.js';

/** Info: an evaluation is nothing out of the ordinary; one that fails gives its default value. */
const SEVERITY_NUMBER = 9;
const MAX_VALUE = 256;

/** Writes an evaluation as a log record (semantic conventions, Feature flags in events). Never throws. */
export function writeEvaluation(scope: Scope, evaluation: FlagEvaluation): void {
  if (!hasLoggerProvider()) return;
  const { variant, errorType, errorMessage, targetingKey, contextId } = evaluation;
  const subject = userIdText(contextId) ?? userIdText(targetingKey);
  const value = variant === undefined ? cleanDetail(ATTR_FEATURE_FLAG_RESULT_VALUE, evaluation.value) : undefined;
  emitLog(scope, {
    eventName: EVENT_FEATURE_FLAG_EVALUATION,
    severityNumber: SEVERITY_NUMBER,
    severityText: 'INFO',
    timestamp: Date.now(),
    context: context.active(),
    attributes: {
      [ATTR_FEATURE_FLAG_KEY]: cleanName(evaluation.flag),
      ...cleanDetails({
        [ATTR_FEATURE_FLAG_RESULT_VARIANT]: variant,
        [ATTR_FEATURE_FLAG_RESULT_REASON]: evaluation.reason,
        [ATTR_FEATURE_FLAG_PROVIDER_NAME]: evaluation.provider,
        [ATTR_FEATURE_FLAG_SET_ID]: evaluation.setId,
        [ATTR_FEATURE_FLAG_VERSION]: evaluation.version,
      }),
      ...(value === undefined ? {} : { [ATTR_FEATURE_FLAG_RESULT_VALUE]: short(value) }),
      ...(subject === undefined ? {} : { [ATTR_FEATURE_FLAG_CONTEXT_ID]: userHash(subject) }),
      ...(errorType === undefined ? {} : { [ATTR_ERROR_TYPE]: errorType }),
      ...(errorMessage === undefined ? {} : { [ATTR_ERROR_MESSAGE]: cleanText(errorMessage) }),
    },
  });
}

/** A value may be a whole configuration. */
function short<T>(value: T): T | string {
  return typeof value === 'string' && value.length > MAX_VALUE ? value.slice(0, MAX_VALUE) : value;
}
