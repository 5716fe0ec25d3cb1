import {
  type Attributes,
  type Context,
  isSpanContextValid,
  type Link,
  type SpanContext,
  SpanKind,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { type InstrumentationScope, isTracingSuppressed } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import {
  hexWord,
  type OperationKind,
  type OperationSpan,
  type OperationTracer,
  randomNonZeroWord,
  randomWord,
} from '@otel-monitor/runtime';
import { DroppedSpan } from './dropped-span.js';
import { RecordedSpan, type SpanOwner } from './recorded-span.js';
import { SpanClock } from './span-clock.js';
import type { ParentOrigin, SpanCounts } from './span-counts.js';
import { type ParentSpan, SpanIdentity } from './span-identity.js';
import type { SpanLimits } from './span-limits.js';
import { StartAttributes } from './start-attributes.js';
import type { WordSampler } from './word-sampler.js';

/** What the tracers of a process share. */
export interface TracerSettings {
  readonly resource: Resource;
  readonly limits: SpanLimits;
  readonly sampler: WordSampler;
  readonly counts: SpanCounts;
  /** Takes sampled spans that have ended; left out: nothing is exported. */
  readonly export?: ((span: RecordedSpan) => void) | undefined;
}

/** A clock that is older is read anew: the wall clock may have been set, and a chain of operations may have no end. */
const CLOCK_MILLIS = 60_000;
/** What the SDK's tracer gives where tracing is suppressed: a span without ids, which starts no trace. */
const SUPPRESSED = new DroppedSpan(TraceFlags.NONE, undefined, 0, 0, 0, 0);
/** W3C Trace Context level 2: once set, it goes with the trace id. */
const RANDOM = 0x02;

/** Starts the spans of one scope's operations. */
export class OwnTracer implements OperationTracer, SpanOwner {
  readonly #startAttributes = new WeakMap<Attributes, StartAttributes>();

  constructor(
    private readonly settings: TracerSettings,
    readonly scope: InstrumentationScope,
  ) {}

  get resource(): Resource {
    return this.settings.resource;
  }

  get limits(): SpanLimits {
    return this.settings.limits;
  }

  start(kind: OperationKind, parent: Context, nowMillis: number, links?: readonly Link[]): OperationSpan {
    const span = this.#start(kind, parent, nowMillis);
    if (links !== undefined && span instanceof RecordedSpan) for (const link of links) span.addCleanLink(link);
    return span;
  }

  attributesOf({ attributes, isKept }: OperationKind): StartAttributes {
    const known = isKept ? this.#startAttributes.get(attributes) : undefined;
    if (known !== undefined) return known;
    const { attributeCount, attributeValueLength } = this.limits;
    const start = new StartAttributes(attributes, attributeCount, attributeValueLength, isKept);
    if (isKept) this.#startAttributes.set(attributes, start);
    return start;
  }

  ended(span: RecordedSpan): void {
    this.settings.counts.live.add(-1);
    this.settings.export?.(span);
  }

  #start(kind: OperationKind, parent: Context, nowMillis: number): OperationSpan {
    if (isTracingSuppressed(parent)) return SUPPRESSED;
    const parentSpan = trace.getSpan(parent);
    if (parentSpan === undefined) return this.#root(kind, nowMillis, 'none');
    if (parentSpan instanceof RecordedSpan) return this.#child(parentSpan, parentSpan.clock, kind, nowMillis);
    if (parentSpan instanceof DroppedSpan && parentSpan !== SUPPRESSED) {
      return this.#child(parentSpan, undefined, kind, nowMillis);
    }
    return this.#childOfOther(parentSpan.spanContext(), kind, nowMillis);
  }

  #root(kind: OperationKind, nowMillis: number, origin: ParentOrigin): OperationSpan {
    const { sampler, counts } = this.settings;
    const id0 = randomWord();
    const id1 = randomWord();
    const id2 = randomWord();
    const id3 = randomNonZeroWord();
    if (!sampler.isSampled(id0, id1, id2, id3)) {
      counts.dropped[origin].add(1);
      return new DroppedSpan(TraceFlags.NONE, undefined, id0, id1, id2, id3);
    }
    const ids = new SpanIdentity(TraceFlags.SAMPLED, undefined, id0, id1, id2, id3);
    return this.#recorded(ids, TraceFlags.SAMPLED, undefined, new SpanClock(nowMillis), kind, nowMillis, origin);
  }

  /** The child of a span of ours, or of one that was read into `parent`. */
  #child(
    parent: SpanIdentity,
    clock: SpanClock | undefined,
    kind: OperationKind,
    nowMillis: number,
    isRemote = false,
  ): OperationSpan {
    const { sampler, counts } = this.settings;
    const { traceState, traceId0, traceId1, traceId2, traceId3 } = parent;
    const random = parent.traceFlags & RANDOM;
    const origin = isRemote ? 'remote' : 'local';
    const isSampled = sampler.parentBased
      ? parent.isSampled
      : sampler.isSampled(traceId0, traceId1, traceId2, traceId3);
    if (!isSampled) {
      counts.dropped[origin].add(1);
      return new DroppedSpan(random, traceState, traceId0, traceId1, traceId2, traceId3);
    }
    const fresh = clock?.isOlderThan(CLOCK_MILLIS, nowMillis) === false ? clock : new SpanClock(nowMillis);
    return this.#recorded(
      parent,
      TraceFlags.SAMPLED | random,
      parent.asParent(isRemote),
      fresh,
      kind,
      nowMillis,
      origin,
    );
  }

  #childOfOther(parent: SpanContext, kind: OperationKind, nowMillis: number): OperationSpan {
    // the SDK's tracer counts the root under a span that is none as a local child too
    if (!isSpanContextValid(parent)) return this.#root(kind, nowMillis, parent.isRemote ? 'remote' : 'local');
    const { traceId, spanId, traceFlags, traceState, isRemote = false } = parent;
    const ids = new SpanIdentity(
      traceFlags & (TraceFlags.SAMPLED | RANDOM),
      traceState,
      hexWord(traceId, 0),
      hexWord(traceId, 8),
      hexWord(traceId, 16),
      hexWord(traceId, 24),
    );
    ids.spanId0 = hexWord(spanId, 0);
    ids.spanId1 = hexWord(spanId, 8);
    return this.#child(ids, undefined, kind, nowMillis, isRemote);
  }

  #recorded(
    { traceState, traceId0, traceId1, traceId2, traceId3 }: SpanIdentity,
    traceFlags: number,
    parent: ParentSpan | undefined,
    clock: SpanClock,
    kind: OperationKind,
    nowMillis: number,
    origin: ParentOrigin,
  ): RecordedSpan {
    this.settings.counts.sampled[origin].add(1);
    this.settings.counts.live.add(1);
    return new RecordedSpan(
      this,
      kind.name,
      kind.spanKind ?? SpanKind.INTERNAL,
      this.attributesOf(kind),
      parent,
      clock,
      nowMillis,
      traceFlags,
      traceState,
      traceId0,
      traceId1,
      traceId2,
      traceId3,
    );
  }
}
