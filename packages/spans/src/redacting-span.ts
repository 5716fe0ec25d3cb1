import type {
  Attributes,
  AttributeValue,
  Exception,
  Link,
  SpanContext,
  SpanStatus,
  TimeInput,
} from '@opentelemetry/api';
import { isAttributeValue, isTimeInput } from '@opentelemetry/core';
import { cleanText, OVERLAP, redactAttribute, redactAttributes, redactKey, redactName } from '@otel-monitor/runtime';
import { type BoundedAttributes, boundAttributes, boundValue } from './bounded-attributes.js';
import { exceptionAttributes } from './exception-attributes.js';
import { SpanIdentity } from './span-identity.js';
import type { SpanLimits } from './span-limits.js';

/**
 * The methods of the API by which anybody writes on a span: libraries, and the application by `trace.getActiveSpan()`. What
 * they are given is held to the limits, then redacted, then kept. Our own packages redact before and come in below.
 */
export abstract class RedactingSpan extends SpanIdentity {
  abstract readonly ended: boolean;
  protected abstract readonly limits: SpanLimits;

  abstract setCleanAttribute(key: string, value: AttributeValue): void;
  abstract setCleanStatus(status: SpanStatus): void;
  protected abstract rename(name: string): void;
  protected abstract pushEvent(name: string, attributes: BoundedAttributes, time: TimeInput | undefined): void;
  protected abstract pushLink(context: SpanContext, attributes: BoundedAttributes): void;

  setAttribute(key: string, value: AttributeValue): this {
    if (this.ended || value === null || value === undefined || key === '' || !isAttributeValue(value)) return this;
    // what is kept is cut below
    const bound = boundValue(value, this.limits.attributeValueLength + OVERLAP);
    this.setCleanAttribute(redactKey(key), redactAttribute(key, bound));
    return this;
  }

  setAttributes(attributes: Attributes): this {
    for (const key of Object.keys(attributes)) this.setAttribute(key, attributes[key] as AttributeValue);
    return this;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput): this {
    if (this.ended) return this;
    const { attributesPerEvent, attributeValueLength } = this.limits;
    const isTime = isTimeInput(attributesOrTime);
    const given = isTime ? undefined : attributesOrTime;
    const attributes = redacted(given, attributesPerEvent, attributeValueLength);
    this.pushEvent(redactName(name), attributes, time ?? (isTime ? attributesOrTime : undefined));
    return this;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    const attributes = exceptionAttributes(exception);
    if (attributes !== undefined) this.addEvent('exception', attributes, time);
  }

  addLink({ context, attributes }: Link): this {
    if (this.ended) return this;
    const { attributesPerLink, attributeValueLength } = this.limits;
    this.pushLink(context, redacted(attributes, attributesPerLink, attributeValueLength));
    return this;
  }

  addLinks(links: Link[]): this {
    for (const link of links) this.addLink(link);
    return this;
  }

  setStatus({ code, message }: SpanStatus): this {
    this.setCleanStatus(typeof message === 'string' ? { code, message: cleanText(message) } : { code });
    return this;
  }

  updateName(name: string): this {
    if (!this.ended) this.rename(redactName(name));
    return this;
  }
}

/** Attributes held to the limits, redacted before their text is cut to its length. */
function redacted(given: unknown, countLimit: number, lengthLimit: number): BoundedAttributes {
  const bound = boundAttributes(given, countLimit, lengthLimit + OVERLAP);
  const { attributes, count } = boundAttributes(redactAttributes(bound.attributes), countLimit, lengthLimit);
  return { attributes, count, dropped: bound.dropped };
}
