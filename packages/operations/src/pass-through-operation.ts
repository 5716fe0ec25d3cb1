import { type Context, context, INVALID_SPAN_CONTEXT, type Span, trace } from '@opentelemetry/api';
import type { Operation } from './operation.js';

const NO_SPAN: Span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** An operation that records nothing while monitoring is off; context and trace still pass through it. */
export class PassThroughOperation implements Operation {
  readonly name = '';
  readonly parent = undefined;

  /** @param given left out: whatever is active when it is asked for */
  constructor(private readonly given?: Context) {}

  get context(): Context {
    return this.given ?? context.active();
  }

  get span(): Span {
    return trace.getSpan(this.context) ?? NO_SPAN;
  }

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  get spanId(): string {
    return this.span.spanContext().spanId;
  }

  detail(): this {
    return this;
  }

  run<T>(callback: () => T): T {
    return context.with(this.context, callback);
  }

  fail(): string {
    return '';
  }

  end(): void {}

  [Symbol.dispose](): void {}
}
