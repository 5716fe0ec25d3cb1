import { type Context, isSpanContextValid, type SpanContext, trace } from '@opentelemetry/api';
import { type RecentOperation, recentOperations, runtimeState } from '@otel-monitor/runtime';
import type { ErrorSeverity } from '@otel-monitor/semconv';
import type { DescribedError } from './description/described-error.js';
import type { Fingerprint } from './fingerprint/fingerprint.js';
import type { Occurrence } from './groups/occurrence.js';

/**
 * One error that was captured, for its group. Text is made of the ids of its span, and the operations before it are looked
 * up, where somebody asks: most errors are neither a sample nor a log record.
 */
export class CapturedOccurrence implements Occurrence {
  #span: SpanContext | undefined;
  #hasSpan = false;
  #operations: readonly RecentOperation[] | undefined;

  constructor(
    readonly id: string,
    readonly fingerprint: Fingerprint,
    readonly error: DescribedError,
    readonly severity: ErrorSeverity,
    readonly at: number,
    readonly operationName: string | undefined,
    readonly userHash: string | undefined,
    readonly context: Context,
  ) {}

  get traceId(): string | undefined {
    return this.#spanContext?.traceId;
  }

  get spanId(): string | undefined {
    return this.#spanContext?.spanId;
  }

  readonly breadcrumbs = (): readonly RecentOperation[] => {
    this.#operations ??= recentOperations.last(runtimeState.errors.breadcrumbs, this.traceId);
    return this.#operations;
  };

  get #spanContext(): SpanContext | undefined {
    if (!this.#hasSpan) {
      const span = trace.getSpanContext(this.context);
      this.#span = span !== undefined && isSpanContextValid(span) ? span : undefined;
      this.#hasSpan = true;
    }
    return this.#span;
  }
}
