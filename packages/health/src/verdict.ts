import { cleanText, errorType } from '@otel-monitor/runtime';
import { COMPONENT_STATES, type ComponentState, ERROR_TYPE_OTHER } from '@otel-monitor/semconv';
import { failureMessage } from './failure-message.js';

const MESSAGE_LENGTH = 512;
/** `error.type` of a check that gave no answer in time (semantic conventions, Error attributes, names this value). */
const TIMEOUT = 'timeout';

/**
 * What a check answers: `false` is unhealthy; a state, or an object with `state` and perhaps `message`, is that state;
 * anything else, nothing included, is healthy.
 */
export type CheckResult = unknown;

/** How a component is found to be. */
export interface Verdict {
  readonly state: ComponentState;
  readonly message?: string;
  /** Of an unhealthy one. */
  readonly errorType?: string;
}

export const HEALTHY: Verdict = { state: 'healthy' };
export const NOT_CHECKED: Verdict = { state: 'unknown' };

/** What the answer of a check means. Total on any input. */
export function verdictOf(result: unknown): Verdict {
  if (result === false) return { state: 'unhealthy', errorType: ERROR_TYPE_OTHER };
  if (isState(result)) return verdict(result, undefined);
  if (typeof result !== 'object' || result === null) return HEALTHY;
  try {
    const { state, message } = result as { state?: unknown; message?: unknown };
    return isState(state) ? verdict(state, message) : HEALTHY;
  } catch (error) {
    return failedVerdict(error);
  }
}

/** What a check that threw or rejected means. Total on any input. */
export function failedVerdict(error: unknown): Verdict {
  const message = failureMessage(error, MESSAGE_LENGTH);
  return { state: 'unhealthy', errorType: errorType(error), ...(message !== '' && { message }) };
}

/** What no answer in time means. */
export function timeoutVerdict(message: string): Verdict {
  return { state: 'unhealthy', errorType: TIMEOUT, message };
}

function verdict(state: ComponentState, message: unknown): Verdict {
  return {
    state,
    ...(state === 'unhealthy' && { errorType: ERROR_TYPE_OTHER }),
    ...(typeof message === 'string' && message !== '' && { message: cleanText(message, MESSAGE_LENGTH) }),
  };
}

function isState(value: unknown): value is ComponentState {
  return typeof value === 'string' && (COMPONENT_STATES as readonly string[]).includes(value);
}
