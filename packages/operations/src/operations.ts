import { performance } from 'node:perf_hooks';
import { context } from '@opentelemetry/api';
import { cleanDetails, report, runtimeState, type Scope, setCleanAttributes } from '@otel-monitor/runtime';
import { OperationNames } from './named-operation.js';
import type { Operation } from './operation.js';
import { cleanLinks } from './operation-links.js';
import type { OperationOptions } from './operation-options.js';
import { parentContext } from './parent-context.js';
import { PassThroughOperation } from './pass-through-operation.js';
import { type FailureListener, RecordedOperation } from './recorded-operation.js';
import { settle } from './settle.js';
import { spanKind } from './span-kind.js';
import { SpanStarter } from './span-starter.js';

/** What a callback gets while monitoring is off. */
const AMBIENT = new PassThroughOperation();

/** Starts operations of one scope. */
export class Operations {
  readonly #names: OperationNames;
  readonly #spans: SpanStarter;

  /** @param onFailure told of each error an operation fails with; gives the error's id back */
  constructor(
    scope: Scope,
    private readonly onFailure: FailureListener,
  ) {
    this.#names = new OperationNames(scope);
    this.#spans = new SpanStarter(scope);
  }

  /** Runs `callback` as an operation; its value, error or rejection comes back untouched. */
  run<T>(name: string, options: OperationOptions | undefined, callback: (operation: Operation) => T): T {
    if (typeof callback !== 'function') {
      report('operation-callback', 'monitor.operation was called without a function; nothing was run');
      return undefined as T;
    }
    // switched off, and in no other trace, there is nothing to keep apart: the work runs where it stands
    if (!runtimeState.enabled && isHere(options)) return callback(AMBIENT);
    const operation = this.start(name, options);
    let result: T;
    try {
      result = context.with(operation.context, callback, undefined, operation);
    } catch (error) {
      operation.fail(error);
      throw error;
    }
    return settle(callback, result, operation);
  }

  /** Calls `wrapped` with `self` and `args` as an operation, which it does not get to see. */
  runCall<This, Args extends unknown[], Result>(
    name: string,
    options: OperationOptions | undefined,
    wrapped: (this: This, ...args: Args) => Result,
    self: This,
    args: Args,
  ): Result {
    if (!runtimeState.enabled && isHere(options)) return Reflect.apply(wrapped, self, args);
    const operation = this.start(name, options);
    let result: Result;
    try {
      result = context.with(operation.context, wrapped, self, ...args);
    } catch (error) {
      operation.fail(error);
      throw error;
    }
    return settle(wrapped, result, operation);
  }

  /** Starts an operation that the caller ends. Never throws. */
  start(name: string, options: OperationOptions | undefined): Operation {
    let parent = context.active();
    try {
      // read once, each: they may be getters
      const givenParent = options?.parent;
      if (givenParent !== undefined) parent = parentContext(givenParent);
      if (!runtimeState.enabled) return new PassThroughOperation(parent);
      const measureMemory = options?.measureMemory ?? runtimeState.measureMemory;
      const kind = options?.kind;
      const plain = this.#names.get(name, options?.dimensions);
      const series = kind === undefined ? plain : plain.ofKind(spanKind(kind));
      const givenLinks = options?.links;
      const links = givenLinks === undefined ? undefined : cleanLinks(givenLinks);
      const now = performance.now();
      const own = this.#spans.own?.start(series, parent, now, links);
      const span = own ?? this.#spans.startThroughApi(series, parent, links);
      const details = options?.details;
      if (details !== undefined && span.isRecording()) setCleanAttributes(span, cleanDetails(details));
      return new RecordedOperation(series, this.onFailure, measureMemory === true, span, own, parent, now);
    } catch {
      report('operation-start', 'an operation could not be started; its work ran unmonitored');
      return new PassThroughOperation(parent);
    }
  }
}

/** Whether the options name no parent of their own. */
function isHere(options: OperationOptions | undefined): boolean {
  try {
    return options?.parent === undefined;
  } catch {
    return false;
  }
}
