import {
  type Attributes,
  type AttributeValue,
  type HrTime,
  type Link,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
  SpanStatusCode,
  type TimeInput,
  type TraceState,
} from '@opentelemetry/api';
import { hrTimeDuration, type InstrumentationScope, isAttributeValue } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base';
import { type OperationKind, type OperationSpan, wordHex } from '@otel-monitor/runtime';
import { type BoundedAttributes, boundAttributes, boundValue } from './bounded-attributes.js';
import { RedactingSpan } from './redacting-span.js';
import type { SpanClock } from './span-clock.js';
import type { ParentSpan } from './span-identity.js';
import type { SpanLimits } from './span-limits.js';
import { StartAttributes } from './start-attributes.js';

/** What the spans of one tracer share. */
export interface SpanOwner {
  readonly resource: Resource;
  readonly scope: InstrumentationScope;
  readonly limits: SpanLimits;
  /** The attributes that spans of this kind start with. */
  attributesOf(kind: OperationKind): StartAttributes;
  /** Takes a span that has ended. Must not throw. */
  ended(span: RecordedSpan): void;
}

const NONE: readonly never[] = Object.freeze([]);
const UNSET: SpanStatus = Object.freeze({ code: SpanStatusCode.UNSET });

/**
 * A sampled span of an operation. It does what the SDK's own span does and is read like one; what it leaves out is what
 * an operation never needs: a processor's hooks, and times of somebody else's at its start.
 */
export class RecordedSpan extends RedactingSpan implements OperationSpan, ReadableSpan {
  status: SpanStatus = UNSET;
  ended = false;
  droppedEventsCount = 0;
  droppedLinksCount = 0;
  /** Attributes set since the start that other spans have as well. */
  sharedAttributes: StartAttributes | undefined;
  /** Attributes set since the start, for this span alone. */
  ownAttributes: Attributes | undefined;
  #ownCount = 0;
  #isRenamed = false;
  #ownDropped = 0;
  #events: TimedEvent[] | undefined;
  #links: Link[] | undefined;
  #endMillis = 0;
  #endTime: HrTime | undefined;

  constructor(
    private readonly owner: SpanOwner,
    public name: string,
    readonly kind: SpanKind,
    public startAttributes: StartAttributes,
    readonly parent: ParentSpan | undefined,
    readonly clock: SpanClock,
    private readonly startMillis: number,
    traceFlags: number,
    traceState: TraceState | undefined,
    traceId0: number,
    traceId1: number,
    traceId2: number,
    traceId3: number,
  ) {
    super(traceFlags, traceState, traceId0, traceId1, traceId2, traceId3);
    this.identify();
  }

  protected get limits(): SpanLimits {
    return this.owner.limits;
  }

  isRecording(): boolean {
    return !this.ended;
  }

  setCleanAttribute(key: string, value: AttributeValue): void {
    if (this.ended || value === null || value === undefined || key === '' || !isAttributeValue(value)) return;
    const { attributeCount, attributeValueLength } = this.limits;
    if (Object.hasOwn(this.startAttributes.attributes, key)) {
      const changed = { ...this.startAttributes.attributes, [key]: value };
      this.#ownDropped += this.startAttributes.dropped;
      this.startAttributes = new StartAttributes(changed, attributeCount, attributeValueLength, false);
      return;
    }
    if (this.sharedAttributes !== undefined && Object.hasOwn(this.sharedAttributes.attributes, key)) this.#unshare();
    this.ownAttributes ??= {};
    if (!Object.hasOwn(this.ownAttributes, key)) {
      if (this.#count() >= attributeCount) {
        this.#ownDropped += 1;
        return;
      }
      this.#ownCount += 1;
    }
    this.ownAttributes[key] = boundValue(value, attributeValueLength);
  }

  setCleanAttributes(attributes: Attributes): void {
    for (const key of Object.keys(attributes)) this.setCleanAttribute(key, attributes[key] as AttributeValue);
  }

  share(attributes: Attributes): void {
    if (this.ended) return;
    const shared = this.owner.attributesOf({ name: '', attributes, isKept: true });
    const hasRoom = this.#count() + shared.count <= this.limits.attributeCount && shared.dropped === 0;
    const isFirst = this.sharedAttributes === undefined && !this.#hasOwn(attributes);
    if (hasRoom && isFirst && !this.#repeats(attributes)) this.sharedAttributes = shared;
    else this.setCleanAttributes(attributes);
  }

  addCleanEvent(name: string, given: Attributes): void {
    if (this.ended) return;
    const { attributesPerEvent, attributeValueLength } = this.limits;
    this.pushEvent(name, boundAttributes(given, attributesPerEvent, attributeValueLength), undefined);
  }

  /** Adds a link whose attributes are redacted already. */
  addCleanLink({ context, attributes }: Link): void {
    const { attributesPerLink, attributeValueLength } = this.limits;
    this.pushLink(context, boundAttributes(attributes, attributesPerLink, attributeValueLength));
  }

  /** OK is final, and nothing goes back to unset (specification, Trace API, "Set Status"). */
  setCleanStatus({ code, message }: SpanStatus): void {
    if (this.ended || code === SpanStatusCode.UNSET || this.status.code === SpanStatusCode.OK) return;
    this.status = code === SpanStatusCode.ERROR && typeof message === 'string' ? { code, message } : { code };
  }

  become(kind: OperationKind): void {
    if (this.ended) return;
    if (!this.#isRenamed) this.name = kind.name;
    this.#ownDropped += this.startAttributes.dropped;
    this.startAttributes = this.owner.attributesOf(kind);
    if (this.sharedAttributes !== undefined && this.#repeats(this.sharedAttributes.attributes)) this.#unshare();
    const { ownAttributes } = this;
    if (ownAttributes === undefined) return;
    const { attributes, count } = this.startAttributes;
    let room = this.limits.attributeCount - count - (this.sharedAttributes?.count ?? 0);
    for (const key in ownAttributes) {
      const isSaid = Object.hasOwn(attributes, key);
      if (!isSaid && room > 0) {
        room -= 1;
        continue;
      }
      delete ownAttributes[key];
      this.#ownCount -= 1;
      if (!isSaid) this.#ownDropped += 1;
    }
  }

  end(endTime?: TimeInput): void {
    if (this.ended) return;
    if (endTime !== undefined) {
      const end = this.clock.read(endTime);
      this.#endTime = hrTimeDuration(this.startTime, end)[0] < 0 ? this.startTime : end;
    }
    this.finish(performance.now());
  }

  epochMillis(nowMillis: number): number {
    return this.clock.epochMillis(nowMillis);
  }

  finish(nowMillis: number): void {
    if (this.ended) return;
    this.ended = true;
    this.#endMillis = nowMillis;
    this.owner.ended(this);
  }

  get startTime(): HrTime {
    return this.clock.hrTime(this.startMillis);
  }

  get endTime(): HrTime {
    if (!this.ended) return [0, 0];
    return this.#endTime ?? this.clock.hrTime(this.#endMillis);
  }

  get duration(): HrTime {
    return this.ended ? hrTimeDuration(this.startTime, this.endTime) : [-1, -1];
  }

  get parentSpanContext(): SpanContext | undefined {
    if (this.parent === undefined) return undefined;
    const { spanId0, spanId1, traceFlags, isRemote } = this.parent;
    const { traceId, traceState } = this.spanContext();
    return {
      traceId,
      spanId: wordHex(spanId0) + wordHex(spanId1),
      traceFlags,
      ...(isRemote && { isRemote }),
      ...(traceState !== undefined && { traceState }),
    };
  }

  get attributes(): Attributes {
    return { ...this.startAttributes.attributes, ...this.sharedAttributes?.attributes, ...this.ownAttributes };
  }

  get droppedAttributesCount(): number {
    return this.startAttributes.dropped + this.#ownDropped;
  }

  get events(): TimedEvent[] {
    return this.#events ?? (NONE as never);
  }

  get links(): Link[] {
    return this.#links ?? (NONE as never);
  }

  get resource(): Resource {
    return this.owner.resource;
  }

  get instrumentationScope(): InstrumentationScope {
    return this.owner.scope;
  }

  protected rename(name: string): void {
    this.name = name;
    this.#isRenamed = true;
  }

  protected pushEvent(name: string, { attributes, dropped }: BoundedAttributes, time: TimeInput | undefined): void {
    this.#events ??= [];
    this.#events.push({ name, attributes, time: this.clock.read(time), droppedAttributesCount: dropped });
    if (this.#events.length > this.limits.eventsPerSpan) {
      this.#events.shift();
      this.droppedEventsCount += 1;
    }
  }

  protected pushLink(context: SpanContext, { attributes, count, dropped }: BoundedAttributes): void {
    this.#links ??= [];
    this.#links.push({
      context,
      ...(count > 0 && { attributes }),
      ...(dropped > 0 && { droppedAttributesCount: dropped }),
    });
    if (this.#links.length > this.limits.linksPerSpan) {
      this.#links.shift();
      this.droppedLinksCount += 1;
    }
  }

  #count(): number {
    return this.startAttributes.count + (this.sharedAttributes?.count ?? 0) + this.#ownCount;
  }

  /** Whether the attributes it was started with name one of these. */
  #repeats(attributes: Attributes): boolean {
    for (const key in attributes) if (Object.hasOwn(this.startAttributes.attributes, key)) return true;
    return false;
  }

  #hasOwn(attributes: Attributes): boolean {
    const { ownAttributes } = this;
    if (ownAttributes === undefined) return false;
    for (const key in attributes) if (Object.hasOwn(ownAttributes, key)) return true;
    return false;
  }

  /** One of them is about to be another one here. */
  #unshare(): void {
    const { sharedAttributes } = this;
    if (sharedAttributes === undefined) return;
    this.sharedAttributes = undefined;
    this.#ownCount += sharedAttributes.count;
    this.ownAttributes = { ...sharedAttributes.attributes, ...this.ownAttributes };
  }
}
