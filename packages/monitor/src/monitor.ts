import type { Context } from '@opentelemetry/api';
import { type ErrorOptions, type ErrorQuery, Errors, errorQuery } from '@otel-monitor/errors';
import { Health } from '@otel-monitor/health';
import {
  type ContextSource,
  currentOperation,
  extractContext,
  injectContext,
  type Operation,
  type OperationOptions,
  Operations,
} from '@otel-monitor/operations';
import { defaultRedactor } from '@otel-monitor/redaction';
import { cleanName, runtimeState, type Scope } from '@otel-monitor/runtime';
import {
  type Cache,
  type FeatureUse,
  type OpenFeatureHook,
  type OpenFeatureHookOptions,
  Usage,
  type UsageQuery,
  usageQuery,
  type Workflow,
  type WorkflowOptions,
} from '@otel-monitor/usage';
import { type Collector, CustomCollectors } from './custom-collectors.js';

/** Whom a monitor speaks for. */
export interface MonitorOptions {
  /** Name of the application or library: the instrumentation scope of everything recorded. */
  readonly name: string;
  readonly version?: string;
}

/**
 * The one object an application holds: it speaks of operations, errors, usage and health. Made at any time, before or
 * after monitoring starts, in any number; without a start it records through the plain OpenTelemetry API.
 * No method throws into the application, blocks it, or keeps it alive.
 */
export class Monitor {
  /** Checks, heartbeats and the report on them. */
  readonly health: Health;
  /** The groups of errors of the process, and what is known of them. */
  readonly errors: ErrorQuery = errorQuery;
  /** What is known of the use of the service: the same for every monitor of the process. */
  readonly usage: UsageQuery = usageQuery();
  readonly #operations: Operations;
  readonly #errors: Errors;
  readonly #usage: Usage;
  readonly #collectors: CustomCollectors;

  constructor(scope: Scope) {
    this.#errors = new Errors(scope, currentOperation);
    this.#operations = new Operations(scope, (error, operation) => this.#errors.operationFailed(error, operation));
    this.#usage = new Usage(scope);
    this.health = new Health(scope);
    this.#collectors = new CustomCollectors(scope);
  }

  /**
   * Runs `callback` as an operation: a span, a duration, and an error if it throws or rejects. What the callback gives,
   * throws or rejects with comes back untouched; a synchronous callback stays synchronous.
   */
  operation<T>(name: string, callback: (operation: Operation) => T): T;
  operation<T>(name: string, options: OperationOptions, callback: (operation: Operation) => T): T;
  operation<T>(
    name: string,
    optionsOrCallback: OperationOptions | ((operation: Operation) => T),
    callback?: (operation: Operation) => T,
  ): T {
    return typeof optionsOrCallback === 'function'
      ? this.#operations.run(name, undefined, optionsOrCallback)
      : this.#operations.run(name, optionsOrCallback, callback as (operation: Operation) => T);
  }

  /** A function that does what `wrapped` does, each call as an operation; `this` and arguments are passed on. */
  instrument<This, Args extends unknown[], Result>(
    name: string,
    wrapped: (this: This, ...args: Args) => Result,
    options?: OperationOptions,
  ): (this: This, ...args: Args) => Result {
    const operations = this.#operations;
    if (typeof wrapped !== 'function') return wrapped;
    // the same kind of function as the wrapped one: what tells an async function from another is told of this one too
    return function instrumented(this: This, ...args: Args): Result {
      return operations.runCall(name, options, wrapped, this, args);
    };
  }

  /** Starts an operation that the caller ends by `end()`, `fail(error)` or `using`. Use `run` to work inside it. */
  startOperation(name: string, options?: OperationOptions): Operation {
    return this.#operations.start(name, options);
  }

  /**
   * Writes the current context, or that of `from`, into a carrier (`traceparent`, `tracestate` and `baggage` by default), and
   * gives the carrier back: a plain object, `Headers`, a `Map`, or an array of `[name, value]`. Where no propagator is
   * registered it writes nothing.
   *
   * @param from an operation, `{ operation }` or `{ context }`
   */
  inject<Carrier extends object>(carrier: Carrier, from?: ContextSource): Carrier {
    return injectContext(carrier, from);
  }

  /**
   * The context that a carrier holds, for `parent` and `links`. What holds none, or none that is valid, gives a context in
   * which an operation starts a new trace. Values may be text, bytes, or lists of them.
   */
  extract(carrier: unknown): Context {
    return extractContext(carrier);
  }

  /** Records an error and gives its id at once; the same error object is counted once, however often it is captured. */
  captureError(error: unknown, options?: ErrorOptions): string {
    this.#sawUserOf(options);
    return this.#errors.capture(error, options);
  }

  /** Records an error told by its words; each call counts. Gives its id. */
  trackError(type: string, message: string, operation?: string, options?: ErrorOptions): string {
    this.#sawUserOf(options);
    return this.#errors.track(type, message, operation, options);
  }

  /** Counts a use of a feature. */
  trackFeature(name: string, action?: string, use?: FeatureUse): void {
    this.#usage.trackFeature(name, action, use);
  }

  /**
   * Counts somebody as an active user of the service, without a use of a feature.
   *
   * @param userId text, a number or a bigint; it goes into sketches by a keyed hash, and nowhere else
   */
  trackUser(userId: string | number | bigint): void {
    this.#usage.trackUser(userId);
  }

  /** Starts a run of a workflow of several steps. */
  startWorkflow(name: string, options?: WorkflowOptions): Workflow {
    return this.#usage.startWorkflow(name, options);
  }

  /** A hook for OpenFeature that records each evaluation of a flag: `OpenFeature.addHooks(monitor.openFeatureHook())`. */
  openFeatureHook(options?: OpenFeatureHookOptions): OpenFeatureHook {
    return this.#usage.openFeatureHook(options);
  }

  /** The cache of this name, whose hits and misses are counted. */
  cache(name: string): Cache {
    return this.#usage.cache(name);
  }

  /** Adds a collector whose values become gauges `monitor.custom.<key>`; gives the way to remove it. */
  addCollector(name: string, collector: Collector): () => void {
    return this.#collectors.add(name, collector);
  }

  /** Somebody who met an error is there. */
  #sawUserOf(options: ErrorOptions | undefined): void {
    try {
      const userId = options?.userId;
      if (userId !== undefined) this.#usage.trackUser(userId);
    } catch {
      // options that cannot be read tell of nobody
    }
  }
}

/** Makes a monitor. Everything that it records carries `name` and `version` as instrumentation scope. */
export function createMonitor(options: MonitorOptions): Monitor {
  // secrets are taken out even where nothing was started or configured
  runtimeState.redactor ??= defaultRedactor;
  const version = typeof options?.version === 'string' ? cleanName(options.version) : undefined;
  return new Monitor({ name: cleanName(options?.name), version });
}
