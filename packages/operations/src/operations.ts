import { performance } from 'node:perf_hooks';
import { context } from '@opentelemetry/api';
import { cleanDetails, report, runtimeState, type Scope } from '@otel-monitor/runtime';
import { OperationNames } from './named-operation.js';
import type { Operation } from './operation.js';
import type { OperationOptions } from './operation-options.js';
import { parentContext } from './parent-context.js';
import { PassThroughOperation } from './pass-through-operation.js';
import { type FailureListener, RecordedOperation } from './recorded-operation.js';
import { settle } from './settle.js';
import { SpanStarter } from './span-starter.js';

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
      const given = options?.parent;
      if (given !== undefined) parent = parentContext(given);
      if (!runtimeState.enabled) return new PassThroughOperation(parent);
      const measureMemory = options?.measureMemory ?? runtimeState.measureMemory;
      const series = this.#names.get(name).series(options?.dimensions);
      const { attributes, named } = series;
      const now = performance.now();
      const own = this.#spans.own?.start(named.name, attributes, parent, now);
      const span = own ?? this.#spans.startThroughApi(named.name, attributes, parent);
      const details = options?.details;
      if (details !== undefined && span.isRecording()) span.setAttributes(cleanDetails(details));
      return new RecordedOperation(series, this.onFailure, measureMemory === true, span, own, parent, now);
    } catch {
      report('operation-start', 'an operation could not be started; its work ran unmonitored');
      return new PassThroughOperation(parent);
    }
  }
}
