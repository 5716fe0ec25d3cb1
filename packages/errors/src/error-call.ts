import { type Context, context } from '@opentelemetry/api';
import { cleanName, runtimeState, type TextRedactor } from '@otel-monitor/runtime';
import { ERROR_SEVERITIES, type ErrorSeverity } from '@otel-monitor/semconv';
import type { ErrorOptions } from './error-options.js';
import { heldText } from './groups/held-text.js';

const MAX_NAMES = 500;
const MAX_NAME_LENGTH = 256;
const cleanNames = new Map<string, string>();
let cleanedBy: TextRedactor | undefined;

export const NO_OPTIONS: ErrorOptions = {};

const OPTIONS: Readonly<Record<keyof ErrorOptions, true>> = {
  operation: true,
  severity: true,
  dimensions: true,
  details: true,
  userId: true,
  endpoint: true,
  method: true,
  fingerprint: true,
};
const OPTION_KEYS = Object.keys(OPTIONS) as (keyof ErrorOptions)[];

/** The options of a call; of those that throw when they are read, the others. */
export function readableOptions(given: unknown): ErrorOptions {
  if (given === NO_OPTIONS || typeof given !== 'object' || given === null) return NO_OPTIONS;
  try {
    // one by one: a loop over keys costs three times as much
    const { operation, severity, dimensions, details, endpoint, method, fingerprint } = given as ErrorOptions;
    void [operation, severity, dimensions, details, endpoint, method, fingerprint];
    const { userId } = given as { userId?: unknown };
    if (userId === undefined || userId === null || typeof userId === 'string') return given;
    return { ...given, userId: String(userId) };
  } catch {
    return readOneByOne(given as ErrorOptions);
  }
}

export function severityOf(given: unknown): ErrorSeverity {
  return ERROR_SEVERITIES.includes(given as ErrorSeverity) ? (given as ErrorSeverity) : 'error';
}

/** The name of an operation that is told by it or by itself. Total on any input. */
export function operationNameOf(operation: unknown): string | undefined {
  if (operation === undefined || operation === null) return undefined;
  try {
    return cleanedName(typeof operation === 'object' ? (operation as { name?: unknown }).name : operation);
  } catch {
    return cleanName(undefined);
  }
}

/** The context of an operation, or the current one. Total on any input. */
export function contextOf(operation: unknown): Context {
  try {
    const given = (operation as { context?: Context } | undefined)?.context;
    if (typeof given?.getValue === 'function') return given;
  } catch {
    // the current one is as good
  }
  return context.active();
}

/** A service has few operations: a name that was searched for secrets once is known. */
function cleanedName(name: unknown): string {
  if (typeof name !== 'string' || name.length > MAX_NAME_LENGTH) return cleanName(name);
  if (cleanedBy !== runtimeState.redactor || cleanNames.size >= MAX_NAMES) {
    cleanNames.clear();
    cleanedBy = runtimeState.redactor;
  }
  let clean = cleanNames.get(name);
  if (clean === undefined) {
    clean = cleanName(name);
    cleanNames.set(heldText(name), clean);
  }
  return clean;
}

function readOneByOne(given: ErrorOptions): ErrorOptions {
  const read: Partial<Record<keyof ErrorOptions, unknown>> = {};
  for (const key of OPTION_KEYS) {
    try {
      read[key] = given[key];
    } catch {
      // it is as if left out
    }
  }
  if (typeof read.userId !== 'string') delete read.userId;
  return read as ErrorOptions;
}
