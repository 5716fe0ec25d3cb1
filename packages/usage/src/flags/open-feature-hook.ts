import type { Scope } from '@otel-monitor/runtime';
import { isRecording } from '../is-recording.js';
import { writeEvaluation } from './evaluation-event.js';
import { type FlagEvaluationDetails, type FlagHookContext, readEvaluation } from './flag-evaluation.js';
import { flagStore } from './flag-store.js';

/** What a hook does. */
export interface OpenFeatureHookOptions {
  /** Each evaluation leaves as a log record `feature_flag.evaluation`. Default: true; false: it is only counted. */
  readonly events?: boolean | undefined;
}

/** A hook of OpenFeature (specification, Hooks): any SDK takes it that gives `finally` the details of the evaluation. */
export interface OpenFeatureHook {
  readonly name: string;
  finally(hookContext: FlagHookContext, details: FlagEvaluationDetails): void;
}

/**
 * Makes a hook that records evaluations when they are over. It changes nothing about them and throws nothing into them,
 * whatever it is given.
 */
export function openFeatureHook(scope: Scope, options?: OpenFeatureHookOptions): OpenFeatureHook {
  const writesEvents = isOn(options);
  return Object.freeze({
    name: 'otel-monitor',
    finally: (hookContext: unknown, details: unknown): void => {
      if (!isRecording()) return;
      try {
        const evaluation = readEvaluation(hookContext, details);
        if (evaluation === undefined) {
          flagStore.unreadable += 1;
          return;
        }
        flagStore.evaluated(evaluation.flag, evaluation.counted, evaluation.errorType, evaluation.targetingKey);
        if (writesEvents) writeEvaluation(scope, evaluation);
      } catch {
        // an evaluation must not fail for being recorded
        flagStore.unreadable += 1;
      }
    },
  });
}

function isOn(options: unknown): boolean {
  try {
    return (options as OpenFeatureHookOptions | undefined)?.events !== false;
  } catch {
    return true;
  }
}
