import { type Context, context, isSpanContextValid, trace } from '@opentelemetry/api';
import { type BoundSum, KeptCombinations, metricStore, type SumSeries } from '@otel-monitor/bound-metrics';
import { cleanDimensions, cleanName, nodeCrypto, report, runtimeState, type Scope } from '@otel-monitor/runtime';
import {
  ATTR_ERROR_SEVERITY,
  ATTR_ERROR_TYPE,
  ATTR_OPERATION_NAME,
  ERROR_SEVERITIES,
  ERRORS,
  type ErrorSeverity,
} from '@otel-monitor/semconv';
import { type DescribedError, describeError, describeWords } from './description/described-error.js';
import type { ErrorOptions } from './error-options.js';
import { fingerprintOf } from './fingerprint/fingerprint.js';
import { sourceMaps } from './fingerprint/source-maps/source-maps.js';
import { errorGroups } from './groups/error-groups.js';
import { writeException } from './records/exception-record.js';
import { userHash } from './records/user-hash.js';
import { markSeen, seenId } from './seen-errors.js';

/** An operation as far as errors need it. */
export interface ErrorOperation {
  readonly name: string;
  readonly context: Context;
  /** What a nested operation failed with last. */
  readonly nestedFailure?: { readonly error: unknown; readonly id: string };
}

const NO_OPTIONS: ErrorOptions = {};
const NO_DIMENSIONS = {};
/** Most places that the kinds of errors (type, severity, operation) and their dimensions are kept in. */
const MAX_PLACES = 5000;

/** Counts and writes the errors of one scope: each error object once, however often it is captured and thrown on. */
export class Errors {
  readonly #counter: BoundSum;
  readonly #room = { places: MAX_PLACES };
  readonly #counts = new KeptCombinations<KeptCombinations<SumSeries>>(this.#room);

  /** @param currentOperation the operation that the calling code runs in */
  constructor(
    private readonly scope: Scope,
    private readonly currentOperation: () => ErrorOperation | undefined,
  ) {
    this.#counter = metricStore.scope(scope).sum(ERRORS);
    sourceMaps.begin();
  }

  /**
   * Records an error and gives its id; an error object that was recorded before gives its first id and counts no more.
   * Empty while monitoring or error tracking is off. Never throws.
   */
  capture(error: unknown, options: ErrorOptions = NO_OPTIONS): string {
    if (!runtimeState.enabled || !runtimeState.errors.enabled) return '';
    const known = seenId(error);
    if (known !== undefined) return known;
    return this.#record(() => ({ described: describeError(error), options: options ?? NO_OPTIONS }), error);
  }

  /** Records an error told by its words; each call counts. Gives its id. Never throws. */
  track(type: string, message: string, operation?: string, options: ErrorOptions = NO_OPTIONS): string {
    if (!runtimeState.enabled || !runtimeState.errors.enabled) return '';
    return this.#record(() => ({
      described: describeWords(type, message),
      options: operation === undefined ? (options ?? NO_OPTIONS) : { ...options, operation },
    }));
  }

  /** Records what an operation failed with; the innermost operation that saw an error is the one it counts for. */
  operationFailed(error: unknown, operation: ErrorOperation): string {
    const nested = operation.nestedFailure;
    if (nested !== undefined && Object.is(nested.error, error)) return nested.id;
    return this.capture(error, { operation });
  }

  #record(read: () => { described: DescribedError; options: ErrorOptions }, error?: unknown): string {
    const id = nodeCrypto().randomUUID().replaceAll('-', '');
    try {
      markSeen(error, id);
      const { described, options } = read();
      const severity = severityOf(options.severity);
      const operation = options.operation ?? this.currentOperation();
      const operationName = nameOf(operation);
      this.#count(described.errorType, severity, operationName, options);
      const fingerprint = fingerprintOf(described, { operationName, given: options.fingerprint, thrown: error });
      const at = contextOf(operation);
      const span = trace.getSpanContext(at);
      const ids = span !== undefined && isSpanContextValid(span) ? span : undefined;
      errorGroups.add({
        id,
        fingerprint,
        error: described,
        severity,
        at: Date.now(),
        operationName,
        traceId: ids?.traceId,
        spanId: ids?.spanId,
        userHash:
          options.userId === undefined || options.userId === null ? undefined : userHash(String(options.userId)),
      });
      if (runtimeState.errors.sampleRate >= 1 || Math.random() < runtimeState.errors.sampleRate) {
        const record = { id, groupId: fingerprint.groupId, error: described, severity, operationName, options };
        writeException(this.scope, record, at);
      }
    } catch {
      report('error-record', 'an error could not be recorded');
    }
    return id;
  }

  #count(errorType: string, severity: ErrorSeverity, operationName: string | undefined, options: ErrorOptions): void {
    const kind = { errorType, severity, operationName };
    let counts = this.#counts.get(kind);
    if (counts === undefined) {
      counts = new KeptCombinations(this.#room);
      this.#counts.set(kind, counts);
    }
    const dimensions = isObject(options.dimensions) ? options.dimensions : NO_DIMENSIONS;
    let series = counts.get(dimensions);
    if (series === undefined) {
      series = this.#counter.bind({
        ...cleanDimensions(dimensions),
        [ATTR_ERROR_TYPE]: errorType,
        [ATTR_ERROR_SEVERITY]: severity,
        ...(operationName === undefined ? {} : { [ATTR_OPERATION_NAME]: operationName }),
      });
      counts.set(dimensions, series);
    }
    series.add(1);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function severityOf(given: unknown): ErrorSeverity {
  return ERROR_SEVERITIES.includes(given as ErrorSeverity) ? (given as ErrorSeverity) : 'error';
}

function nameOf(operation: string | { readonly name: string } | undefined): string | undefined {
  if (operation === undefined || operation === null) return undefined;
  return cleanName(typeof operation === 'object' ? operation.name : operation);
}

function contextOf(operation: unknown): Context {
  const given = (operation as ErrorOperation | undefined)?.context;
  return typeof given?.getValue === 'function' ? given : context.active();
}
