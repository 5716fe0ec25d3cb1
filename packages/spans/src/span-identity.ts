import { type SpanContext, TraceFlags, type TraceState } from '@opentelemetry/api';
import { randomNonZeroWord, randomWord, type SpanIds, wordHex } from '@otel-monitor/runtime';

/** The parent of a span, by what is told of it: its own object would keep a whole chain of operations alive. */
export interface ParentSpan {
  readonly spanId0: number;
  readonly spanId1: number;
  readonly traceFlags: number;
  readonly isRemote: boolean;
}

/**
 * The identity of a span of ours. Its text is made when it is asked for, once; and so is the id of a span that is not
 * recorded, which in most cases nobody asks for.
 */
export class SpanIdentity implements SpanIds {
  spanId0 = 0;
  spanId1 = 0;
  #spanContext: SpanContext | undefined;

  /** @param traceFlags W3C trace flags: sampled, and random where the caller said so of the trace id */
  constructor(
    readonly traceFlags: number,
    readonly traceState: TraceState | undefined,
    readonly traceId0: number,
    readonly traceId1: number,
    readonly traceId2: number,
    readonly traceId3: number,
  ) {}

  get isSampled(): boolean {
    return (this.traceFlags & TraceFlags.SAMPLED) !== 0;
  }

  spanContext(): SpanContext {
    this.#spanContext ??= this.#text();
    return this.#spanContext;
  }

  /** What a child is told. */
  asParent(isRemote: boolean): ParentSpan {
    this.identify();
    return { spanId0: this.spanId0, spanId1: this.spanId1, traceFlags: this.traceFlags, isRemote };
  }

  /** Gives the span its id, if it has none and is in a trace. */
  protected identify(): void {
    if (this.spanId1 !== 0 || this.spanId0 !== 0 || this.#isInNoTrace()) return;
    this.spanId0 = randomWord();
    this.spanId1 = randomNonZeroWord();
  }

  #text(): SpanContext {
    this.identify();
    return {
      traceId: wordHex(this.traceId0) + wordHex(this.traceId1) + wordHex(this.traceId2) + wordHex(this.traceId3),
      spanId: wordHex(this.spanId0) + wordHex(this.spanId1),
      traceFlags: this.traceFlags,
      ...(this.traceState !== undefined && { traceState: this.traceState }),
    };
  }

  #isInNoTrace(): boolean {
    return (this.traceId0 | this.traceId1 | this.traceId2 | this.traceId3) === 0;
  }
}
