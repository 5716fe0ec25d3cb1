import type { Link, SpanStatus } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base';
import { cleanText, redactAttributes, redactName } from '@otel-monitor/runtime';
import { RecordedSpan } from '@otel-monitor/spans';

/**
 * A span as it may leave. One of ours was redacted as it was written on; one of the SDK, which libraries and the
 * application write on, is redacted here, once, after it has ended: name, attributes, events, links, status. The same
 * span when nothing is to be redacted.
 */
export function redactedSpan(span: ReadableSpan): ReadableSpan {
  if (span instanceof RecordedSpan) return span;
  const name = redactName(span.name);
  const attributes = redactAttributes(span.attributes);
  const events = each(span.events, redactedEvent);
  const links = each(span.links, redactedLink);
  const status = redactedStatus(span.status);
  if (
    name === span.name &&
    attributes === span.attributes &&
    events === span.events &&
    links === span.links &&
    status === span.status
  ) {
    return span;
  }
  const context = span.spanContext();
  const { kind, parentSpanContext, startTime, endTime, duration, ended, resource, instrumentationScope } = span;
  const { droppedAttributesCount, droppedEventsCount, droppedLinksCount } = span;
  return {
    ...{ name, kind, attributes, events, links, status, startTime, endTime, duration, ended },
    ...{ resource, instrumentationScope, droppedAttributesCount, droppedEventsCount, droppedLinksCount },
    ...(parentSpanContext !== undefined && { parentSpanContext }),
    spanContext: () => context,
  };
}

function redactedEvent(event: TimedEvent): TimedEvent {
  const name = redactName(event.name);
  const attributes = event.attributes && redactAttributes(event.attributes);
  if (name === event.name && attributes === event.attributes) return event;
  return { ...event, name, ...(attributes && { attributes }) };
}

function redactedLink(link: Link): Link {
  const attributes = link.attributes && redactAttributes(link.attributes);
  return attributes === undefined || attributes === link.attributes ? link : { ...link, attributes };
}

function redactedStatus(status: SpanStatus): SpanStatus {
  if (!status.message) return status;
  const message = cleanText(status.message);
  return message === status.message ? status : { ...status, message };
}

/** The same list when none of it is redacted. */
function each<T>(items: T[], redact: (item: T) => T): T[] {
  let copy: T[] | undefined;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index] as T;
    const redacted = redact(item);
    if (redacted === item) continue;
    copy ??= [...items];
    copy[index] = redacted;
  }
  return copy ?? items;
}
