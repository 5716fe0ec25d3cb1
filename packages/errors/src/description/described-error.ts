import { boundedErrorType, cleanText, errorType } from '@otel-monitor/runtime';
import { type KnownFrames, knownFrames } from '../fingerprint/known-frames.js';

const MESSAGE_LENGTH = 2048;
const TYPE_LENGTH = 256;
const CODE_LENGTH = 64;
/** Where the frames of a stack trace begin (V8: four spaces and `at`). */
const FRAMES = '\n    at ';

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

/** Describes anything thrown. Total on any input. */
export function describeError(error: unknown): DescribedError {
  const type = errorType(error);
  if ((typeof error !== 'object' && typeof error !== 'function') || error === null) {
    return words(type, type, text(error, MESSAGE_LENGTH));
  }
  const name = read(error, 'name');
  const message = read(error, 'message');
  const code = read(error, 'code');
  const exceptionType = typeof name === 'string' && name !== '' ? cleanText(name, TYPE_LENGTH) : type;
  const rawMessage = message === undefined ? '' : String(message);
  const stack = read(error, 'stack');
  const at = typeof stack === 'string' ? stack.indexOf(FRAMES) : -1;
  return {
    errorType: type,
    exceptionType,
    message: cleanText(rawMessage, MESSAGE_LENGTH),
    code: typeof code === 'string' ? cleanText(code, CODE_LENGTH) : undefined,
    head: undefined,
    frames: at === -1 ? undefined : knownFrames((stack as string).slice(at)),
    causes: [],
  };
}

/** Describes an error that the application tells by its words only. Total on any input. */
export function describeWords(type: unknown, message: unknown): DescribedError {
  return words(boundedErrorType(type), text(type, TYPE_LENGTH), text(message, MESSAGE_LENGTH));
}

/** The stack trace as it leaves; undefined when there is none. */
export function stackTrace({ exceptionType, message, head, frames }: DescribedError): string | undefined {
  if (frames === undefined) return undefined;
  return (head ?? (message === '' ? exceptionType : `${exceptionType}: ${message}`)) + frames.text;
}

function words(type: string, exceptionType: string, message: string): DescribedError {
  return { errorType: type, exceptionType, message, code: undefined, head: undefined, frames: undefined, causes: [] };
}

function read(error: object, key: 'name' | 'message' | 'stack' | 'code'): unknown {
  try {
    return (error as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function text(value: unknown, limit: number): string {
  try {
    return cleanText(String(value), limit);
  } catch {
    return '[unreadable]';
  }
}
