import { report, runtimeState } from '@otel-monitor/runtime';
import type { DescribedError } from '../description/described-error.js';
import { stackTrace } from '../description/stack-trace.js';
import type { FingerprintContext } from './fingerprint.js';

const MAX_LENGTH = 256;

/**
 * What the application says keeps errors together: the call (`fingerprint` of ErrorOptions), else the hook of the settings.
 * Undefined where neither says anything. What the hook throws is reported, as is a value of it that is no text.
 */
export function chosenFingerprint(error: DescribedError, context: FingerprintContext): string | undefined {
  const { given } = context;
  if (typeof given === 'string' && given !== '') return given.slice(0, MAX_LENGTH);
  const hook = runtimeState.errors.fingerprint;
  if (hook === undefined) return undefined;
  try {
    const chosen: unknown = hook(context.thrown, {
      errorType: error.errorType,
      message: error.message,
      stack: stackTrace(error),
      operationName: context.operationName,
    });
    if (chosen === undefined || chosen === null || chosen === '') return undefined;
    if (typeof chosen === 'string') return chosen.slice(0, MAX_LENGTH);
    report('error-fingerprint', 'the fingerprint hook gave no text, and its value was passed over');
  } catch {
    report('error-fingerprint', 'the fingerprint hook threw, and errors are grouped as without it');
  }
  return undefined;
}
