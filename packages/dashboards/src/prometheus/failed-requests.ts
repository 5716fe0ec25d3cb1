import { ATTR_ERROR_TYPE } from '@otel-monitor/semconv';
import { isNot, type Matcher, matchesNot } from './matcher.js';

/** An operation that failed: it carries a type of error. */
export const failed: Matcher = isNot(ATTR_ERROR_TYPE, '');

/**
 * A request that failed by the service's doing: a status from 500 on, or no complete answer. A client that goes away
 * before the end (`ECONNRESET`) has not been failed by the service.
 */
export const failedRequest: Matcher = matchesNot(ATTR_ERROR_TYPE, '|ECONNRESET');
