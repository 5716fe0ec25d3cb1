import { cleanText } from './clean-attributes.js';
import { processWide } from './registry.js';

const OTHER = '_OTHER';
const IDENTIFIER = /^[A-Za-z_$][\w$.]{0,63}$/;
/** Distinct values of error.type in the life of the process; a program that makes names up gets `_OTHER`. */
const MAX_TYPES = 500;

const types: Set<string> = processWide('error-types', () => new Set<string>());

/**
 * `error.type` of anything thrown: the class name; the code for a plain Error that has one (`ECONNREFUSED`); `_OTHER`
 * when neither is of low cardinality. Total on any input (semantic conventions, Error attributes).
 */
export function errorType(error: unknown): string {
  return bounded(nameOf(error));
}

/** A code or class name given as text, held to the same bound. */
export function boundedErrorType(name: unknown): string {
  return bounded(name);
}

function nameOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) {
    return error === null || error === undefined ? OTHER : typeof error;
  }
  try {
    const { name, code } = error as { name?: unknown; code?: unknown };
    const className = typeof name === 'string' && name !== '' ? name : (error as object).constructor?.name;
    if ((className === 'Error' || className === 'Object' || className === undefined) && isIdentifier(code)) return code;
    return className;
  } catch {
    return OTHER;
  }
}

function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && IDENTIFIER.test(value);
}

function bounded(name: unknown): string {
  if (!isIdentifier(name)) return OTHER;
  if (types.has(name)) return name;
  // a token can be of the form of a name
  if (types.size >= MAX_TYPES || cleanText(name) !== name) return OTHER;
  types.add(name);
  return name;
}
