import { ERROR_SEVERITIES, type ErrorSeverity } from '@otel-monitor/semconv';
import type { DescribedError } from '../description/described-error.js';
import type { ErrorBreadcrumb, ErrorCause, ErrorSample } from '../query/error-sample.js';
import type { Occurrence } from './occurrence.js';

/** Longest sample, in characters of its JSON text. */
const MAX_LENGTH = 8192;
const ID_START = '{"id":"';
const ID = /^[0-9a-f]{32}$/;
const RELATIONS: readonly string[] = ['cause', 'member', 'suppressed'];

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
      ...(isList(causes, isCause) ? { causes } : {}),
      ...(isList(breadcrumbs, isBreadcrumb) ? { breadcrumbs } : {}),
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

function isList<T>(given: unknown, is: (one: unknown) => one is T): given is T[] {
  return Array.isArray(given) && given.every(is);
}

function isCause(given: unknown): given is ErrorCause {
  const { relation, type, message, code, causes } = (given ?? {}) as { readonly [Key in keyof ErrorCause]?: unknown };
  return (
    RELATIONS.includes(relation as string) &&
    typeof type === 'string' &&
    typeof message === 'string' &&
    (code === undefined || typeof code === 'string') &&
    (causes === undefined || isList(causes, isCause))
  );
}

function isBreadcrumb(given: unknown): given is ErrorBreadcrumb {
  const { name, durationSeconds, errorType, endedAt, isSameTrace } = (given ?? {}) as {
    readonly [Key in keyof ErrorBreadcrumb]?: unknown;
  };
  return (
    typeof name === 'string' &&
    typeof durationSeconds === 'number' &&
    (errorType === undefined || typeof errorType === 'string') &&
    typeof endedAt === 'string' &&
    typeof isSameTrace === 'boolean'
  );
}

function causeOf({ relation = 'cause', exceptionType, message, code, causes }: DescribedError): ErrorCause {
  return {
    relation,
    type: exceptionType,
    message,
    ...(code === undefined ? {} : { code }),
    ...(causes.length === 0 ? {} : { causes: causes.map(causeOf) }),
  };
}

function breadcrumbsOf({ breadcrumbs }: Occurrence): readonly ErrorBreadcrumb[] | undefined {
  const operations = breadcrumbs?.() ?? [];
  if (operations.length === 0) return undefined;
  return operations.map(({ name, durationSeconds, errorType, endedAt, isSameTrace }) => ({
    name,
    durationSeconds,
    ...(errorType === undefined ? {} : { errorType }),
    endedAt: new Date(endedAt).toISOString(),
    isSameTrace,
  }));
}
