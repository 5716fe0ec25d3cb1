import { performance } from 'node:perf_hooks';
import { type Context, context, type Span, SpanStatusCode } from '@opentelemetry/api';
import {
  bigintText,
  cleanDetail,
  cleanText,
  errorType,
  type OperationSpan,
  redactKey,
  setCleanAttribute,
  setCleanStatus,
} from '@otel-monitor/runtime';
import { ATTR_ERROR_TYPE } from '@otel-monitor/semconv';
import { leaveBreadcrumb } from './leave-breadcrumb.js';
import type { EnclosingOperation } from './operation.js';
import { OperationContext, operationOf } from './operation-context.js';
import type { OperationSeries } from './operation-series.js';
import { recordDuration } from './record-duration.js';
import { endSpan } from './span-of-others.js';

const STATUS_MESSAGE_LENGTH = 512;
/** In the place of a heap that is not measured. */
const NOT_MEASURED = -1;

/** Told of the error an operation failed with; gives the error's id back. Must not throw. */
export type FailureListener = (error: unknown, operation: EnclosingOperation) => string;

/** An operation that is recorded: a span, a duration, and one error if it fails. */
export class RecordedOperation implements EnclosingOperation {
  readonly context: Context;
  parent: EnclosingOperation | undefined;
  nestedFailure: EnclosingOperation['nestedFailure'];

  readonly #startHeap: number;
  #errorType: string | undefined;
  #ended = false;

  /**
   * @param ownSpan the span, where it is one of ours; undefined: an SDK's
   * @param startMillis a reading of `performance.now()`
   */
  constructor(
    private readonly series: OperationSeries,
    private readonly onFailure: FailureListener,
    measureMemory: boolean,
    readonly span: Span,
    private readonly ownSpan: OperationSpan | undefined,
    parentContext: Context,
    private readonly startMillis: number,
  ) {
    this.parent = operationOf(parentContext);
    this.context = new OperationContext(parentContext, this);
    this.#startHeap = measureMemory ? process.memoryUsage().heapUsed : NOT_MEASURED;
    series.active.add(1);
  }

  get name(): string {
    return this.series.name;
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
    if (clean !== undefined) setCleanAttribute(this.span, redactKey(key), clean);
    return this;
  }

  run<T>(callback: () => T): T {
    return context.with(this.context, callback);
  }

  fail(error: unknown): string {
    if (this.#ended) return '';
    this.#errorType = errorType(error);
    const id = this.onFailure(error, this);
    if (this.parent !== undefined) this.parent.nestedFailure = { error, id };
    const { span } = this;
    if (span.isRecording()) {
      setCleanAttribute(span, ATTR_ERROR_TYPE, this.#errorType);
      setCleanStatus(span, { code: SpanStatusCode.ERROR, message: messageOf(error) });
    }
    this.end();
    return id;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { series, ownSpan } = this;
    const now = performance.now();
    recordDuration(series.duration(this.#errorType), this.span, ownSpan, this.startMillis, now);
    series.active.add(-1);
    if (this.#startHeap !== NOT_MEASURED) this.#recordMemory();
    leaveBreadcrumb(series.ended(this.#errorType), this.span, ownSpan, this.startMillis, now);
    this.nestedFailure = undefined;
    // work that starts its own next run would hold all runs before it
    this.parent = undefined;
    if (ownSpan === undefined) endSpan(this.span);
    else ownSpan.finish(now);
  }

  [Symbol.dispose](): void {
    this.end();
  }

  #recordMemory(): void {
    // a histogram takes no negative values: heap that shrank counts as no growth
    this.series.memoryDelta.record(Math.max(0, process.memoryUsage().heapUsed - this.#startHeap));
  }
}

function messageOf(error: unknown): string | undefined {
  try {
    const message = typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error;
    if (typeof message === 'bigint') return bigintText(message);
    // what is no text may do anything when it is made into one
    const isPlain = message !== undefined && typeof message !== 'object' && typeof message !== 'function';
    return isPlain ? cleanText(String(message), STATUS_MESSAGE_LENGTH) : undefined;
  } catch {
    return undefined;
  }
}
