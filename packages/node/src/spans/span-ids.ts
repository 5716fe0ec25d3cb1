import { type SpanContext, TraceFlags, type TraceState } from '@opentelemetry/api';
import { wordHex } from './id-words.js';

/** The identity of a span of ours; its text is made when it is asked for, once. */
export class SpanIds {
  #spanContext: SpanContext | undefined;

  constructor(
    readonly isSampled: boolean,
    readonly traceState: TraceState | undefined,
    readonly traceId0: number,
    readonly traceId1: number,
    readonly traceId2: number,
    readonly traceId3: number,
    readonly spanId0: number,
    readonly spanId1: number,
  ) {}

  spanContext(): SpanContext {
    this.#spanContext ??= {
      traceId: wordHex(this.traceId0) + wordHex(this.traceId1) + wordHex(this.traceId2) + wordHex(this.traceId3),
      spanId: wordHex(this.spanId0) + wordHex(this.spanId1),
      traceFlags: this.isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      ...(this.traceState !== undefined && { traceState: this.traceState }),
    };
    return this.#spanContext;
  }
}
