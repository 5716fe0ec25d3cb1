import { type Attributes, context, type Tracer, type TracerProvider, trace } from '@opentelemetry/api';
import { cleanDetails, report, runtimeState, type Scope } from '@otel-monitor/runtime';
import { OperationNames } from './named-operation.js';
import type { Operation } from './operation.js';
import type { OperationOptions } from './operation-options.js';
import { parentContext } from './parent-context.js';
import { PassThroughOperation } from './pass-through-operation.js';
import { type FailureListener, RecordedOperation } from './recorded-operation.js';
import { settle } from './settle.js';

const NO_OPTIONS: OperationOptions = {};

/** Starts operations of one scope. */
export class Operations {
  readonly #names: OperationNames;
  #tracer: Tracer | undefined;
  #provider: TracerProvider | undefined;

  /** @param onFailure told of each error an operation fails with; gives the error's id back */
  constructor(
    private readonly scope: Scope,
    private readonly onFailure: FailureListener,
  ) {
    this.#names = new OperationNames(scope);
  }

  /** Runs `callback` as an operation; its value, error or rejection comes back untouched. */
  run<T>(name: string, options: OperationOptions | undefined, callback: (operation: Operation) => T): T {
    if (typeof callback !== 'function') {
      report('operation-callback', 'monitor.operation was called without a function; nothing was run');
      return undefined as T;
    }
    const operation = this.start(name, options);
    return this.#finish(operation, callback, () => context.with(operation.context, callback, undefined, operation));
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
    return this.#finish(operation, wrapped, () => context.with(operation.context, wrapped, self, ...args));
  }

  /** Starts an operation that the caller ends. Never throws. */
  start(name: string, options: OperationOptions | undefined): Operation {
    let parent = context.active();
    try {
      parent = parentContext(options?.parent);
      if (!runtimeState.enabled) return new PassThroughOperation(parent);
      const { dimensions, details, measureMemory = runtimeState.measureMemory } = options ?? NO_OPTIONS;
      const named = this.#names.get(name);
      const series = named.series(dimensions);
      // the SDK copies the attributes, so that they can be shared with the metric
      const attributes: Attributes = series.attributes;
      const span = this.#currentTracer().startSpan(named.name, { attributes }, parent);
      if (details !== undefined && span.isRecording()) span.setAttributes(cleanDetails(details));
      const { onFailure } = this;
      return new RecordedOperation({ named, series, measureMemory: measureMemory === true, onFailure }, span, parent);
    } catch {
      report('operation-start', 'an operation could not be started; its work ran unmonitored');
      return new PassThroughOperation(parent);
    }
  }

  #finish<T>(operation: Operation, callback: unknown, call: () => T): T {
    let result: T;
    try {
      result = call();
    } catch (error) {
      operation.fail(error);
      throw error;
    }
    return settle(callback, result, operation);
  }

  /** A tracer is kept until another provider is registered. */
  #currentTracer(): Tracer {
    const provider = trace.getTracerProvider();
    if (this.#tracer === undefined || provider !== this.#provider) {
      this.#provider = provider;
      this.#tracer = provider.getTracer(this.scope.name, this.scope.version);
    }
    return this.#tracer;
  }
}
