import { ERROR_SEVERITIES, type ErrorSeverity } from '@otel-monitor/semconv';
import type { ErrorCause, ErrorSample } from '../query/error-sample.js';
import type { Occurrence } from './occurrence.js';

/** Longest sample, in characters of its JSON text. */
const MAX_LENGTH = 8192;
const ID_START = '{"id":"';
const ID = /^[0-9a-f]{32}$/;

/**
 * A sample is kept as its JSON text: one string of a known length, which holds nothing of the error, and is what goes to
 * the disk. What is too long loses its stack, then its breadcrumbs, then its causes.
 *
 * @param stack undefined where it is the group's
 */
export function sampleText(occurrence: Occurrence, release: string | undefined, stack: string | undefined): string {
  const { error } = occurrence;
  const sample = {
    id: occurrence.id,
    at: occurrence.at,
    severity: occurrence.severity,
    message: error.message,
    code: error.code,
    operation: occurrence.operationName,
    traceId: occurrence.traceId,
    spanId: occurrence.spanId,
    userHash: occurrence.userHash,
    release,
    causes: error.causes.length === 0 ? undefined : error.causes.map(causeOf),
    stack,
    breadcrumbs: breadcrumbsOf(occurrence),
  };
  for (const left of ['stack', 'breadcrumbs', 'causes'] as const) {
    const text = JSON.stringify(sample);
    if (text.length <= MAX_LENGTH) return text;
    sample[left] = undefined;
  }
  return JSON.stringify(sample);
}

/** Whether a text begins like a sample of this id. */
export function isSampleOf(text: string, id: string): boolean {
  return text.startsWith(id, ID_START.length) && text[ID_START.length + id.length] === '"';
}

/** Whether what was kept elsewhere can be kept as a sample. */
export function isSampleText(given: unknown): given is string {
  if (typeof given !== 'string' || given.length > 2 * MAX_LENGTH || !given.startsWith(ID_START)) return false;
  return readSample(given) !== undefined;
}

/** The sample of a text; undefined where it is none. Total on any text. */
export function readSample(text: string): ErrorSample | undefined {
  try {
    const { id, at, severity, message, causes, breadcrumbs, ...rest } = JSON.parse(text) as Record<string, unknown>;
    if (typeof id !== 'string' || !ID.test(id) || typeof message !== 'string' || !isSeverity(severity))
      return undefined;
    return {
      id,
      at: new Date(at as number).toISOString(),
      severity,
      message,
      ...texts(rest),
      ...(Array.isArray(causes) ? { causes: causes.filter(isCause) } : {}),
      ...(breadcrumbs === undefined ? {} : { breadcrumbs }),
    };
  } catch {
    return undefined;
  }
}

const TEXTS = ['code', 'operation', 'traceId', 'spanId', 'userHash', 'release', 'stack'] as const;

function texts(given: Record<string, unknown>): Partial<Record<(typeof TEXTS)[number], string>> {
  const found: Partial<Record<(typeof TEXTS)[number], string>> = {};
  for (const key of TEXTS) {
    const value = given[key];
    if (typeof value === 'string') found[key] = value;
  }
  return found;
}

function isSeverity(given: unknown): given is ErrorSeverity {
  return ERROR_SEVERITIES.includes(given as ErrorSeverity);
}

function isCause(given: unknown): given is ErrorCause {
  const { type, message } = (given ?? {}) as { type?: unknown; message?: unknown };
  return typeof type === 'string' && typeof message === 'string';
}

function causeOf({ exceptionType, message, code }: Occurrence['error']): ErrorCause {
  return { type: exceptionType, message, ...(code === undefined ? {} : { code }) };
}

/** What happened before, where whoever recorded the error tells. */
function breadcrumbsOf(occurrence: Occurrence): unknown {
  const { breadcrumbs } = occurrence as { breadcrumbs?: unknown };
  return typeof breadcrumbs === 'function' ? breadcrumbs() : breadcrumbs;
}
