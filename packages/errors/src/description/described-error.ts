import { boundedErrorType } from '@otel-monitor/runtime';
import type { KnownFrames } from '../fingerprint/known-frames.js';
import { describeAlone, NO_CAUSES, TYPE_LENGTH } from './describe-alone.js';
import { isObject } from './error-fields.js';
import { tellCauses } from './tell-causes.js';
import { toldValue } from './told-text.js';

/** How an error came to be told with another one. */
export type CauseRelation = 'cause' | 'member' | 'suppressed';

/** What Node tells of a system call that failed. */
export interface FailedSystemCall {
  readonly syscall: string;
  readonly errno: number | undefined;
  readonly path: string | undefined;
}

/** An error as it is told: everything read once, cut, and with secrets taken out. */
export interface DescribedError {
  /** Of low cardinality, for metrics. */
  readonly errorType: string;
  /** The class name as it is. */
  readonly exceptionType: string;
  readonly message: string;
  /** `code` of Node's and libraries' errors: `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** What `stack` says before its frames, where that is more than type and message. */
  readonly head: string | undefined;
  /** Undefined when there is no stack. */
  readonly frames: KnownFrames | undefined;
  /** What it was caused by directly, each with causes of its own: its cause first, then the members of an AggregateError. */
  readonly causes: readonly DescribedError[];
  /** Causes that found no room in `causes`. Default 0. */
  readonly omittedCauses?: number;
  /** What it is to the error that holds it; undefined for the one that was captured. */
  readonly relation?: CauseRelation | undefined;
  /** It stands further up already: here it is named, without frames and causes. */
  readonly isRepeated?: boolean;
  readonly system?: FailedSystemCall | undefined;
}

const MESSAGE_LENGTH = 2048;

/** Describes anything thrown, with its causes. Total on any input. */
export function describeError(error: unknown): DescribedError {
  const told = describeAlone(error, undefined, MESSAGE_LENGTH);
  if (isObject(error)) tellCauses(error, told);
  return told;
}

/** Describes an error that the application tells by its words only. Total on any input. */
export function describeWords(type: unknown, message: unknown): DescribedError {
  return {
    errorType: boundedErrorType(type),
    exceptionType: toldValue(type, TYPE_LENGTH),
    message: toldValue(message, MESSAGE_LENGTH),
    code: undefined,
    head: undefined,
    frames: undefined,
    causes: NO_CAUSES,
    omittedCauses: 0,
    relation: undefined,
    isRepeated: false,
    system: undefined,
  };
}
