import { boundedErrorType } from '@otel-monitor/runtime';
import { OTHER_NAME } from '../days/day-book.js';

/** What an OpenFeature SDK tells a hook about where an evaluation happens, as far as it is read here. */
export interface FlagHookContext {
  readonly flagKey: string;
  readonly context?: object;
  readonly providerMetadata?: { readonly name?: string };
}

/** What came of an evaluation, as far as it is read here. */
export interface FlagEvaluationDetails {
  readonly value: unknown;
  readonly variant?: string;
  readonly reason?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly flagMetadata?: object;
}

/** An evaluation as it is recorded. */
export interface FlagEvaluation {
  readonly flag: unknown;
  /** Under which name it is counted. */
  readonly counted: string;
  /** As the provider tells it; undefined when it tells none. */
  readonly variant: string | undefined;
  readonly value: unknown;
  readonly reason: string | undefined;
  readonly errorType: string | undefined;
  readonly errorMessage: string | undefined;
  readonly provider: string | undefined;
  readonly setId: string | undefined;
  readonly version: string | undefined;
  /** For whom. */
  readonly targetingKey: unknown;
  readonly contextId: unknown;
}

/** The variant of an evaluation that failed: the program got the default value that it gave. */
export const DEFAULT_VARIANT = '_DEFAULT';
/** What the semantic conventions call the error codes of OpenFeature. */
const ERROR_TYPES = new Set([
  'flag_not_found',
  'invalid_context',
  'parse_error',
  'provider_fatal',
  'provider_not_ready',
  'targeting_key_missing',
  'type_mismatch',
  'general',
]);
const MAX_TEXT = 256;

/** Reads an evaluation from whatever an SDK has given; undefined when there is nothing of one. Total on any input. */
export function readEvaluation(hookContext: unknown, details: unknown): FlagEvaluation | undefined {
  const flag = read(hookContext, 'flagKey') ?? read(details, 'flagKey');
  if (typeof flag !== 'string' || !isReadable(details)) return undefined;
  const metadata = read(details, 'flagMetadata');
  const evaluationContext = read(hookContext, 'context');
  const variant = textOf(read(details, 'variant'));
  const value = read(details, 'value');
  const errorCode = textOf(read(details, 'errorCode'));
  const reason = textOf(read(details, 'reason'))?.toLowerCase();
  const isFailed = errorCode !== undefined || reason === 'error';
  return {
    flag,
    counted: isFailed ? DEFAULT_VARIANT : (variant ?? variantOf(value)),
    variant,
    value,
    reason: isFailed ? 'error' : reason,
    errorType: isFailed ? errorTypeOf(errorCode) : undefined,
    errorMessage: isFailed ? textOf(read(details, 'errorMessage')) : undefined,
    provider: textOf(read(read(hookContext, 'providerMetadata'), 'name')),
    setId: textOf(read(metadata, 'flagSetId')),
    version: textOf(read(metadata, 'version')),
    targetingKey: read(evaluationContext, 'targetingKey'),
    contextId: read(metadata, 'contextId'),
  };
}

function errorTypeOf(errorCode: string | undefined): string {
  const name = errorCode?.toLowerCase() ?? 'general';
  return ERROR_TYPES.has(name) ? name : boundedErrorType(errorCode);
}

/** Where a provider tells no variant, the value stands for it, if it is one of few. */
function variantOf(value: unknown): string {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  return (typeof value === 'string' ? textOf(value) : undefined) ?? OTHER_NAME;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : undefined;
}

function isReadable(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function read(from: unknown, key: string): unknown {
  try {
    return isReadable(from) ? (from as Record<string, unknown>)[key] : undefined;
  } catch {
    return undefined;
  }
}
