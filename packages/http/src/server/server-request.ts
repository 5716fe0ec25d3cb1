import { performance } from 'node:perf_hooks';
import { type Context, context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { type EnclosingOperation, endSpan, OperationContext, recordDuration } from '@otel-monitor/operations';
import { cleanDetail, errorType, type OperationSpan, redactKey, setCleanAttribute } from '@otel-monitor/runtime';
import { countBeside } from '../count-beside.js';
import type { RequestOutcome } from '../request-outcome.js';
import type { OtherRequest } from './other-request.js';
import { RequestContext } from './request-context.js';
import { requestErrors } from './request-errors.js';
import type { ServerMethod } from './server-method.js';

/** `error.type` of a request whose client went away before the answer was complete: the code that Node has for it. */
const ABORTED = 'ECONNRESET';

/** How a request ended. */
export interface RequestEnd {
  /** The status that was sent; undefined: none was. */
  readonly status: number | undefined;
  /** False: the connection closed before the answer was complete. */
  readonly isComplete: boolean;
  /** What the answer's stream was destroyed with, if anything. */
  readonly error?: unknown;
  /** Bytes, where they are known. */
  readonly requestBytes?: number | undefined;
  readonly responseBytes?: number | undefined;
}

/** Who makes and ends the span of a request. */
export interface RequestSpan {
  readonly span: Span;
  /** The span, where it is one of ours. */
  readonly own: OperationSpan | undefined;
  /** Set where another instrumentation records the request: the span is its own, and its to end. */
  readonly other: OtherRequest | undefined;
}

/**
 * A request to this service, from its headers to the end of its answer: the operation that all work for it belongs to.
 * It ends by itself, once.
 */
export class ServerRequest implements EnclosingOperation {
  /** By this the framework instrumentations of OpenTelemetry know where to put the route (`RPCType.HTTP` of its core). */
  readonly type = 'http';
  /** The context in which work belongs to this request. */
  readonly context: Context;
  readonly parent = undefined;
  readonly span: Span;
  nestedFailure: EnclosingOperation['nestedFailure'];
  /**
   * The template that the path was matched by, as in `/users/:id`, for metric and span; undefined: none matched. Set it
   * where no adapter of a framework does. Must be of low cardinality: never the path.
   */
  get route(): string | undefined {
    return this.#found.route;
  }

  set route(template: string | undefined) {
    this.#found.route = template;
  }

  /** Bytes of the answer's body so far, where it is written in more than one piece. */
  written: number | undefined;
  /** Asked at the end where no route is known by then: some frameworks tell it only on their way back. */
  lateRoute: (() => string | undefined) | undefined;
  readonly #own: OperationSpan | undefined;
  readonly #other: OtherRequest | undefined;
  /** Where the route is kept: with whoever else records the request, if anyone does. */
  readonly #found: { route?: string | undefined };
  #failure: { readonly error: unknown } | undefined;
  #ended = false;

  constructor(
    private readonly method: ServerMethod,
    { span, own, other }: RequestSpan,
    private readonly parentContext: Context,
    private readonly startMillis: number,
  ) {
    this.span = span;
    this.#own = own;
    this.#other = other;
    this.#found = other?.metadata ?? { route: undefined };
    this.context = new OperationContext(new RequestContext(parentContext, this), this);
    method.active.add(1);
  }

  /** Method and route; the method alone where no route is known. */
  get name(): string {
    const { method, route } = this;
    return route === undefined ? method.name : `${method.name} ${route}`;
  }

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  get spanId(): string {
    return this.span.spanContext().spanId;
  }

  /** Whether `traceparent` is the one that this request came with, and not that of one sent for it. */
  isCalledBy(traceparent: string): boolean {
    const other = this.#other;
    const caller = other === undefined ? trace.getSpanContext(this.parentContext) : other.caller;
    return caller !== undefined && traceparent.includes(`${caller.traceId}-${caller.spanId}`);
  }

  detail(key: string, value: unknown): this {
    if (this.#ended || !this.span.isRecording()) return this;
    const clean = cleanDetail(key, value);
    if (clean !== undefined) setCleanAttribute(this.span, redactKey(key), clean);
    return this;
  }

  run<T>(callback: () => T): T {
    return context.with(this.context, callback);
  }

  /** Remembers what the handler failed with. It counts when the answer turns out to be one of 500 and above, or none. */
  failed(error: unknown): void {
    if (!this.#ended) this.#failure = { error };
  }

  /** Records the error now and gives its id; the request goes on until its answer ends. */
  fail(error: unknown): string {
    if (this.#ended) return '';
    this.#failure = { error };
    return this.#capture(error);
  }

  /** A request ends with its answer. */
  end(): void {}

  [Symbol.dispose](): void {}

  /** Ends the request; a second call does nothing. Never throws. */
  answered({ status, isComplete, error, requestBytes, responseBytes }: RequestEnd): void {
    if (this.#ended) return;
    const now = performance.now();
    if (error !== undefined && error !== null) this.#failure ??= { error };
    const isFailed = !isComplete || (status !== undefined && status >= 500);
    const failure = isFailed ? this.#failureType(isComplete) : undefined;
    if (this.lateRoute !== undefined) this.#askRoute(this.lateRoute);
    // before the end: the error belongs to the span
    if (isFailed && this.#failure !== undefined) this.#capture(this.#failure.error);
    this.#ended = true;
    const outcome = this.method.route(this.route).outcome(status, failure);
    this.#record(outcome, now, requestBytes, responseBytes);
    this.method.active.add(-1);
    this.nestedFailure = undefined;
    if (this.#other === undefined) this.#endSpan(outcome, isFailed, now);
  }

  #askRoute(lateRoute: () => string | undefined): void {
    this.lateRoute = undefined;
    try {
      this.route ??= lateRoute();
    } catch {
      // a framework of another shape: the request goes without a route
    }
  }

  #failureType(isComplete: boolean): string | undefined {
    if (this.#failure !== undefined) return errorType(this.#failure.error);
    return isComplete ? undefined : ABORTED;
  }

  #record(
    outcome: RequestOutcome,
    now: number,
    requestBytes: number | undefined,
    responseBytes: number | undefined,
  ): void {
    const { span, startMillis } = this;
    if (this.#other === undefined) recordDuration(outcome.duration, span, this.#own, startMillis, now);
    else countBeside(this.#other.counting, outcome.duration, span, startMillis, now);
    if (requestBytes !== undefined) outcome.requestSize.record(requestBytes);
    if (responseBytes !== undefined) outcome.responseSize.record(responseBytes);
  }

  #endSpan(outcome: RequestOutcome, isFailed: boolean, now: number): void {
    const { span } = this;
    const own = this.#own;
    if (isFailed) span.setStatus({ code: SpanStatusCode.ERROR });
    if (own !== undefined) {
      own.become(outcome);
      own.finish(now);
      return;
    }
    try {
      span.updateName(outcome.name);
      span.setAttributes(outcome.attributes);
    } catch {
      // it is the owner's to tell
    }
    endSpan(span);
  }

  #capture(error: unknown): string {
    return requestErrors.operationFailed(error, this);
  }
}
