import { types } from 'node:util';
import { errorType } from '@otel-monitor/runtime';
import { ERROR_TYPE_OTHER } from '@otel-monitor/semconv';
import { type KnownFrames, knownFrames } from '../fingerprint/known-frames.js';
import type { CauseRelation, DescribedError, FailedSystemCall } from './described-error.js';
import { isObject, readField, UNREADABLE } from './error-fields.js';
import { stackParts } from './stack-parts.js';
import { toldText, toldValue } from './told-text.js';

export const TYPE_LENGTH = 256;
const CODE_LENGTH = 64;
const SYSCALL_LENGTH = 32;
const PATH_LENGTH = 1024;
const UNREADABLE_TEXT = '[unreadable]';

export const NO_CAUSES: readonly DescribedError[] = Object.freeze([]);

/** A description whose causes are still to be told. */
export interface CauselessError extends DescribedError {
  causes: readonly DescribedError[];
  omittedCauses: number;
}

/** Describes anything thrown, without its causes. Total on any input. */
export function describeAlone(
  error: unknown,
  relation: CauseRelation | undefined,
  messageLength: number,
): CauselessError {
  const type = errorType(error);
  if (!isObject(error) || typeof error === 'function') {
    const message = toldValue(error, messageLength);
    // what they are is not of low cardinality, but a kind of value is
    return told(type, kindOf(error), message, relation, undefined, undefined, undefined, undefined);
  }
  const name = readField(error, 'name');
  const message = readField(error, 'message');
  const stack = readField(error, 'stack');
  const code = toldCode(readField(error, 'code'));
  let head: string | undefined;
  let frames: KnownFrames | undefined;
  if (typeof stack === 'string') {
    const parts = stackParts(stack, typeof name === 'string' ? name : '', typeof message === 'string' ? message : '');
    if (parts.head !== undefined && parts.head !== '') head = toldText(parts.head, messageLength);
    if (parts.frames !== undefined) frames = knownFrames(parts.frames);
  }
  return told(
    type,
    toldType(name, type),
    toldMessage(error, message, typeof stack === 'string', messageLength),
    relation,
    code,
    head,
    frames,
    code?.startsWith('E') === true ? failedSystemCall(error) : undefined,
  );
}

function told(
  type: string,
  exceptionType: string,
  message: string,
  relation: CauseRelation | undefined,
  code: string | undefined,
  head: string | undefined,
  frames: KnownFrames | undefined,
  system: FailedSystemCall | undefined,
): CauselessError {
  return {
    errorType: type,
    exceptionType,
    message,
    code,
    head,
    frames,
    causes: NO_CAUSES,
    omittedCauses: 0,
    relation,
    isRepeated: false,
    system,
  };
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

function toldType(name: unknown, type: string): string {
  if (typeof name !== 'string' || name === '') return type === ERROR_TYPE_OTHER ? 'object' : type;
  // the names that nearly all errors have hold no secret
  return name === type || name === 'Error' ? name : toldText(name, TYPE_LENGTH);
}

function toldMessage(error: object, message: unknown, hasStack: boolean, limit: number): string {
  if (typeof message === 'string') return toldText(message, limit);
  if (message === UNREADABLE) return UNREADABLE_TEXT;
  if (message !== undefined && message !== null) return toldValue(message, limit);
  return hasStack || types.isNativeError(error) ? '' : toldValue(error, limit);
}

/** Databases have numbers as text, RPC has numbers; 0 is what an event or an exception of the web has that has none. */
function toldCode(code: unknown): string | undefined {
  if (typeof code === 'string') return code === '' ? undefined : toldText(code, CODE_LENGTH);
  return typeof code === 'number' && Number.isSafeInteger(code) && code !== 0 ? String(code) : undefined;
}

function failedSystemCall(error: object): FailedSystemCall | undefined {
  const syscall = readField(error, 'syscall');
  if (typeof syscall !== 'string') return undefined;
  const errno = readField(error, 'errno');
  const path = readField(error, 'path');
  return {
    syscall: toldText(syscall, SYSCALL_LENGTH),
    errno: typeof errno === 'number' && Number.isSafeInteger(errno) ? errno : undefined,
    path: typeof path === 'string' ? toldText(path, PATH_LENGTH) : undefined,
  };
}
