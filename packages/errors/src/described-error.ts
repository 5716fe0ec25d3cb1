import { boundedErrorType, cleanText, errorType } from '@otel-monitor/runtime';

/** Longest stack trace that leaves, in UTF-16 units. */
const STACK_LENGTH = 16_384;
const MESSAGE_LENGTH = 2048;
const TYPE_LENGTH = 256;

/** An error as it is written: everything read once, cut, and with secrets taken out. */
export interface DescribedError {
  /** Of low cardinality, for metrics. */
  readonly errorType: string;
  /** The class name as it is. */
  readonly exceptionType: string;
  readonly message: string;
  readonly stack: string | undefined;
}

/** Describes anything thrown. Total on any input. */
export function describeError(error: unknown): DescribedError {
  const type = errorType(error);
  if ((typeof error !== 'object' && typeof error !== 'function') || error === null) {
    return { errorType: type, exceptionType: type, message: text(error, MESSAGE_LENGTH), stack: undefined };
  }
  const name = read(error, 'name');
  const message = read(error, 'message');
  const stack = read(error, 'stack');
  return {
    errorType: type,
    exceptionType: typeof name === 'string' && name !== '' ? cleanText(name, TYPE_LENGTH) : type,
    message: message === undefined ? '' : text(message, MESSAGE_LENGTH),
    stack: typeof stack === 'string' ? cleanText(stack, STACK_LENGTH) : undefined,
  };
}

/** Describes an error that the application tells by its words only. Total on any input. */
export function describeWords(type: unknown, message: unknown): DescribedError {
  return {
    errorType: boundedErrorType(type),
    exceptionType: text(type, TYPE_LENGTH),
    message: text(message, MESSAGE_LENGTH),
    stack: undefined,
  };
}

function read(error: object, key: 'name' | 'message' | 'stack'): unknown {
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
