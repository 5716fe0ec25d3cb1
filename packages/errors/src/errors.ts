import { type Context, trace } from '@opentelemetry/api';
import { userHash as keyedHash, report, runtimeState, type Scope } from '@otel-monitor/runtime';
import type { ErrorSeverity } from '@otel-monitor/semconv';
import { CapturedOccurrence } from './captured-occurrence.js';
import { type DescribedError, describeError, describeWords } from './description/described-error.js';
import { contextOf, NO_OPTIONS, operationNameOf, readableOptions, severityOf } from './error-call.js';
import { ErrorCounter } from './error-counter.js';
import type { ErrorOptions } from './error-options.js';
import { fingerprintOf } from './fingerprint/fingerprint.js';
import { errorGroups } from './groups/error-groups.js';
import { groupBySource } from './groups-by-source.js';
import { newErrorId } from './rate/error-id.js';
import type { KnownWords } from './rate/known-words.js';
import { stormWords } from './rate/storm-words.js';
import { writeException } from './records/exception-record.js';
import { markSpan } from './records/mark-span.js';
import { markSeen, seenId } from './seen-errors.js';

/** An operation as far as errors need it. */
export interface ErrorOperation {
  /** Without secrets. */
  readonly name: string;
  readonly context: Context;
  /** What a nested operation failed with last. */
  readonly nestedFailure?: { readonly error: unknown; readonly id: string };
}

/** One error on its way to its group. */
interface Captured {
  readonly id: string;
  readonly at: number;
  readonly options: ErrorOptions;
  readonly severity: ErrorSeverity;
  readonly operation: unknown;
  readonly operationName: string | undefined;
  /** False: lots were drawn, and it is not to be written. */
  readonly isWanted: boolean;
}

/** Counts and writes the errors of one scope: each error object once, however often it is captured and thrown on. */
export class Errors {
  readonly #counter: ErrorCounter;

  /** @param currentOperation the operation that the calling code runs in */
  constructor(
    private readonly scope: Scope,
    private readonly currentOperation: () => ErrorOperation | undefined,
  ) {
    this.#counter = new ErrorCounter(scope);
    groupBySource();
  }

  /**
   * Records an error and gives its id; an error object that was recorded before gives its first id and counts no more.
   * Empty while monitoring or error tracking is off. Never throws.
   */
  capture(error: unknown, options: ErrorOptions = NO_OPTIONS): string {
    return this.#capture(error, options, undefined);
  }

  /** Records an error told by its words; each call counts. Gives its id. Never throws. */
  track(type: string, message: string, operation?: string, options: ErrorOptions = NO_OPTIONS): string {
    if (!runtimeState.enabled || !runtimeState.errors.enabled) return '';
    const id = newErrorId();
    try {
      const readable = readableOptions(options);
      const given = operation === undefined ? readable : { ...readable, operation };
      this.#record(describeWords(type, message), this.#captured(id, given, undefined), undefined);
    } catch {
      report('error-record', 'an error could not be recorded');
    }
    return id;
  }

  /** Records what an operation failed with; the innermost operation that saw an error is the one it counts for. */
  operationFailed(error: unknown, operation: ErrorOperation): string {
    const nested = operation.nestedFailure;
    if (nested !== undefined && Object.is(nested.error, error)) return nested.id;
    return this.#capture(error, NO_OPTIONS, operation);
  }

  #capture(error: unknown, options: ErrorOptions, failed: ErrorOperation | undefined): string {
    if (!runtimeState.enabled || !runtimeState.errors.enabled) return '';
    const known = seenId(error);
    if (known !== undefined) return known;
    const id = newErrorId();
    try {
      markSeen(error, id);
      const captured = this.#captured(id, readableOptions(options), failed);
      const words = wordsOf(error, captured);
      if (words?.isKnown(captured.at) !== true || !this.#countByWords(words, captured)) {
        this.#record(describeError(error), captured, words, error);
      }
    } catch {
      report('error-record', 'an error could not be recorded');
    }
    return id;
  }

  #captured(id: string, options: ErrorOptions, failed: ErrorOperation | undefined): Captured {
    const given = options.operation ?? undefined;
    const own = given === undefined ? (failed ?? this.currentOperation()) : undefined;
    const operation = given ?? own;
    const { sampleRate } = runtimeState.errors;
    return {
      id,
      at: Date.now(),
      options,
      severity: severityOf(options.severity),
      operation,
      // the name of an operation of ours is clean; one that the application gives may be anything
      operationName: own === undefined ? operationNameOf(given) : own.name,
      isWanted: sampleRate >= 1 || Math.random() < sampleRate,
    };
  }

  /** Counts an error of known words without reading its stack; false where it must be read, because it is to be written. */
  #countByWords(words: KnownWords, captured: Captured): boolean {
    const { group, errorType } = words;
    const { at, isWanted, severity, operation, operationName, options } = captured;
    if (group === undefined || (isWanted && errorGroups.records.hasRoom(group, at))) return false;
    if (!errorGroups.countAgain(group, at, severity, operationName, hashOf(options.userId))) return false;
    if (typeof options.userId === 'string') errorGroups.noteUser(group, options.userId);
    this.#counter.count(errorType, severity, operationName, options.dimensions);
    errorGroups.records.leaveOut(group, isWanted);
    markSpan(trace.getSpan(contextOf(operation)), captured.id, group.id);
    return true;
  }

  #record(error: DescribedError, captured: Captured, words: KnownWords | undefined, thrown?: unknown): void {
    const { id, at, isWanted, severity, operation, operationName, options } = captured;
    this.#counter.count(error.errorType, severity, operationName, options.dimensions);
    const fingerprint = fingerprintOf(error, { operationName, given: options.fingerprint, thrown });
    const context = contextOf(operation);
    const userHash = hashOf(options.userId);
    const occurrence = new CapturedOccurrence(id, fingerprint, error, severity, at, operationName, userHash, context);
    const group = errorGroups.add(occurrence);
    if (typeof options.userId === 'string') errorGroups.noteUser(group, options.userId);
    words?.read(group, error.errorType, at);
    const repeats = isWanted ? errorGroups.records.admit(group, at) : undefined;
    if (repeats !== undefined) {
      const { breadcrumbs } = occurrence;
      const record = { id, groupId: group.id, error, severity, operationName, options, userHash, repeats, breadcrumbs };
      writeException(this.scope, record, context);
      return;
    }
    if (!isWanted) errorGroups.records.leaveOut(group, false);
    markSpan(trace.getSpan(context), id, group.id);
  }
}

/** What is known of an error by its words; undefined where something else decides on its group. */
function wordsOf(error: unknown, { options, severity, operationName }: Captured): KnownWords | undefined {
  const isChosen = runtimeState.errors.fingerprint !== undefined || options.fingerprint !== undefined;
  return isChosen ? undefined : stormWords.of(error, severity, operationName);
}

function hashOf(userId: string | null | undefined): string | undefined {
  if (userId === undefined || userId === null) return undefined;
  errorGroups.settleUsers();
  return keyedHash(userId);
}
