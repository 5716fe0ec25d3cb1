import { type Context, context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { cleanDetail, cleanText, errorType } from '@otel-monitor/runtime';
import { ATTR_ERROR_TYPE } from '@otel-monitor/semconv';
import { operationOf, withOperation } from './current-operation.js';
import type { NamedOperation, OperationSeries } from './named-operation.js';
import type { EnclosingOperation } from './operation.js';

const STATUS_MESSAGE_LENGTH = 512;

/** Told of the error an operation failed with; gives the error's id back. Must not throw. */
export type FailureListener = (error: unknown, operation: EnclosingOperation) => string;

/** What is the same for every run of an operation with the same name and dimensions. */
export interface OperationKind {
  readonly named: NamedOperation;
  readonly series: OperationSeries;
  readonly measureMemory: boolean;
  readonly onFailure: FailureListener;
}

/** An operation that is recorded: a span, a duration, and one error if it fails. */
export class RecordedOperation implements EnclosingOperation {
  readonly context: Context;
  readonly parent: EnclosingOperation | undefined;
  nestedFailure: EnclosingOperation['nestedFailure'];

  readonly #startMillis: number;
  readonly #startHeap: number;
  #errorType: string | undefined;
  #ended = false;

  constructor(
    private readonly kind: OperationKind,
    readonly span: Span,
    parentContext: Context,
  ) {
    this.parent = operationOf(parentContext);
    this.context = withOperation(trace.setSpan(parentContext, span), this);
    this.#startHeap = kind.measureMemory ? process.memoryUsage().heapUsed : 0;
    kind.named.active.add(1);
    this.#startMillis = performance.now();
  }

  get name(): string {
    return this.kind.named.name;
  }

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  get spanId(): string {
    return this.span.spanContext().spanId;
  }

  detail(key: string, value: unknown): this {
    if (this.#ended || !this.span.isRecording()) return this;
    const clean = cleanDetail(key, value);
    if (clean !== undefined) this.span.setAttribute(key, clean);
    return this;
  }

  run<T>(callback: () => T): T {
    return context.with(this.context, callback);
  }

  fail(error: unknown): string {
    if (this.#ended) return '';
    this.#errorType = errorType(error);
    const id = this.kind.onFailure(error, this);
    if (this.parent !== undefined) this.parent.nestedFailure = { error, id };
    const { span } = this;
    if (span.isRecording()) {
      span.setAttribute(ATTR_ERROR_TYPE, this.#errorType);
      span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
    }
    this.end();
    return id;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { named, series, measureMemory } = this.kind;
    series.duration(this.#errorType).record(Math.max(0, performance.now() - this.#startMillis) / 1000);
    named.active.add(-1);
    // a histogram takes no negative values: heap that shrank counts as no growth
    if (measureMemory) named.memoryDelta.record(Math.max(0, process.memoryUsage().heapUsed - this.#startHeap));
    this.nestedFailure = undefined;
    this.span.end();
  }

  [Symbol.dispose](): void {
    this.end();
  }
}

function messageOf(error: unknown): string | undefined {
  try {
    const message = typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error;
    return message === undefined ? undefined : cleanText(String(message), STATUS_MESSAGE_LENGTH);
  } catch {
    return undefined;
  }
}
