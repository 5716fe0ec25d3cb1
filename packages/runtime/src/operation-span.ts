import type { Attributes, AttributeValue, Context, Link, Span, SpanKind, SpanStatus } from '@opentelemetry/api';
import type { SpanIds } from './id-words.js';
import type { Scope } from './scope.js';

/**
 * The span of an operation where we own the tracer provider: sampled, or one that carries context and nothing else.
 * Its ids are 32-bit words, signed as V8 keeps small integers; text is made of them only when somebody asks.
 *
 * The methods of the API redact what they are given, for anybody may call them; the methods named clean take what was
 * redacted before. Call these by the functions of `clean-span`, which know the spans of others too.
 */
export interface OperationSpan extends Span, SpanIds {
  /** Whether it will be exported; a span that is not sampled records nothing. */
  readonly isSampled: boolean;
  /** Milliseconds since the epoch of a reading of `performance.now()`, by the clock of the span's trace; 0 when it is not sampled. */
  epochMillis(nowMillis: number): number;
  setCleanAttribute(key: string, value: AttributeValue): void;
  setCleanAttributes(attributes: Attributes): void;
  addCleanEvent(name: string, attributes: Attributes): void;
  setCleanStatus(status: SpanStatus): void;
  /**
   * Sets attributes that other spans have as well: frozen, and the same object for each of them, so that what is made of
   * them is made once.
   */
  share(attributes: Attributes): void;
  /**
   * Takes name and first attributes of `kind` in the place of those it was started with: what is said of all requests with
   * one outcome is known only at their end. A name that somebody else gave it stays.
   */
  become(kind: OperationKind): void;
  /** Ends the span, once. `nowMillis` is a reading of `performance.now()`. */
  finish(nowMillis: number): void;
}

/** What the spans of one kind of operation start with; read when one is sampled. */
export interface OperationKind {
  readonly name: string;
  /** Clean; frozen and the same object for every span of the kind, if that is kept. */
  readonly attributes: Attributes;
  /** Whether further spans of the kind will come with this object. */
  readonly isKept: boolean;
  /** Left out: internal. */
  readonly spanKind?: SpanKind;
}

/** Starts the spans of one scope's operations. */
export interface OperationTracer {
  /**
   * Starts a span as a child of what `parent` holds, after the one sampling decision of its root.
   *
   * @param nowMillis a reading of `performance.now()`
   * @param links what the span follows from without being its child; their attributes are clean
   */
  start(kind: OperationKind, parent: Context, nowMillis: number, links?: readonly Link[]): OperationSpan;
}

/**
 * Makes spans of operations without an SDK's span behind each. Whoever builds the tracer provider puts one into
 * `runtimeState.spanSource`; without it operations start their spans through the API.
 */
export interface SpanSource {
  tracer(scope: Scope): OperationTracer;
}
