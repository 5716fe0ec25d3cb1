import type { Attributes, AttributeValue, Span, SpanStatus } from '@opentelemetry/api';
import type { OperationSpan } from './operation-span.js';

/** A span of ours has these methods, and one of somebody else's SDK does not. */
type AnySpan = Span &
  Partial<Pick<OperationSpan, 'setCleanAttribute' | 'setCleanAttributes' | 'addCleanEvent' | 'setCleanStatus'>>;

/** Sets an attribute that is redacted already on a span, whoever made it: one of ours does not look at it again. */
export function setCleanAttribute(span: AnySpan, key: string, value: AttributeValue): void {
  if (span.setCleanAttribute === undefined) span.setAttribute(key, value);
  else span.setCleanAttribute(key, value);
}

/** Sets attributes that are redacted already. */
export function setCleanAttributes(span: AnySpan, attributes: Attributes): void {
  if (span.setCleanAttributes === undefined) span.setAttributes(attributes);
  else span.setCleanAttributes(attributes);
}

/** Adds an event whose name and attributes are redacted already, at the present time. */
export function addCleanEvent(span: AnySpan, name: string, attributes: Attributes): void {
  if (span.addCleanEvent === undefined) span.addEvent(name, attributes);
  else span.addCleanEvent(name, attributes);
}

/** Sets a status whose message is redacted already. */
export function setCleanStatus(span: AnySpan, status: SpanStatus): void {
  if (span.setCleanStatus === undefined) span.setStatus(status);
  else span.setCleanStatus(status);
}
